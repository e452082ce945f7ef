package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static io.websip.protocol.RegisteringBench.grant;
import static io.websip.protocol.RegisteringBench.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.Cause;
import io.websip.NotReadyException;
import io.websip.RegistrationFailedException;
import io.websip.UserAgent;
import io.websip.UserAgentEvent;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.sip.Answer;
import io.websip.transport.fake.sip.FakeSipServerBuilder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** REGISTERs that fail: what is told, what is tried again, and when (RFC 3261 sections 10.2.7 and 10.2.8). */
class RegistrationFailureTest {
    private final RegisteringBench bench = new RegisteringBench(FakeSipServerBuilder::noAuth);

    @AfterEach
    void nothingIsLeft() {
        bench.close();
    }

    private static void assertFailed(CompletableFuture<?> future, Cause cause, int status) {
        assertThat(RegisteringBench.failure(future)).isInstanceOfSatisfying(RegistrationFailedException.class, e -> {
            assertThat(e.cause()).isEqualTo(cause);
            assertThat(e.response().map(r -> r.status()).orElse(0)).isEqualTo(status);
            assertThat(e).hasMessageContaining(cause.text());
        });
    }

    @Test
    void reg12IntervalTooBriefIsAskedForOnceMoreWithWhatTheRegistrarDemands() {
        bench.nextRegister(Answer.status(423).header("Min-Expires", "1800"));
        bench.alice().start().join();

        assertThat(bench.registers().stream().map(RegisteringBench::seconds)).containsExactly(600L, 1_800L);
        assertThat(bench.news()).containsExactly("connected", "registered 1800");
        bench.assertNextRegisterAfter(900, 1_620);
        assertThat(seconds(bench.lastRegister())).isEqualTo(1_800);
    }

    @Test
    void reg12RegistrarThatRaisesForEverIsGivenUp() {
        bench.server.dispatcher(r ->
                seconds(r) == 0 ? null : Answer.status(423).header("Min-Expires", "" + 2 * seconds(r)));
        assertFailed(bench.alice().start(), Cause.SIP_FAILURE_CODE, 423);

        assertThat(bench.registers().stream().map(RegisteringBench::seconds)).containsExactly(600L, 1_200L, 2_400L);
        bench.passSeconds(14);
        assertThat(bench.registers()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "600", "60", "0"})
    void reg12WithoutUsableMinExpiresItFails(String minExpires) {
        Answer brief = Answer.status(423);
        bench.nextRegister(minExpires.isEmpty() ? brief : brief.header("Min-Expires", minExpires));
        assertFailed(bench.alice().start(), Cause.SIP_FAILURE_CODE, 423);

        bench.passSeconds(14);
        assertThat(bench.registers()).hasSize(1);
    }

    @Test
    void reg13AfterATimeoutTheNextTryWaits() {
        bench.nextRegister(Answer.silence());
        UserAgent alice = bench.alice();
        assertFailed(alice.start(), Cause.REQUEST_TIMEOUT, 0);

        assertThat(bench.loop.elapsed()).isEqualTo(Duration.ofSeconds(32));
        assertThat(bench.news()).containsExactly("connected", "registrationFailed Request Timeout");
        bench.assertNextRegisterAfter(15, 30);
        assertThat(bench.news()).containsExactly("registered 600");
        assertThat(alice.isRegistered()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"408,Unavailable", "480,Unavailable", "500,SIP Failure Code", "503,SIP Failure Code", "486,Busy"})
    void reg13FailureThatMayPassIsTriedAgainAfterAPause(int status, String cause) {
        bench.nextRegister(Answer.status(status));
        goOn(bench.alice().start());

        assertThat(bench.untilNextRegister()).isZero();
        assertThat(bench.news()).containsExactly("connected", "registrationFailed " + cause + " " + status);
        bench.assertNextRegisterAfter(15, 30);
        assertThat(bench.news()).containsExactly("registered 600");
    }

    @Test
    void reg13PausesDoubleUpToHalfAnHourAndBeginAnewAfterASuccess() {
        bench.server.dispatcher(r -> seconds(r) == 0 ? null : Answer.status(500));
        goOn(bench.alice().start());
        bench.untilNextRegister();
        for (long upper : new long[] {30, 60, 120, 240, 480, 960, 1_800, 1_800, 1_800}) {
            assertThat(bench.untilNextRegister())
                    .isBetween(Duration.ofMillis(upper * 500), Duration.ofMillis(upper * 1_000));
        }
        bench.server.dispatcher(r -> null);
        bench.untilNextRegister();
        bench.nextRegister(Answer.status(500));
        bench.untilNextRegister();
        bench.assertNextRegisterAfter(15, 30);
    }

    @Test
    void out08LargerRetryAfterWins() {
        bench.nextRegister(Answer.status(503).header("Retry-After", "120 (maintenance);duration=60"));
        goOn(bench.alice().start());
        bench.untilNextRegister();

        bench.assertNextRegisterAfter(120, 120);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 413, 480, 486, 500, 503, 600, 603})
    void uac15RetryAfterOfEveryRefusalIsHeeded(int status) {
        bench.nextRegister(Answer.status(status).header("Retry-After", "3000"));
        goOn(bench.alice().start());
        bench.untilNextRegister();

        bench.assertNextRegisterAfter(3_000, 3_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "never"})
    void out08SmallerOrMalformedRetryAfterDoesNot(String after) {
        bench.nextRegister(Answer.status(503).header("Retry-After", after));
        goOn(bench.alice().start());
        bench.untilNextRegister();

        bench.assertNextRegisterAfter(15, 30);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 407, 416, 420, 501, 603})
    void failureThatTimeHardlyMendsIsTriedAgainRarely(int status) {
        bench.nextRegister(Answer.status(status));
        UserAgent alice = bench.alice();
        assertFailed(alice.start(), Cause.ofStatus(status), status);
        assertThat(alice.isConnected()).isTrue();
        assertThat(alice.isRegistered()).isFalse();

        bench.assertNextRegisterAfter(900, 1_800);
        bench.news();
        assertThat(alice.isRegistered()).isTrue();
    }

    @Test
    void permanentFailureIsTriedAgainOnANewConnectionAndByHand() {
        bench.nextRegister(Answer.status(403));
        bench.nextRegister(Answer.status(403));
        UserAgent alice = bench.alice();
        assertFailed(alice.start(), Cause.REJECTED, 403);
        assertFailed(alice.register(), Cause.REJECTED, 403);
        bench.server.restart();
        bench.untilNextRegister();

        assertThat(bench.news())
                .containsExactly(
                        "connected",
                        "registrationFailed Rejected 403",
                        "registrationFailed Rejected 403",
                        "disconnected",
                        "connected",
                        "registered 600");
    }

    @Test
    void registerByHandDoesNotWaitForThePauseAndEndsIt() {
        bench.nextRegister(Answer.status(503).header("Retry-After", "1000"));
        UserAgent alice = bench.alice();
        assertFailed(alice.start(), Cause.SIP_FAILURE_CODE, 503);
        bench.nextRegister(grant(";expires=3600"));

        assertThat(alice.register().join().status()).isEqualTo(200);
        bench.passSeconds(1_100);
        assertThat(bench.registers()).hasSize(2);
    }

    @Test
    void unregisterDuringThePauseEndsIt() {
        bench.nextRegister(Answer.status(503));
        UserAgent alice = bench.alice();
        assertFailed(alice.start(), Cause.SIP_FAILURE_CODE, 503);

        assertThat(RegisteringBench.failure(alice.unregister())).isInstanceOf(RegistrationFailedException.class);
        bench.passSeconds(7_200);
        assertThat(bench.registers()).hasSize(1);
    }

    @Test
    void eventsCarryTheResponse() {
        bench.nextRegister(Answer.status(503, "Not Today"));
        goOn(bench.alice().start());
        bench.untilNextRegister();
        bench.loop.runReady();

        assertThat(bench.raw.get(1))
                .isInstanceOfSatisfying(
                        UserAgentEvent.RegistrationFailed.class,
                        e -> assertThat(e.response().orElseThrow().reason()).isEqualTo("Not Today"));
    }

    @Test
    void startFailsWhenTheServerCannotBeReachedAndGoesOnTrying() {
        bench.server.endpoint().onNextConnection(Fault.unreachable());
        UserAgent alice = bench.alice();

        assertThat(RegisteringBench.failure(alice.start()))
                .isInstanceOf(NotReadyException.class)
                .hasMessageContaining("sip.example.com");
        bench.untilNextRegister();
        assertThat(bench.news()).containsExactly("disconnected", "connected", "registered 600");
    }

    @Test
    void startWithoutRegisterIsDoneOnceConnected() {
        UserAgent alice = bench.alice(b -> b.register(false));
        alice.start().join();

        assertThat(alice.isConnected()).isTrue();
        assertThat(alice.isRegistered()).isFalse();
        bench.passSeconds(3_600);
        assertThat(bench.registers()).isEmpty();
        assertThat(bench.news()).containsExactly("connected");
    }

    @Test
    void startFailsWhenTheConnectionIsLostBeforeTheAnswer() {
        bench.nextRegister(Answer.hangUp());
        assertFailed(bench.alice().start(), Cause.CONNECTION_ERROR, 0);
        assertThat(bench.news()).containsExactly("connected", "registrationFailed Connection Error", "disconnected");
    }

    @Test
    void startFailsWhenTheAgentIsStoppedMeanwhile() {
        bench.nextRegister(Answer.silence());
        UserAgent alice = bench.alice();
        CompletableFuture<Void> started = alice.start();
        bench.loop.runUntil(() -> bench.registers().size() == 1);
        alice.stop().join();

        assertThat(started).isCompletedExceptionally();
        assertThat(RegisteringBench.failure(alice.stop().thenCompose(done -> started)))
                .isInstanceOf(NotReadyException.class);
    }
}
