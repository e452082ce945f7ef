package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.failure;
import static io.websip.protocol.RegisteringBench.goOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.Cause;
import io.websip.IncomingMessage;
import io.websip.RegistrationFailedException;
import io.websip.UserAgent;
import io.websip.UserAgentEvent;
import io.websip.UserAgentListener;
import io.websip.config.KeepAlive;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.transport.Closure;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.sip.Answer;
import io.websip.transport.fake.sip.FakeSipServerBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way back to the server: pauses, and what is registered again (RFC 5626 section 4.5). */
class ReconnectTest {
    private final RegisteringBench bench = new RegisteringBench(FakeSipServerBuilder::noAuth);

    @AfterEach
    void nothingIsLeft() {
        bench.close();
    }

    /** How long after the end of one attempt each of the next began. */
    private List<Duration> pauses(int count) {
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int before = bench.events.size();
            Duration since = bench.loop.elapsed();
            bench.loop.runUntil(() -> bench.events.size() > before);
            pauses.add(bench.loop.elapsed().minus(since));
        }
        return pauses;
    }

    @Test
    void out07SameCallIdInstanceAndContactAndCseqPlusOneAfterReconnect() {
        UserAgent alice = bench.alice();
        alice.start().join();
        SipRequest before = bench.lastRegister();
        bench.server.restart();
        bench.untilNextRegister();
        bench.loop.runReady();

        SipRequest after = bench.lastRegister();
        assertThat(after.callId()).isEqualTo(before.callId());
        assertThat(after.cseq().number()).isEqualTo(before.cseq().number() + 1);
        assertThat(after.contacts()).isEqualTo(before.contacts());
        assertThat(after.topVia().branch()).isNotEqualTo(before.topVia().branch());
        assertThat(alice.isRegistered()).isTrue();
        assertThat(bench.server.bindings("alice")).hasSize(1);
        assertThat(bench.news())
                .containsExactly(
                        "connected",
                        "registered 600",
                        "disconnected",
                        "unregistered Connection Error",
                        "connected",
                        "registered 600");
    }

    @Test
    void out08PausesDoubleFromTwoToThirtySecondsOfWhichHalfToAllIsWaited() {
        bench.server.endpoint().onEveryConnection(Fault.unreachable());
        goOn(bench.alice().start());
        bench.loop.runReady();

        List<Duration> pauses = pauses(8);
        long[] upper = {2, 4, 8, 16, 30, 30, 30, 30};
        for (int i = 0; i < upper.length; i++) {
            assertThat(pauses.get(i)).isBetween(Duration.ofMillis(500 * upper[i]), Duration.ofMillis(1_000 * upper[i]));
        }
        assertThat(pauses.subList(4, 8)).as("jitter").doesNotHaveDuplicates();
    }

    @Test
    void out08PausesBeginAnewAfterASuccess() {
        bench.server.endpoint().onEveryConnection(Fault.unreachable());
        goOn(bench.alice().start());
        bench.loop.runReady();
        pauses(6);
        bench.server.endpoint().onEveryConnection();
        bench.untilNextRegister();
        bench.passSeconds(100);
        bench.server.restart();

        assertThat(bench.untilNextRegister()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void boundsOfThePauseAreConfigured() {
        bench.server.endpoint().onEveryConnection(Fault.unreachable());
        goOn(bench.alice(b -> b.reconnect(Duration.ofMillis(100), Duration.ofMillis(300)))
                .start());
        bench.loop.runReady();

        assertThat(pauses(20)).allSatisfy(p -> assertThat(p).isBetween(Duration.ofMillis(50), Duration.ofMillis(300)));
    }

    @Test
    void agentsOfOneServerDoNotComeBackAtOnce() {
        for (int i = 0; i < 10; i++) {
            long seed = i;
            bench.agent("user" + i, b -> b.random(new java.util.Random(seed)))
                    .start()
                    .join();
        }
        bench.server.restart();
        bench.pass(Duration.ofMillis(1_500));

        assertThat(bench.server.connections()).hasSizeBetween(1, 9);
    }

    @Test
    void refusedHandshakeIsDisconnectedWithItsHttpStatus() {
        bench.server.endpoint().onNextConnection(Fault.refuse(503));
        bench.server.endpoint().onNextConnection(Fault.noSubprotocol());
        goOn(bench.alice().start());
        bench.untilNextRegister();

        assertThat(bench.news()).containsExactly("disconnected", "disconnected", "connected", "registered 600");
        assertThat(bench.raw.subList(0, 2).stream()
                        .map(e -> ((UserAgentEvent.Disconnected) e).why())
                        .map(why -> ((Closure.Refused) why).httpStatus()))
                .containsExactly(503, 101);
    }

    @Test
    void orderlyCloseByTheServerIsALossToo() {
        UserAgent alice = bench.alice();
        alice.start().join();
        bench.server.connections().get(0).close(1001, "going away");
        bench.untilNextRegister();

        assertThat(bench.raw.get(2))
                .isInstanceOfSatisfying(
                        UserAgentEvent.Disconnected.class,
                        e -> assertThat(e.why()).isEqualTo(new Closure.Closed(1001, "going away")));
        assertThat(alice.isConnected()).isTrue();
    }

    @Test
    void whatTheProgramAskedLastHoldsAfterAReconnect() {
        UserAgent byHand = bench.alice(b -> b.register(false));
        byHand.start().join();
        byHand.register().join();
        bench.server.restart();
        bench.passSeconds(10);
        assertThat(byHand.isRegistered()).isTrue();

        byHand.unregister().join();
        bench.server.restart();
        bench.passSeconds(600);
        assertThat(byHand.isConnected()).isTrue();
        assertThat(byHand.isRegistered()).isFalse();
        assertThat(bench.registers()).hasSize(3);
    }

    @Test
    void withoutAConnectionRegisterFailsAtOnce() {
        UserAgent alice = bench.alice();
        alice.start().join();
        bench.server.restart();
        bench.loop.runReady();

        assertThat(failure(alice.register()))
                .isInstanceOfSatisfying(
                        RegistrationFailedException.class,
                        e -> assertThat(e.cause()).isEqualTo(Cause.CONNECTION_ERROR));
    }

    @Test
    void stopDuringThePauseEndsItAtOnce() {
        UserAgent alice = bench.alice();
        alice.start().join();
        bench.server.restart();
        bench.pass(Duration.ofMillis(500));
        Duration before = bench.loop.elapsed();
        alice.stop().join();

        assertThat(bench.loop.elapsed()).isEqualTo(before);
        bench.loop.assertQuiet();
        assertThat(bench.news()).endsWith("disconnected", "unregistered Connection Error");
    }

    @Test
    void stopDuringTheHandshakeEndsIt() {
        bench.server.endpoint().onEveryConnection(Fault.silentHandshake());
        UserAgent alice = bench.alice();
        CompletableFuture<Void> started = alice.start();
        bench.pass(Duration.ofMillis(500));
        alice.stop().join();

        assertThat(started).isCompletedExceptionally();
        assertThat(bench.news()).doesNotContain("connected");
    }

    @Test
    void agentMayStartAgainAfterAStop() {
        UserAgent alice = bench.alice();
        alice.start().join();
        alice.stop().join();
        alice.start().join();

        assertThat(alice.isRegistered()).isTrue();
        assertThat(bench.news())
                .containsExactly(
                        "connected",
                        "registered 600",
                        "unregistered 200",
                        "disconnected",
                        "connected",
                        "registered 600");
    }

    @Test
    void aRegisterOfALostConnectionThatIsTakenUpLateDoesNotUndoTheNewerOne() {
        UserAgent alice = bench.alice(b -> b.keepAlive(KeepAlive.webSocketPing().every(Duration.ofSeconds(20))));
        alice.start().join();
        alice.addListener(UserAgentListener.incoming(IncomingMessage::accept));
        bench.server.enqueue(SipMethod.REGISTER, Answer.byServer().after(Duration.ofSeconds(100)));
        CompletableFuture<SipResponse> refresh = alice.register();
        bench.loop.runReady();
        bench.server.endpoint().connections().forEach(connection -> connection.apply(Fault.halfOpen()));
        bench.loop.advanceBy(Duration.ofSeconds(110));

        assertThat(refresh).isCompletedExceptionally();
        assertThat(alice.isRegistered()).isTrue();
        CompletableFuture<SipResponse> toAlice = bench.server.message("alice", "hello");
        bench.loop.runReady();
        assertThat(toAlice).isCompletedWithValueMatching(response -> response.status() == 200);
    }
}
