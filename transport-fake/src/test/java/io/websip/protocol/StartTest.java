package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.Message;
import io.websip.NotReadyException;
import io.websip.RegistrationFailedException;
import io.websip.UserAgent;
import io.websip.sip.SipMethod;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.sip.Answer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("start(), and start after stop")
class StartTest {
    @Test
    @DisplayName("connects, registers, and completes after the events")
    void order() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.agent("alice", options -> {});
            alice.start().thenRun(() -> scene.tape.add("ready"));
            scene.run();
            assertThat(scene.tape.events()).containsExactly("connected", "registered", "ready");
            assertThat(alice.isConnected()).isTrue();
            assertThat(alice.isRegistered()).isTrue();
        }
    }

    @Test
    @DisplayName("twice is once")
    void twice() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.agent("alice", options -> {});
            CompletableFuture<Void> first = alice.start();
            CompletableFuture<Void> second = alice.start();
            first.complete(null);
            assertThat(second).isNotDone();
            second.join();
            assertThat(alice.start()).isCompleted();
            assertThat(scene.network.connections()).hasSize(1);
        }
    }

    @Test
    @DisplayName("a first attempt that fails is told, and the next one made")
    void refused() {
        try (Scene scene = new Scene()) {
            scene.server.endpoint().onNextConnection(Fault.refuse(503));
            UserAgent alice = scene.agent("alice", options -> {});
            CompletableFuture<Void> ready = alice.start();
            assertThatThrownBy(ready::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(NotReadyException.class)
                    .hasMessageContaining("503");
            assertThat(scene.tape.entries()).containsExactly("disconnected");
            scene.seconds(2);
            assertThat(scene.tape.events()).containsExactly("disconnected", "connected", "registered");
        }
    }

    @Test
    @DisplayName("a first registration that fails is told")
    void notRegistered() {
        try (Scene scene = new Scene()) {
            scene.server.enqueue(SipMethod.REGISTER, Answer.status(403));
            UserAgent alice = scene.agent("alice", options -> {});
            CompletableFuture<Void> ready = alice.start();
            assertThatThrownBy(ready::join).hasCauseInstanceOf(RegistrationFailedException.class);
            assertThat(scene.tape.events()).containsExactly("connected", "registrationFailed Rejected");
        }
    }

    @Test
    @DisplayName("messages sent right after start wait for the connection, and keep their order")
    void messagesWait() {
        try (Scene scene = new Scene()) {
            scene.server.endpoint().onNextConnection(Fault.latency(Duration.ofSeconds(3)));
            UserAgent alice = scene.agent("alice", options -> options.register(false));
            scene.server.dispatcher(request -> Answer.status(200));
            alice.start();
            scene.tape.record(alice.sendMessage("bob", "1"));
            scene.tape.record(alice.sendMessage("carol", "2"));
            scene.tape.record(alice.sendMessage("bob", "3"));
            scene.seconds(5);
            assertThat(scene.tape.entries()).containsOnly("newMessage LOCAL");
            scene.seconds(30);
            assertThat(scene.bodies()).containsExactly("1", "2", "3");
            assertThat(scene.tape.entries("future")).hasSize(3).containsOnly("future 200");
        }
    }

    @Test
    @DisplayName("messages sent right after start fail if the first attempt does")
    void messagesFail() {
        try (Scene scene = new Scene()) {
            scene.server.endpoint().onNextConnection(Fault.unreachable());
            UserAgent alice = scene.agent("alice", options -> options.register(false));
            alice.start();
            for (int i = 0; i < 3; i++) {
                scene.tape.record(scene.tape.record(new Message(alice)).send("bob", "Hello"));
            }
            scene.seconds(60);
            assertThat(scene.tape.entries())
                    .containsExactly(
                            "newMessage LOCAL", "sending LOCAL",
                            "newMessage LOCAL", "sending LOCAL",
                            "newMessage LOCAL", "sending LOCAL",
                            "failed SYSTEM Connection Error", "future SYSTEM Connection Error",
                            "failed SYSTEM Connection Error", "future SYSTEM Connection Error",
                            "failed SYSTEM Connection Error", "future SYSTEM Connection Error",
                            "disconnected", "connected");
        }
    }

    @Test
    @DisplayName("start after stop starts anew")
    void again() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            alice.stop().join();
            scene.tape.clear();
            alice.start().join();
            assertThat(scene.tape.events()).containsExactly("connected", "registered");
            assertThat(scene.server.bindings("alice")).hasSize(1);
        }
    }

    @Test
    @DisplayName("start right after stop waits for the stop: events stay in order, the new binding stays")
    void whileStopping() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.REGISTER, Answer.silence()); // the unregister
            alice.stop();
            CompletableFuture<Void> ready = alice.start();
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(200));
            scene.tape.record(alice.sendMessage("bob", "Hello"));
            ready.join();
            scene.run();
            assertThat(scene.tape.events())
                    .containsExactly(
                            "newMessage LOCAL",
                            "disconnected",
                            "unregistered asked",
                            "connected",
                            "registered",
                            "future 200");
            assertThat(scene.tape.entries("wire")).containsExactly("wire REGISTER", "wire REGISTER", "wire MESSAGE");
            assertThat(scene.server.bindings("alice")).hasSize(1);
            assertThat(scene.network.connections()).hasSize(1);
        }
    }

    @Test
    @DisplayName("stop, start, stop: the second start never connects")
    void stopStartStop() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            alice.stop();
            CompletableFuture<Void> ready = alice.start();
            scene.tape.record(alice.sendMessage("bob", "Hello"));
            alice.stop().join();
            scene.seconds(60);
            assertThat(ready).isCompletedExceptionally();
            assertThat(scene.tape.entries())
                    .containsExactly(
                            "wire REGISTER",
                            "newMessage LOCAL",
                            "unregistered asked",
                            "disconnected",
                            "future SYSTEM Connection Error");
            assertThat(scene.network.connections()).isEmpty();
        }
    }

    @Test
    @DisplayName("200 rounds of start and stop leave nothing behind")
    void manyRounds() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.agent("alice", options -> {});
            scene.server.dispatcher(request -> request.method().equals(SipMethod.MESSAGE) ? Answer.status(200) : null);
            for (int i = 0; i < 200; i++) {
                alice.start();
                scene.tape.record(alice.sendMessage("bob", "Hello"));
                if (i % 3 != 0) {
                    scene.run();
                }
                alice.stop().join();
                scene.network.assertNoConnections();
                scene.loop.assertQuiet();
            }
            assertThat(scene.tape.entries("future")).hasSize(200);
            assertThat(scene.server.bindings("alice")).isEmpty();
        }
    }
}
