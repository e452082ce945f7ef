package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.Cause;
import io.websip.MessageFailedException;
import io.websip.UserAgent;
import io.websip.config.RegistrationOptions;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.transport.fake.sip.Answer;
import io.websip.transport.fake.sip.FakeSipServerBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outbound (RFC 5626) and Path (RFC 3327) as far as REGISTER is concerned. */
class OutboundTest {
    private static final UUID INSTANCE = UUID.fromString("11111111-2222-4333-8444-555555555555");

    private RegisteringBench bench = new RegisteringBench(FakeSipServerBuilder::noAuth);

    @AfterEach
    void nothingIsLeft() {
        bench.close();
    }

    private void server(java.util.function.Consumer<FakeSipServerBuilder> options) {
        bench.close();
        bench = new RegisteringBench(b -> options.accept(b.noAuth()));
    }

    private static Optional<String> parameter(SipRequest register, String name) {
        return register.contacts().get(0).parameters().get(name);
    }

    private static RegistrationOptions regId(int id) {
        return RegistrationOptions.builder().regId(id).build();
    }

    @Test
    void out01InstanceIdIsTheSameForTwoAgentsOfOneDeviceAndAfterARestart() {
        for (long seed = 0; seed < 2; seed++) {
            Random random = new Random(seed);
            UserAgent alice = bench.alice(b -> b.instanceId(INSTANCE).random(random));
            alice.start().join();
            alice.stop().join();
            alice.start().join();
            alice.stop().join();
        }

        assertThat(bench.registers())
                .hasSize(8)
                .allSatisfy(r -> assertThat(parameter(r, "+sip.instance")).contains("<urn:uuid:" + INSTANCE + ">"));
    }

    @Test
    void out02RegIdIsTheSameOverRefreshAndReconnectAndTakesItsWholeRange() {
        UserAgent alice = bench.alice(b -> b.registration(regId(Integer.MAX_VALUE)));
        alice.start().join();
        alice.register().join();
        bench.server.restart();
        bench.untilNextRegister();

        assertThat(bench.registers()).hasSize(3).allSatisfy(r -> {
            assertThat(parameter(r, "reg-id")).contains("2147483647");
            assertThat(r.headers().list("Supported")).contains("outbound", "path");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void out02RegIdOutOfItsRangeIsRefused(int id) {
        assertThatThrownBy(() -> regId(id))
                .hasMessageContaining("regId must be 1 to 2**31-1")
                .hasMessageContaining("" + id);
    }

    @Test
    void out02BindingIsFoundByItsOwnRegId() {
        bench.nextRegister(RegisteringBench.ok(r -> List.of(
                "<sip:other@192.0.2.1>;+sip.instance=\"<urn:uuid:" + INSTANCE + ">\";reg-id=1;expires=30",
                "<sip:rewritten@192.0.2.1>;+sip.instance=\"<urn:uuid:" + INSTANCE + ">\";reg-id=7;expires=60")));
        bench.alice(b -> b.instanceId(INSTANCE).registration(regId(7))).start().join();

        assertThat(bench.news()).containsExactly("connected", "registered 60");
    }

    @Test
    void out03OutboundIsInForceWhereTheAnswerRequiresIt() {
        server(b -> b.outbound(0));
        UserAgent alice = bench.alice();
        alice.start().join();

        assertThat(alice.binding().orElseThrow().outbound()).isTrue();
        assertThat(alice.binding().orElseThrow().flowTimer()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Supported", "X-Require"})
    void out03ElseItIsAPlainRegistration(String header) {
        bench.nextRegister(grant(";expires=60").header(header, "outbound"));
        UserAgent alice = bench.alice();
        alice.start().join();

        assertThat(alice.binding().orElseThrow().outbound()).isFalse();
        assertThat(alice.isRegistered()).isTrue();
        bench.assertNextRegisterAfter(30, 54);
    }

    @Test
    void out03NotAskedForItIsNotInForce() {
        bench.nextRegister(grant(";expires=60").header("Require", "outbound"));
        UserAgent alice = bench.alice(b ->
                b.registration(RegistrationOptions.builder().outbound(false).build()));
        alice.start().join();

        assertThat(alice.binding().orElseThrow().outbound()).isFalse();
        assertThat(parameter(bench.lastRegister(), "reg-id")).isEmpty();
        assertThat(parameter(bench.lastRegister(), "+sip.instance")).isPresent();
        assertThat(bench.lastRegister().headers().list("Supported")).containsExactly("path", "gruu");
    }

    @Test
    void out04FirstHopThatLacksOutboundGetsARegisterWithout() {
        server(FakeSipServerBuilder::lacksOutbound);
        UserAgent alice = bench.alice();
        alice.start().join();

        assertThat(bench.news()).containsExactly("connected", "registered 600");
        assertThat(bench.registers()).hasSize(2);
        assertThat(parameter(bench.registers().get(0), "reg-id")).contains("1");
        assertThat(parameter(bench.registers().get(1), "reg-id")).isEmpty();
        assertThat(bench.registers().get(1).headers().list("Supported")).doesNotContain("outbound");
        alice.register().join();
        alice.unregister().join();
        assertThat(bench.registers()).as("439 is not asked for at each refresh").hasSize(4);
        assertThat(bench.server.bindings("alice")).isEmpty();
    }

    @Test
    void out04TheNextConnectionMayHaveAnotherFirstHop() {
        bench.nextRegister(Answer.status(439));
        bench.alice().start().join();
        bench.server.restart();
        bench.untilNextRegister();

        assertThat(parameter(bench.lastRegister(), "reg-id")).contains("1");
    }

    @Test
    void out04RegistrarThatSays439ForEverIsAFailureThatWaits() {
        bench.server.dispatcher(r -> Answer.status(439));
        assertThat(RegisteringBench.failure(bench.alice().start())).hasMessageContaining("439");

        assertThat(bench.registers()).hasSize(2);
        bench.assertNextRegisterAfter(15, 30);
        bench.passSeconds(10);
        assertThat(bench.registers()).hasSize(3);
    }

    @Test
    void out05FlowTimerOfTheAnswerIsRead() {
        server(b -> b.outbound(25));
        UserAgent alice = bench.alice();
        alice.start().join();

        assertThat(alice.binding().orElseThrow().flowTimer()).contains(Duration.ofSeconds(25));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "soon", "-1", ""})
    void out05FlowTimerThatIsNoneIsIgnored(String timer) {
        bench.nextRegister(grant(";expires=60").header("Flow-Timer", timer));
        UserAgent alice = bench.alice();
        alice.start().join();

        assertThat(alice.binding().orElseThrow().flowTimer()).isEmpty();
    }

    @Test
    void out07NewConnectionRegistersWithTheSameInstanceRegIdAndCallId() {
        bench.alice().start().join();
        bench.server.restart();
        bench.untilNextRegister();

        SipRequest first = bench.registers().get(0);
        SipRequest again = bench.registers().get(1);
        assertThat(parameter(again, "+sip.instance")).isEqualTo(parameter(first, "+sip.instance"));
        assertThat(parameter(again, "reg-id")).isEqualTo(parameter(first, "reg-id"));
        assertThat(again.contacts().get(0).uri())
                .isEqualTo(first.contacts().get(0).uri());
        assertThat(again.callId()).isEqualTo(first.callId());
        assertThat(again.cseq().number()).isEqualTo(first.cseq().number() + 1);
    }

    @Test
    void out09FlowFailedForAMessageIsReportedAndTheAgentRegistersAgain() {
        UserAgent alice = bench.alice();
        alice.start().join();
        bench.passSeconds(60);
        bench.server.enqueue(SipMethod.MESSAGE, Answer.status(430));

        assertThat(RegisteringBench.failure(alice.sendMessage("bob", "?")))
                .isInstanceOfSatisfying(
                        MessageFailedException.class, e -> assertThat(e.cause()).isEqualTo(Cause.UNAVAILABLE));
        bench.loop.runReady();
        assertThat(bench.registers()).hasSize(2);
        assertThat(bench.messages()).hasSize(1);
        assertThat(bench.news()).containsExactly("connected", "registered 600");
    }

    @Test
    void out09ServerThatSays430ToEachMessageDoesNotMakeUsRegisterForEach() {
        UserAgent alice = bench.alice();
        alice.start().join();
        bench.server.dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(430) : null);
        for (int i = 0; i < 100; i++) {
            alice.sendMessage("bob", "?").exceptionally(e -> null).join();
            bench.passSeconds(1);
        }

        assertThat(bench.registers()).hasSizeBetween(4, 5);
    }

    @Test
    void out09FlowFailedForAMessageOfAnAgentThatIsNotRegisteredRegistersNothing() {
        UserAgent alice = bench.alice(b -> b.register(false));
        alice.start().join();
        bench.server.enqueue(SipMethod.MESSAGE, Answer.status(430));
        alice.sendMessage("bob", "?").exceptionally(e -> null).join();
        bench.passSeconds(100);

        assertThat(bench.registers()).isEmpty();
    }

    @Test
    void out09FlowFailedForARegisterIsTriedAgainAfterAPause() {
        bench.nextRegister(Answer.status(430));
        RegisteringBench.goOn(bench.alice().start());
        bench.untilNextRegister();

        bench.assertNextRegisterAfter(15, 30);
        assertThat(bench.news()).contains("registrationFailed Unavailable 430", "registered 600");
    }

    @Test
    void reg17PathIsOfferedAndThatOfTheAnswerIsShown() {
        server(b -> b.path("<sip:edge.example.com;lr;ob>", "<sip:p2.example.com;lr>"));
        UserAgent alice = bench.alice();
        alice.start().join();

        assertThat(bench.lastRegister().headers().list("Supported")).contains("path");
        assertThat(alice.binding().orElseThrow().path())
                .extracting(Object::toString)
                .containsExactly("<sip:edge.example.com;lr;ob>", "<sip:p2.example.com;lr>");
        alice.sendMessage("nobody", "?").exceptionally(e -> null).join();
        assertThat(bench.messages().get(0).headers().contains("Route"))
                .as("Path is no route of ours")
                .isFalse();
    }
}
