package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.contact;
import static io.websip.protocol.RegisteringBench.goOn;
import static io.websip.protocol.RegisteringBench.grant;
import static io.websip.protocol.RegisteringBench.ok;
import static io.websip.protocol.RegisteringBench.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.Cause;
import io.websip.RegistrationFailedException;
import io.websip.UserAgent;
import io.websip.UserAgentEvent;
import io.websip.UserAgentListener;
import io.websip.config.KeepAlive;
import io.websip.config.RegistrationOptions;
import io.websip.transport.fake.sip.Answer;
import io.websip.transport.fake.sip.FakeSipServerBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a binding ends that nobody has removed: by its time, or by the registrar's word (RFC 3261 section 10.2). */
class LapseTest {
    private final RegisteringBench bench = new RegisteringBench(FakeSipServerBuilder::noAuth);

    @AfterEach
    void nothingIsLeft() {
        bench.close();
    }

    private UserAgent registered(RegistrationOptions options) {
        UserAgent alice = bench.alice(b -> b.registration(options));
        alice.start().join();
        assertThat(bench.news()).containsExactly("connected", "registered 600");
        return alice;
    }

    private UserAgent registered() {
        return registered(RegistrationOptions.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 408, 423, 430, 480, 500, 503})
    void refreshThatFailsForNowLeavesTheBindingStanding(int status) {
        UserAgent alice = registered();
        bench.nextRegister(Answer.status(status));
        bench.untilNextRegister();

        assertThat(bench.news())
                .containsExactly("registrationFailed " + Cause.ofStatus(status).text() + " " + status);
        assertThat(alice.isRegistered()).isTrue();
        bench.assertNextRegisterAfter(15, 30);
        bench.passSeconds(3_600);
        assertThat(bench.news()).as("the registrar has never dropped it").isEmpty();
    }

    @Test
    void refreshThatTimesOutLeavesTheBindingStanding() {
        UserAgent alice = registered();
        bench.nextRegister(Answer.silence());
        bench.untilNextRegister();
        bench.passSeconds(32);

        assertThat(bench.news()).containsExactly("registrationFailed Request Timeout");
        assertThat(alice.isRegistered()).isTrue();
        bench.assertNextRegisterAfter(15, 30);
        assertThat(bench.news()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 403, 404, 420, 603})
    void refreshThatIsRefusedForGoodEndsItAtOnce(int status) {
        UserAgent alice = registered();
        bench.nextRegister(Answer.status(status));
        bench.untilNextRegister();

        String cause = Cause.ofStatus(status).text() + " " + status;
        assertThat(bench.news()).containsExactly("registrationFailed " + cause, "unregistered " + cause);
        assertThat(alice.isRegistered()).isFalse();
        bench.assertNextRegisterAfter(900, 1_800);
        assertThat(bench.news()).containsExactly("registered 600");
    }

    @Test
    void bindingThatIsNotRefreshedInTimeLapsesAtThatMoment() {
        UserAgent alice = registered();
        bench.server.dispatcher(r -> Answer.status(503));
        bench.pass(Duration.ofMillis(599_999));
        assertThat(bench.news()).isNotEmpty().allMatch("registrationFailed SIP Failure Code 503"::equals);
        assertThat(alice.isRegistered()).isTrue();

        bench.pass(Duration.ofMillis(1));
        assertThat(bench.news()).containsExactly("unregistered SIP Failure Code 503");
        assertThat(alice.isRegistered()).isFalse();

        bench.server.dispatcher(r -> null);
        bench.untilNextRegister();
        assertThat(bench.news()).containsExactly("registered 600");
    }

    @Test
    void bindingThatLapsesWhileItsRefreshIsUnderWayIsBeganAnewByTheAnswer() {
        bench.nextRegister(grant(";expires=30"));
        UserAgent alice = bench.alice();
        alice.start().join();
        bench.nextRegister(Answer.byServer().after(Duration.ofSeconds(20)));
        bench.untilNextRegister();
        bench.passSeconds(16);
        assertThat(bench.news()).containsExactly("connected", "registered 30", "unregistered Expired");
        assertThat(alice.isRegistered()).isFalse();

        bench.passSeconds(5);
        assertThat(bench.news()).containsExactly("registered 600");
        assertThat(alice.isRegistered()).isTrue();
    }

    @Test
    void refreshWithoutOurContactIsALostBindingAndIsMadeAnewAfterAPause() {
        UserAgent alice = registered();
        bench.nextRegister(ok(r -> List.of(
                "<sip:one@192.0.2.1;transport=ws>;expires=60", "<sip:other@192.0.2.1;transport=ws>;expires=60")));
        bench.untilNextRegister();

        assertThat(bench.news())
                .containsExactly("registrationFailed SIP Failure Code 200", "unregistered SIP Failure Code 200");
        assertThat(alice.isRegistered()).isFalse();
        bench.assertNextRegisterAfter(15, 30);
        assertThat(bench.news()).containsExactly("registered 600");
    }

    @Test
    void bindingThatTheRegistrarHasForgottenIsMadeAnewByTheRefresh() {
        registered();
        bench.server.forget("alice");
        bench.untilNextRegister();

        assertThat(bench.news()).isEmpty();
        assertThat(bench.server.bindings("alice")).hasSize(1);
    }

    @Test
    void failureSaysWhenItIsTriedAgain() {
        bench.nextRegister(Answer.status(503).header("Retry-After", "120"));
        bench.nextRegister(Answer.status(403));
        UserAgent alice = bench.alice();
        goOn(alice.start());
        bench.untilNextRegister();
        bench.assertNextRegisterAfter(120, 120);
        bench.loop.runReady();

        assertThat(bench.raw)
                .filteredOn(UserAgentEvent.RegistrationFailed.class::isInstance)
                .extracting(
                        e -> ((UserAgentEvent.RegistrationFailed) e).retryIn().orElse(Duration.ZERO))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(Duration.ofSeconds(120)),
                        second -> assertThat(second).isBetween(Duration.ofSeconds(900), Duration.ofSeconds(1_800)));
    }

    @Test
    void failureByALostConnectionDoesNotSayWhenSinceTheNextConnectionDecides() {
        registered();
        bench.nextRegister(Answer.hangUp());
        bench.untilNextRegister();
        bench.loop.runReady();

        assertThat(bench.raw)
                .filteredOn(UserAgentEvent.RegistrationFailed.class::isInstance)
                .singleElement()
                .satisfies(e -> assertThat(((UserAgentEvent.RegistrationFailed) e).retryIn())
                        .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 305, 380})
    void redirectIsReportedWithItsContactsAndNotFollowed(int status) {
        bench.nextRegister(Answer.status(status).header("Contact", "<sip:elsewhere.example.net>"));
        assertThat(RegisteringBench.failure(bench.alice().start()))
                .isInstanceOfSatisfying(RegistrationFailedException.class, e -> {
                    assertThat(e.cause()).isEqualTo(Cause.REDIRECTED);
                    assertThat(e.response().orElseThrow().contacts().get(0).uri())
                            .hasToString("sip:elsewhere.example.net");
                });
        bench.passSeconds(14);

        assertThat(bench.registers()).hasSize(1);
        bench.passSeconds(100);
        assertThat(bench.registers())
                .allSatisfy(r -> assertThat(r.requestUriText()).isEqualTo("sip:example.com"));
    }

    @Test
    void expiringIsToldBeforeEachRefreshWithTheTimeLeft() {
        List<Duration> told = new ArrayList<>();
        UserAgent alice = bench.alice();
        alice.addListener(new UserAgentListener() {
            @Override
            public void onRegistrationExpiring(UserAgentEvent.RegistrationExpiring event) {
                told.add(event.left());
            }
        });
        alice.start().join();
        Duration until = bench.untilNextRegister();
        bench.loop.runReady();

        assertThat(told).containsExactly(Duration.ofSeconds(600).minus(until));
        alice.register().join();
        assertThat(told).as("a refresh by hand is none that was due").hasSize(1);
    }

    @Test
    void programThatRefreshesByItselfIsToldWhenAndTheAgentKeepsQuiet() {
        UserAgent alice = bench.alice(b ->
                b.registration(RegistrationOptions.builder().autoRefresh(false).build()));
        alice.addListener(new UserAgentListener() {
            @Override
            public void onRegistrationExpiring(UserAgentEvent.RegistrationExpiring event) {
                if (bench.registers().size() < 3) {
                    goOn(alice.register());
                }
            }
        });
        alice.start().join();
        bench.pass(Duration.ofDays(1));

        assertThat(bench.registers()).hasSize(3);
        assertThat(bench.news()).containsExactly("connected", "registered 600", "unregistered Expired");
        alice.register().join();
        assertThat(bench.news()).containsExactly("registered 600");
    }

    @Test
    void longestGrantOfAllLapsesAfter136YearsAndNotBefore() {
        bench.nextRegister(grant(";expires=4294967295"));
        UserAgent alice = bench.alice(b -> b.keepAlive(KeepAlive.off())
                .registration(RegistrationOptions.builder().autoRefresh(false).build()));
        alice.start().join();
        bench.pass(Duration.ofSeconds(4_294_967_294L));
        assertThat(alice.isRegistered()).isTrue();

        bench.passSeconds(1);
        assertThat(alice.isRegistered()).isFalse();
        assertThat(bench.news()).containsExactly("connected", "registered 4294967295", "unregistered Expired");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4294967296", "99999999999999999999"})
    void reg12MinExpiresAboveItsGreatestValueIsAskedForAsThat(String minExpires) {
        bench.nextRegister(Answer.status(423).header("Min-Expires", minExpires));
        bench.alice().start().join();

        assertThat(seconds(bench.lastRegister())).isEqualTo(4_294_967_295L);
        assertThat(bench.news()).containsExactly("connected", "registered 3600");
    }

    @Test
    void registrarThatStillListsUsAfterTheUnregisterIsNotAskedForEver() {
        UserAgent alice = registered();
        bench.nextRegister(ok(r -> List.of(contact(r) + ";expires=300")));

        assertThat(alice.unregister().join().contacts()).hasSize(1);
        assertThat(alice.isRegistered()).isFalse();
        bench.passSeconds(3_600);
        assertThat(bench.registers()).hasSize(2);
        assertThat(bench.news()).containsExactly("unregistered 200");
    }
}
