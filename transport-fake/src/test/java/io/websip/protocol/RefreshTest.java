package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.contact;
import static io.websip.protocol.RegisteringBench.grant;
import static io.websip.protocol.RegisteringBench.ok;
import static io.websip.protocol.RegisteringBench.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.sip.SipRequest;
import io.websip.transport.fake.sip.Answer;
import io.websip.transport.fake.sip.FakeSipServerBuilder;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** For how long a registrar grants our contact, and when that is asked for again (RFC 3261 section 10.2.4). */
class RefreshTest {
    private static final String INSTANCE = "11111111-2222-4333-8444-555555555555";

    private final RegisteringBench bench = new RegisteringBench(FakeSipServerBuilder::noAuth);

    @AfterEach
    void nothingIsLeft() {
        bench.close();
    }

    private void assertRefreshedWithin(Answer first, long granted) {
        bench.nextRegister(first);
        UserAgent alice = bench.alice(b -> b.instanceId(UUID.fromString(INSTANCE)));
        alice.start().join();
        assertThat(bench.news()).containsExactly("connected", "registered " + granted);

        assertThat(bench.untilNextRegister())
                .isBetween(Duration.ofMillis(granted * 500), Duration.ofMillis(granted * 900));
    }

    @Test
    void reg06ExpiresOfTheContactWinsOverTheHeader() {
        assertRefreshedWithin(grant(";expires=100").header("Expires", "3000"), 100);
    }

    @Test
    void reg06ExpiresHeaderCountsWhereTheContactHasNone() {
        assertRefreshedWithin(grant("").header("Expires", "90"), 90);
    }

    @Test
    void reg06WhatWeAskedForCountsWhereTheAnswerSaysNothing() {
        assertRefreshedWithin(grant(""), 600);
    }

    @Test
    void reg07OurContactIsFoundAmongSeveral() {
        assertRefreshedWithin(
                ok(r -> List.of(
                        "\"Desk\" <sip:alice@192.0.2.4>;expires=3600;q=0.5",
                        contact(r) + ";expires=60",
                        "<sip:alice@192.0.2.5>;expires=20")),
                60);
    }

    @Test
    void reg07OurContactIsFoundInOneRowOfSeveralByUriComparison() {
        Function<SipRequest, List<String>> oneRow = r -> List.of("<sip:alice@192.0.2.4>;expires=3600, <"
                + r.contacts().get(0).uri().toString().replace("sip:", "SIP:").replace(".invalid", ".INVALID")
                + ">;q=1.0;expires=60");
        assertRefreshedWithin(ok(oneRow), 60);
    }

    @Test
    void reg07OurContactIsFoundByInstanceAndRegIdWhereTheRegistrarRewroteIt() {
        assertRefreshedWithin(
                ok(r -> List.of(
                        "<sip:alice@192.0.2.4>;+sip.instance=\"<urn:uuid:99999999-2222-4333-8444-555555555555>\""
                                + ";reg-id=1;expires=20",
                        "<sip:alice@192.0.2.5>;+sip.instance=\"<urn:uuid:" + INSTANCE + ">\";reg-id=2;expires=30",
                        "<sip:rewritten@192.0.2.1;ob>;+sip.instance=\"<urn:uuid:" + INSTANCE
                                + ">\";reg-id=1;expires=60")),
                60);
    }

    @Test
    void reg07OurContactGoesBeforeThatOfAnEarlierRunOfTheSameInstance() {
        assertRefreshedWithin(
                ok(r -> List.of(
                        "<sip:before@restart.invalid>;+sip.instance=\"<urn:uuid:" + INSTANCE + ">\";reg-id=1;expires=9",
                        contact(r) + ";+sip.instance=\"<urn:uuid:" + INSTANCE + ">\";reg-id=1;expires=60")),
                60);
    }

    @Test
    void reg07ShortenedLifeIsFollowedThoughTheNextAsksForTheOldOne() {
        bench.nextRegister(grant(";expires=30"));
        bench.nextRegister(grant(";expires=3600"));
        bench.alice(b -> b.registerExpires(Duration.ofHours(1))).start().join();

        bench.assertNextRegisterAfter(15, 27);
        assertThat(seconds(bench.lastRegister())).isEqualTo(3_600);
        bench.assertNextRegisterAfter(1_800, 3_240);
    }

    @Test
    void refreshesFireNoEventAndGoOnForADay() {
        bench.alice().start().join();
        bench.pass(Duration.ofDays(1));

        assertThat(bench.news()).containsExactly("connected", "registered 600");
        assertThat(bench.registers()).hasSizeBetween(24 * 3_600 / 540, 24 * 3_600 / 300);
        assertThat(bench.server.bindings("alice")).hasSize(1);
    }

    @Test
    void refreshesOfManyAgentsAreSpread() {
        for (int i = 0; i < 20; i++) {
            long seed = i;
            bench.agent("user" + i, b -> b.random(new java.util.Random(seed)))
                    .start()
                    .join();
        }
        bench.passSeconds(301);
        int early = bench.registers().size();
        bench.passSeconds(240);

        assertThat(early).isLessThan(30);
        assertThat(bench.registers()).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void registerByHandStartsTheTimeAnew() {
        UserAgent alice = bench.alice();
        alice.start().join();
        bench.passSeconds(290);
        alice.register().join();

        bench.assertNextRegisterAfter(300, 540);
        assertThat(bench.news()).containsExactly("connected", "registered 600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "\"\"", "1e3", "60.5.1", ".5"})
    void reg16MalformedExpiresIsTakenAs3600(String expires) {
        assertRefreshedWithin(grant(";expires=" + expires), 3_600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"60.5", "60.0", "60."})
    void aFractionOfASecondIsCutOff(String expires) {
        assertRefreshedWithin(grant(";expires=" + expires), 60);
    }

    @Test
    void reg16MalformedExpiresHeaderIsTakenAs3600() {
        assertRefreshedWithin(grant("").header("Expires", "Thu, 01 Dec 1994 16:00:00 GMT"), 3_600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4294967295", "4294967296", "99999999999", "99999999999999999999999999"})
    void reg16OverlargeExpiresIsNoOverflow(String expires) {
        bench.nextRegister(grant(";expires=" + expires));
        bench.alice().start().join();

        assertThat(bench.news()).containsExactly("connected", "registered 4294967295");
        bench.pass(Duration.ofDays(14));
        assertThat(bench.registers()).hasSize(1);
        bench.pass(Duration.ofDays(17));
        assertThat(bench.registers()).hasSizeGreaterThan(1);
    }

    /** In a minute, a refresh at half to nine tenths of the grant, but after 1 s at least. */
    @ParameterizedTest
    @CsvSource({"1, 60, 61", "2, 33, 61", "5, 13, 25"})
    void reg16ShortExpiresIsNoBusyLoop(String expires, int least, int most) {
        bench.server.dispatcher(r -> seconds(r) == 0 ? null : grant(";expires=" + expires));
        bench.alice().start().join();
        bench.passSeconds(60);

        assertThat(bench.registers()).hasSizeBetween(least, most);
    }

    @Test
    void reg16ZeroExpiresIsNoBusyLoop() {
        bench.server.dispatcher(r -> grant(";expires=0"));
        assertThat(RegisteringBench.failure(bench.alice().start())).hasMessageContaining("200");
        bench.passSeconds(3_600);

        assertThat(bench.registers()).hasSizeBetween(3, 12);
        assertThat(bench.news()).doesNotContain("registered 0");
    }
}
