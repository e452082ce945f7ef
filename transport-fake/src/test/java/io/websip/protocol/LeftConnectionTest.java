package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.IncomingMessage;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.MessageOptions;
import io.websip.sip.SipMethod;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.sip.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The connection that a move to a better server has left: how long it stays, and for whom. */
class LeftConnectionTest {
    private static final MessageOptions PATIENT =
            MessageOptions.builder().timeout(Duration.ofDays(1)).build();

    private final ServerFarm farm = new ServerFarm();

    @AfterEach
    void nothingIsLeft() {
        farm.close();
    }

    private void move() {
        farm.back("main");
        farm.loop.runUntil(() -> farm.events.contains("connected main"));
    }

    @Test
    void idleOneIsClosedAtOnce() {
        farm.atSpare();
        move();
        farm.seconds(2);

        assertThat(farm.connections("spare")).isZero();
    }

    @Test
    void ourOwnRequestKeepsItOpenForAsLongAsItMayTake() {
        UserAgent alice = farm.atSpare();
        farm.get("spare").enqueue(SipMethod.MESSAGE, Answer.status(202).after(Duration.ofMinutes(10)));
        CompletableFuture<SipResponse> message = alice.sendMessage("bob", "x", "text/plain", PATIENT);
        move();
        farm.seconds(540);
        assertThat(farm.connections("spare")).isEqualTo(1);
        assertThat(farm.news()).containsExactly("disconnected spare", "connected main", "registered");
        farm.seconds(62);

        assertThat(message.join().status()).isEqualTo(202);
        assertThat(farm.connections("spare")).isZero();
    }

    @Test
    void oldConnectionIsStillLookedAfterWhileAMessageWaitsOnIt() {
        UserAgent alice = farm.atSpare();
        farm.get("spare").enqueue(SipMethod.MESSAGE, Answer.silence());
        CompletableFuture<SipResponse> underWay = alice.sendMessage("bob", "hello", "text/plain", PATIENT);
        farm.back("main");
        farm.seconds(10);
        farm.get("spare").endpoint().connections().forEach(c -> c.apply(Fault.noPong()));
        farm.seconds(120);

        assertThat(RegisteringBench.failure(underWay)).hasMessageContaining("Connection Error");
        assertThat(farm.connections("main")).isEqualTo(1);
        assertThat(farm.news()).containsExactly("disconnected spare", "connected main", "registered");
    }

    /** A server that goes on sending on it, and a program that answers late, keep it for the transaction time-out. */
    @Test
    void requestsOfOthersKeepItOpenForTheTransactionTimeoutOnly() {
        UserAgent alice = farm.atSpare();
        alice.addListener(UserAgentListener.incoming(IncomingMessage::defer));
        move();
        for (int i = 0; i < 32; i++) {
            assertThat(farm.connections("spare")).as("after %s s", i).isEqualTo(1);
            farm.get("spare").message("alice", "still there?");
            farm.seconds(1);
        }
        farm.seconds(2);

        assertThat(farm.connections("spare")).isZero();
    }

    /** It could not be answered any more, and its sender would hear of a failure. */
    @Test
    void requestThatCrossesOurCloseIsNotHandedOver() {
        UserAgent alice = farm.atSpare();
        List<String> given = new ArrayList<>();
        alice.addListener(UserAgentListener.incoming(message -> given.add(message.text())));
        farm.get("spare").endpoint().connections().forEach(c -> c.apply(Fault.latency(Duration.ofMillis(300))));
        move();
        CompletableFuture<SipResponse> late = new CompletableFuture<>();
        farm.loop.schedule(
                Duration.ofMillis(800),
                () -> farm.get("spare")
                        .message(
                                "alice",
                                "crosses it") // which is on its way when the agent looks after a second, and closes
                        .thenAccept(late::complete));
        farm.seconds(5);
        assertThat(late.join().status()).isEqualTo(480);
        assertThat(given).isEmpty();
    }

    /** A left connection that is half open does not hold up the stop. */
    @Test
    void stopWithALeftConnectionThatIsStalled() {
        UserAgent alice = farm.atSpare();
        farm.get("spare").enqueue(SipMethod.MESSAGE, Answer.silence());
        CompletableFuture<SipResponse> m = alice.sendMessage("bob", "x", "text/plain", PATIENT);
        farm.back("main");
        farm.seconds(10);
        farm.get("spare").endpoint().connections().forEach(c -> c.apply(Fault.halfOpen()));
        Duration t0 = farm.loop.elapsed();
        CompletableFuture<Void> s = alice.stop();
        s.join();
        assertThat(farm.loop.elapsed().minus(t0)).isLessThan(Duration.ofSeconds(20));
        assertThat(m).isCompletedExceptionally();
    }
}
