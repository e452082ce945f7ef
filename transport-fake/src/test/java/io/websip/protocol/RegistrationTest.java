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
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.sip.Answer;
import io.websip.transport.fake.sip.FakeSipServerBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** REGISTER as such: what it says, when one is sent, and what becomes of the agent's state (RFC 3261 section 10.2). */
class RegistrationTest {
    private final RegisteringBench bench = new RegisteringBench(FakeSipServerBuilder::noAuth);

    @AfterEach
    void nothingIsLeft() {
        bench.close();
    }

    @Test
    void reg01And19WithoutARegistrarTheRequestUriNamesTheDomainOfTheAddressOnly() {
        bench.alice().start().join();

        assertThat(bench.lastRegister().requestUriText()).isEqualTo("sip:example.com");
    }

    @Test
    void reg01RequestUriNamesTheRegistrarWhereOneIsGiven() {
        bench.alice(b -> b.registrar("sip:registrar.example.com:5070")).start().join();

        assertThat(bench.lastRegister().requestUriText()).isEqualTo("sip:registrar.example.com:5070");
        assertThat(bench.lastRegister().to().uri()).hasToString("sip:alice@example.com");
    }

    @Test
    void reg02ToAndFromAreTheAddressOfRecord() {
        bench.alice(b -> b.displayName("Alice")).start().join();

        SipRequest register = bench.lastRegister();
        assertThat(register.to()).hasToString("<sip:alice@example.com>");
        assertThat(register.from().uri()).isEqualTo(register.to().uri());
        assertThat(register.from().displayName()).contains("Alice");
        assertThat(register.to().tag()).isEmpty();
    }

    @Test
    void reg03And04OneCallIdAndCseqPlusOneOverRefreshReconnectAndUnregister() {
        UserAgent alice = bench.alice();
        alice.start().join();
        alice.register().join();
        bench.untilNextRegister();
        bench.server.restart();
        bench.untilNextRegister();
        alice.stop().join();

        List<SipRequest> registers = bench.registers();
        assertThat(registers).hasSize(5);
        assertThat(registers.stream().map(SipRequest::callId))
                .containsOnly(registers.get(0).callId());
        long first = registers.get(0).cseq().number();
        assertThat(registers.stream().map(r -> r.cseq().number() - first)).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(seconds(registers.get(4))).isZero();
    }

    @Test
    void reg05RegisterTwiceQuicklyIsOneRequestInFlight() {
        UserAgent alice = bench.alice(b -> b.register(false));
        alice.start().join();
        bench.nextRegister(grant(";expires=600").after(Duration.ofSeconds(1)));

        CompletableFuture<SipResponse> one = alice.register();
        CompletableFuture<SipResponse> two = alice.register();
        bench.pass(Duration.ofMillis(999));
        assertThat(bench.registers()).hasSize(1);

        assertThat(one.join()).isSameAs(two.join());
        assertThat(bench.registers()).hasSize(1);
        assertThat(bench.news()).containsExactly("connected", "registered 600");
    }

    @Test
    void reg05RefreshWaitsForTheAnswerToTheUnregister() {
        UserAgent alice = bench.alice();
        alice.start().join();
        bench.nextRegister(ok(r -> List.of()).after(Duration.ofSeconds(1)));

        CompletableFuture<SipResponse> gone = alice.unregister();
        CompletableFuture<SipResponse> back = alice.register();
        bench.pass(Duration.ofMillis(500));
        assertThat(bench.registers()).hasSize(2);

        gone.join();
        back.join();
        assertThat(alice.isRegistered()).isTrue();
        assertThat(bench.news()).containsExactly("connected", "registered 600", "unregistered 200", "registered 600");
    }

    @Test
    void unregisterDuringARefreshWaitsForItAndIsStillOurOwnWish() {
        UserAgent alice = bench.alice();
        alice.start().join();
        bench.nextRegister(grant(";expires=600").after(Duration.ofSeconds(1)));

        goOn(alice.register());
        alice.unregister().join();

        assertThat(bench.news()).containsExactly("connected", "registered 600", "unregistered 200");
        assertThat(alice.isRegistered()).isFalse();
    }

    @Test
    void stopWhileTheFirstRegisterIsUnderWayUnregistersAsOurOwnWish() {
        UserAgent alice = bench.alice();
        bench.nextRegister(grant(";expires=600").after(Duration.ofSeconds(1)));
        goOn(alice.start());
        bench.loop.runUntil(() -> bench.registers().size() == 1);

        alice.stop().join();

        assertThat(bench.news()).containsExactly("connected", "registered 600", "unregistered 200", "disconnected");
        assertThat(bench.server.bindings("alice")).isEmpty();
    }

    @Test
    void reg06To08RegisterAsksForItsOwnContactOnly() {
        bench.alice(b -> b.registerExpires(Duration.ofSeconds(1234))).start().join();

        SipRequest register = bench.lastRegister();
        assertThat(register.contacts()).hasSize(1);
        assertThat(seconds(register)).isEqualTo(1234);
        assertThat(register.headers().seconds("Expires")).hasValue(1234);
        assertThat(register.contacts().get(0).parameters().get("reg-id")).contains("1");
        assertThat(register.contacts().get(0).parameters().get("+sip.instance").orElse(""))
                .matches("<urn:uuid:[0-9a-f-]{36}>");
        assertThat(register.headers().list("Supported")).contains("path", "outbound");
    }

    @Test
    void reg08RefreshNamesOnlyOurContactThoughOthersAreListed() {
        bench.nextRegister(
                ok(r -> List.of("<sip:other@192.0.2.1>;expires=7", contact(r) + ";expires=60", "<tel:+1>;expires=9")));
        bench.alice().start().join();
        bench.untilNextRegister();

        SipRequest refresh = bench.lastRegister();
        assertThat(refresh.contacts()).hasSize(1);
        assertThat(contact(refresh)).isEqualTo(contact(bench.registers().get(0)));
    }

    @Test
    void reg09UnregisterIsExpiresZeroForOurContact() {
        UserAgent alice = bench.alice();
        alice.start().join();

        assertThat(alice.unregister().join().status()).isEqualTo(200);

        SipRequest last = bench.lastRegister();
        assertThat(seconds(last)).isZero();
        assertThat(last.headers().seconds("Expires")).hasValue(0);
        assertThat(contact(last)).isEqualTo(contact(bench.registers().get(0)));
        assertThat(bench.server.bindings("alice")).isEmpty();
        assertThat(alice.isConnected()).isTrue();
        assertThat(bench.news()).containsExactly("connected", "registered 600", "unregistered 200");
        bench.passSeconds(3_600);
        assertThat(bench.registers()).hasSize(2);
    }

    @Test
    void reg09UnregisterOnStopIsWaitedForOnlyForTheGrace() {
        UserAgent alice = bench.alice(b -> b.stopGrace(Duration.ofSeconds(2)));
        alice.start().join();
        bench.nextRegister(Answer.silence());
        Duration before = bench.loop.elapsed();

        alice.stop().join();

        assertThat(bench.loop.elapsed().minus(before)).isEqualTo(Duration.ofSeconds(2));
        assertThat(seconds(bench.lastRegister())).isZero();
        assertThat(bench.news()).containsExactly("connected", "registered 600", "disconnected", "unregistered");
    }

    @Test
    void reg09UnregisterThatIsRefusedEndsInUnregisteredAllTheSame() {
        UserAgent alice = bench.alice();
        alice.start().join();
        bench.nextRegister(Answer.status(500));

        assertFailed(alice.unregister(), Cause.SIP_FAILURE_CODE, 500);
        assertThat(bench.news()).containsExactly("connected", "registered 600", "unregistered 500");
    }

    @Test
    void reg14RecordRouteInTheAnswerIsIgnored() {
        bench.nextRegister(grant(";expires=60").header("Record-Route", "<sip:proxy.example.com;lr>"));
        UserAgent alice = bench.alice();
        alice.start().join();
        alice.register().join();
        alice.sendMessage("nobody", "?").exceptionally(e -> null).join();

        assertThat(bench.server.requests())
                .hasSize(3)
                .allSatisfy(r -> assertThat(r.headers().contains("Route")).isFalse());
    }

    @Test
    void reg15AnswerWithoutOurContactIsNotRegistered() {
        bench.nextRegister(ok(r -> List.of(
                "<sip:one@192.0.2.1;transport=ws>;expires=60", "<sip:other@192.0.2.1;transport=ws>;expires=60")));
        UserAgent alice = bench.alice();

        assertFailed(alice.start(), Cause.SIP_FAILURE_CODE, 200);
        assertThat(alice.isRegistered()).isFalse();
        assertThat(bench.news()).containsExactly("connected", "registrationFailed SIP Failure Code 200");
    }

    @Test
    void reg15TheFutureOfRegisterFailsTooWithoutOurContact() {
        UserAgent alice = bench.alice(b -> b.register(false));
        alice.start().join();
        bench.nextRegister(ok(r -> List.of("<sip:one@192.0.2.1>, <sip:other@192.0.2.1>")));

        assertFailed(alice.register(), Cause.SIP_FAILURE_CODE, 200);
        assertThat(alice.isRegistered()).isFalse();
    }

    @Test
    void reg15ExpiresZeroForOurContactIsNotRegistered() {
        bench.nextRegister(grant(";expires=0"));
        UserAgent alice = bench.alice();

        assertFailed(alice.start(), Cause.SIP_FAILURE_CODE, 200);
        assertThat(alice.isRegistered()).isFalse();
    }

    private static void assertFailed(CompletableFuture<?> future, Cause cause, int status) {
        assertThat(RegisteringBench.failure(future)).isInstanceOfSatisfying(RegistrationFailedException.class, e -> {
            assertThat(e.cause()).isEqualTo(cause);
            assertThat(e.response().orElseThrow().status()).isEqualTo(status);
        });
    }
}
