package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.Message;
import io.websip.NotReadyException;
import io.websip.UserAgent;
import io.websip.transport.fake.sip.Answer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("G1, G4: the transport is closed before its agents")
class TransportClosedTest {
    @Test
    @DisplayName("pending messages fail, the disconnection is told, stop completes")
    void pendingMessages() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(Answer.silence());
            scene.tape.record(new Message(alice).send("bob", "Hello"));
            scene.run();
            scene.tape.clear();
            scene.transport.close();
            scene.run();
            assertThat(scene.tape.entries())
                    .containsExactly("future SYSTEM Connection Error", "disconnected", "unregistered Connection Error");
            assertThatThrownBy(() -> alice.sendMessage("bob", "Hello")).isInstanceOf(NotReadyException.class);
            assertThat(alice.register()).isNotNull().satisfies(future -> {
                scene.run();
                assertThat(future).isCompletedExceptionally();
            });
            alice.stop().join();
            assertThatThrownBy(alice::start).isInstanceOf(IllegalStateException.class);
            assertThat(alice.stop()).isDone();
        }
    }

    @Test
    @DisplayName("a message that is handed over as the transport closes fails")
    void messageInBetween() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.silentAgent("alice", options -> options.register(false));
            alice.start().join();
            scene.tape.record(alice.sendMessage("bob", "Hello"));
            scene.transport.close();
            scene.run();
            assertThat(scene.tape.entries("future")).containsExactly("future SYSTEM Connection Error");
        }
    }

    @Test
    @DisplayName("a message whose handler runs as the transport closes fails after its newMessage")
    void handlerRuns() {
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
            scene.transport.close();
            scene.run();
            callbacks.remove().run();
            while (!callbacks.isEmpty()) {
                callbacks.remove().run();
            }
            assertThat(scene.tape.entries())
                    .containsExactlyInAnyOrder(
                            "newMessage LOCAL",
                            "sending LOCAL",
                            "disconnected",
                            "failed SYSTEM Connection Error",
                            "future SYSTEM Connection Error");
            assertThat(scene.tape.entries().subList(0, 2)).containsExactly("newMessage LOCAL", "sending LOCAL");
            CompletableFuture<Void> stopped = alice.stop();
            callbacks.forEach(Runnable::run);
            assertThat(stopped).isCompleted();
        }
    }

    @Test
    @DisplayName("while it connects: what waited for the connection fails")
    void whileConnecting() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.agent("alice", options -> {});
            CompletableFuture<Void> ready = alice.start();
            scene.tape.record(alice.sendMessage("bob", "Hello"));
            scene.transport.close();
            scene.run();
            assertThat(scene.tape.entries("future")).containsExactly("future SYSTEM Connection Error");
            assertThat(ready).isCompletedExceptionally();
        }
    }

    @Test
    @DisplayName("while it waits to reconnect: stop completes")
    void whileWaiting() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.connection().abort();
            scene.run();
            scene.transport.close();
            scene.run();
            CompletableFuture<Void> stopped = alice.stop();
            scene.run();
            assertThat(stopped).isCompleted();
        }
    }

    @Test
    @DisplayName("after stop was called: its future completes all the same")
    void whileStopping() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(Answer.silence());
            scene.tape.record(alice.sendMessage("bob", "Hello"));
            scene.run();
            CompletableFuture<Void> stopped = alice.stop();
            scene.transport.close();
            scene.run();
            assertThat(scene.tape.entries("future")).containsExactly("future SYSTEM Connection Error");
            assertThat(stopped).isCompleted();
        }
    }

    @Test
    @DisplayName("during the grace: its future completes all the same")
    void duringGrace() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(Answer.silence());
            scene.tape.record(alice.sendMessage("bob", "Hello"));
            scene.run();
            CompletableFuture<Void> stopped = alice.stop();
            scene.run();
            scene.transport.close();
            scene.run();
            assertThat(scene.tape.entries("future")).containsExactly("future SYSTEM Connection Error");
            assertThat(stopped).isCompleted();
        }
    }
}
