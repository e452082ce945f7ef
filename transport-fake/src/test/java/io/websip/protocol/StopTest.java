package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.Message;
import io.websip.NotReadyException;
import io.websip.UserAgent;
import io.websip.UserAgentEvent;
import io.websip.UserAgentListener;
import io.websip.sip.SipMethod;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.sip.Answer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("G4: stop() is orderly, and after its future nothing happens any more")
class StopTest {
    private static CompletableFuture<Void> stop(Scene scene, UserAgent agent) {
        return agent.stop().whenComplete((v, t) -> scene.tape.add("stopped"));
    }

    @Test
    @DisplayName("unregisters, closes, and completes last")
    void order() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            stop(scene, alice).join();
            assertThat(scene.tape.entries())
                    .containsExactly("wire REGISTER", "unregistered asked", "disconnected", "stopped");
            assertThat(scene.server.bindings("alice")).isEmpty();
            assertThat(alice.isConnected()).isFalse();
            assertThat(alice.isRegistered()).isFalse();
        }
    }

    @Test
    @DisplayName("a message under way gets the grace to end")
    void grace() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(Answer.status(200).after(Duration.ofMillis(1_900)));
            scene.server.enqueue(Answer.status(200));
            scene.tape.record(new Message(alice).send("bob", "1"));
            scene.tape.record(new Message(alice).send("bob", "2"));
            stop(scene, alice).join();
            assertThat(scene.tape.entries("wire")).containsExactly("wire MESSAGE", "wire MESSAGE");
            assertThat(scene.tape.events().stream().filter(e -> !e.startsWith("newMessage")))
                    .containsExactly("future 200", "future 200", "disconnected", "stopped");
        }
    }

    @Test
    @DisplayName("after the grace pending messages fail, and none of them is sent then")
    void graceIsOver() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.dispatcher(request -> Answer.silence());
            for (int i = 1; i <= 3; i++) {
                scene.tape.record(scene.tape.record(new Message(alice)).send("bob", "to bob " + i));
            }
            scene.run();
            scene.tape.clear();
            stop(scene, alice);
            scene.advance(Duration.ofMillis(1_999));
            assertThat(scene.tape.entries()).isEmpty();
            scene.advance(Duration.ofMillis(1));
            assertThat(scene.tape.entries())
                    .containsExactly(
                            "failed SYSTEM Connection Error",
                            "future SYSTEM Connection Error",
                            "failed SYSTEM Connection Error",
                            "future SYSTEM Connection Error",
                            "failed SYSTEM Connection Error",
                            "future SYSTEM Connection Error",
                            "disconnected",
                            "stopped");
            assertThat(scene.bodies()).containsExactly("to bob 1");
        }
    }

    @Test
    @DisplayName("a message whose handler still runs at the end of the grace fails after its newMessage, unsent")
    void handlerStillRuns() {
        Deque<Runnable> callbacks = new ArrayDeque<>();
        try (Scene scene = new Scene()) {
            UserAgent alice =
                    scene.agent("alice", options -> options.register(false).callbackExecutor(callbacks::add));
            alice.start();
            scene.run();
            callbacks.remove().run();
            scene.tape.clear();
            scene.tape.record(scene.tape.record(new Message(alice)).send("bob", "Hello"));
            scene.run();
            stop(scene, alice);
            scene.seconds(60);
            assertThat(scene.tape.entries()).isEmpty();
            while (!callbacks.isEmpty()) {
                callbacks.remove().run();
                scene.run();
            }
            assertThat(scene.tape.entries())
                    .containsExactly(
                            "newMessage LOCAL",
                            "sending LOCAL",
                            "failed SYSTEM Connection Error",
                            "future SYSTEM Connection Error",
                            "disconnected",
                            "stopped");
        }
    }

    @Test
    @DisplayName("the connection is lost during the grace: disconnected still comes before the future")
    void connectionLostInGrace() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(Answer.silence());
            scene.tape.record(new Message(alice).send("bob", "Hello"));
            scene.run();
            scene.tape.clear();
            stop(scene, alice);
            scene.run();
            scene.connection().abort();
            scene.seconds(60);
            assertThat(scene.tape.entries())
                    .containsExactly("future SYSTEM Connection Error", "disconnected", "stopped");
        }
    }

    @Test
    @DisplayName("the connection is lost during the grace, while registered")
    void connectionLostInGraceWhileRegistered() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(Answer.silence());
            scene.tape.record(new Message(alice).send("bob", "Hello"));
            scene.run();
            scene.tape.clear();
            stop(scene, alice);
            scene.run();
            scene.connection().abort();
            scene.seconds(60);
            assertThat(scene.tape.entries())
                    .containsExactly("future SYSTEM Connection Error", "disconnected", "unregistered asked", "stopped");
        }
    }

    @Test
    @DisplayName("the connection is lost while the unregister is under way")
    void connectionLostWhileUnregistering() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.REGISTER, Answer.hangUp());
            stop(scene, alice);
            scene.seconds(60);
            assertThat(scene.tape.entries())
                    .containsExactly("wire REGISTER", "disconnected", "unregistered asked", "stopped");
        }
    }

    @Test
    @DisplayName("an unregister without answer holds it up for the grace only")
    void unregisterWithoutAnswer() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.REGISTER, Answer.silence());
            CompletableFuture<Void> stopped = stop(scene, alice);
            scene.advance(Duration.ofMillis(1_999));
            assertThat(stopped).isNotDone();
            scene.advance(Duration.ofMillis(1));
            assertThat(stopped).isCompleted();
            assertThat(scene.tape.entries("stopped")).hasSize(1);
        }
    }

    @Test
    @DisplayName("a server that is gone without notice holds it up for a bounded time")
    void halfOpen() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.connection().apply(Fault.halfOpen());
            CompletableFuture<Void> stopped = stop(scene, alice);
            scene.seconds(20);
            assertThat(stopped).isCompleted();
            assertThat(scene.tape.entries())
                    .containsExactly("wire REGISTER", "disconnected", "unregistered asked", "stopped");
        }
    }

    @Test
    @DisplayName("twice is once, and both futures complete")
    void twice() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            CompletableFuture<Void> first = alice.stop();
            CompletableFuture<Void> second = alice.stop();
            first.join();
            scene.run();
            assertThat(second).isCompleted();
            assertThat(alice.stop()).isCompleted();
            assertThat(scene.tape.entries("wire REGISTER")).hasSize(1);
            assertThat(scene.tape.entries("disconnected")).hasSize(1);
        }
    }

    @Test
    @DisplayName("to complete the future of stop by hand disturbs nobody else")
    void futureCompletedByItsHolder() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            alice.stop().complete(null);
            assertThat(alice.stop()).isNotDone();
            alice.stop().join();
            assertThat(scene.tape.entries("disconnected")).hasSize(1);
        }
    }

    @Test
    @DisplayName("an agent that was never started is stopped already")
    void neverStarted() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.agent("alice", options -> {});
            assertThat(alice.stop()).isCompleted();
            alice.close();
            assertThat(scene.tape.entries()).isEmpty();
        }
    }

    @Test
    @DisplayName("stop and close may be called in a listener; close does not wait there")
    void inListener() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.agent("alice", options -> {});
            alice.addListener(new UserAgentListener() {
                @Override
                public void onRegistered(UserAgentEvent.Registered event) {
                    alice.close();
                    scene.tape.add("closed");
                    stop(scene, alice);
                }
            });
            alice.start();
            scene.seconds(60);
            assertThat(scene.tape.events())
                    .containsExactly(
                            "connected", "registered", "closed", "unregistered asked", "disconnected", "stopped");
        }
    }

    @Test
    @DisplayName("stop while connecting gives the attempt up")
    void whileConnecting() {
        try (Scene scene = new Scene()) {
            scene.server.endpoint().onNextConnection(Fault.silentHandshake());
            UserAgent alice = scene.agent("alice", options -> {});
            CompletableFuture<Void> ready = alice.start();
            scene.tape.record(new Message(alice).send("bob", "Hello"));
            scene.seconds(1);
            stop(scene, alice).join();
            assertThat(scene.tape.entries())
                    .containsExactly("newMessage LOCAL", "future SYSTEM Connection Error", "disconnected", "stopped");
            assertThat(ready).isCompletedExceptionally();
        }
    }

    @Test
    @DisplayName("stop while waiting to reconnect: nothing connects any more")
    void whileWaiting() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.connection().abort();
            scene.run();
            scene.tape.clear();
            stop(scene, alice).join();
            assertThat(scene.tape.entries()).containsExactly("stopped");
            scene.assertAgentsQuiet();
            scene.seconds(120);
            assertThat(scene.tape.entries()).containsExactly("stopped");
        }
    }

    @Test
    @DisplayName("an attempt that fails during the grace: the message fails, disconnected, stopped")
    void attemptFailsInGrace() {
        try (Scene scene = new Scene()) {
            scene.server.endpoint().onNextConnection(Fault.latency(Duration.ofMillis(400)), Fault.refuse(503));
            UserAgent alice = scene.agent("alice", options -> {});
            alice.start();
            scene.tape.record(new Message(alice).send("bob", "Hello"));
            scene.run();
            stop(scene, alice);
            scene.seconds(60);
            assertThat(scene.tape.entries())
                    .containsExactly("newMessage LOCAL", "future SYSTEM Connection Error", "disconnected", "stopped");
        }
    }

    @Test
    @DisplayName("a stopped agent takes no message, and answers incoming ones 480 until it is gone")
    void takesNothing() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.REGISTER, Answer.silence());
            alice.stop();
            assertThatThrownBy(() -> alice.sendMessage("bob", "Hello")).isInstanceOf(NotReadyException.class);
            assertThatThrownBy(alice::register).isInstanceOf(NotReadyException.class);
            scene.run();
            assertThat(scene.server.message("alice", "Hello").join().status()).isEqualTo(480);
            assertThat(scene.tape.entries("newMessage")).isEmpty();
        }
    }
}
