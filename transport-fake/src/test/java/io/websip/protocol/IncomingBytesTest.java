package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.IncomingMessage;
import io.websip.NotReadyException;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.sip.Answer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an agent holds for others is bounded in bytes, wherever it waits. */
class IncomingBytesTest {
    private static final int OVERHEAD = 2_048;
    private static final String LARGE = "x".repeat(60_000);

    private static final String LARGE_FIELD = "x".repeat(8_000);

    private final Deque<Runnable> callbacks = new ArrayDeque<>();

    private void runCallbacks(Scene scene) {
        while (!callbacks.isEmpty()) {
            callbacks.remove().run();
            scene.run();
        }
    }

    private UserAgent slow(Scene scene, Consumer<UserAgentConfigBuilder> options, Consumer<IncomingMessage> listener) {
        UserAgent alice =
                scene.silentAgent("alice", builder -> options.accept(builder.callbackExecutor(callbacks::add)));
        alice.addListener(UserAgentListener.incoming(listener));
        alice.start();
        scene.run();
        runCallbacks(scene);
        return alice;
    }

    private static List<CompletableFuture<SipResponse>> flood(Scene scene, int count, String body) {
        List<CompletableFuture<SipResponse>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(scene.server.message("alice", body));
            scene.run();
        }
        return answers;
    }

    private static long with(List<CompletableFuture<SipResponse>> answers, int status) {
        return answers.stream()
                .filter(a -> a.isDone() && a.join().status() == status)
                .count();
    }

    private void stop(Scene scene, UserAgent alice) {
        alice.stop();
        scene.run();
        runCallbacks(scene);
        scene.seconds(10);
        runCallbacks(scene);
    }

    @Test
    @DisplayName(
            "G9 large messages for a slow listener: what is beyond 8 MiB is answered 503 with Retry-After; the rest is delivered")
    void slowListener() {
        try (Scene scene = new Scene()) {
            List<Integer> got = new ArrayList<>();
            UserAgent alice = slow(scene, b -> {}, m -> got.add(m.text().length()));
            List<CompletableFuture<SipResponse>> answers = flood(scene, 300, LARGE);
            long refused = with(answers, 503);
            long held = 300 - refused;
            assertThat(held).isBetween((8L << 20) / (LARGE.length() + 2 * OVERHEAD), (8L << 20) / LARGE.length());
            assertThat(answers.get(299).join().headers().first("Retry-After")).contains("5");
            runCallbacks(scene);
            assertThat(got).hasSize((int) held);
            assertThat(with(answers, 200)).isEqualTo(held);
            assertThat(with(flood(scene, 10, LARGE), 503)).isZero(); // there is room again
            stop(scene, alice);
        }
    }

    @Test
    @DisplayName("G9 the same for a listener that defers: a message counts until it is answered")
    void deferring() {
        try (Scene scene = new Scene()) {
            Deque<IncomingMessage> deferred = new ArrayDeque<>();
            UserAgent alice = slow(scene, b -> b.maxIncomingBytes(10 * (LARGE.length() + OVERHEAD + 600)), m -> {
                m.defer();
                deferred.add(m);
            });
            List<CompletableFuture<SipResponse>> answers = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                answers.add(scene.server.message("alice", LARGE));
                scene.run();
                runCallbacks(scene);
            }
            assertThat(deferred).hasSize(10);
            assertThat(with(answers, 503)).isEqualTo(20);
            for (int i = 0; i < 3; i++) {
                deferred.remove().accept();
                scene.run();
            }
            List<CompletableFuture<SipResponse>> more = flood(scene, 5, LARGE);
            runCallbacks(scene);
            assertThat(with(more, 503)).isEqualTo(2);
            scene.seconds(40); // the others lapse
            more = flood(scene, 12, LARGE);
            runCallbacks(scene);
            assertThat(with(more, 503)).isEqualTo(2);
            deferred.forEach(IncomingMessage::accept); // late ones give nothing back twice
            scene.run();
            deferred.clear();
            more = flood(scene, 12, LARGE);
            runCallbacks(scene);
            assertThat(with(more, 503)).isEqualTo(2);
            stop(scene, alice);
        }
    }

    @Test
    @DisplayName("a message that lapses while it waits for the listeners counts until they have returned")
    void lapsed() {
        try (Scene scene = new Scene()) {
            UserAgent alice = slow(scene, b -> b.maxIncomingBytes(2 * (LARGE.length() + OVERHEAD + 600)), m -> {});
            assertThat(with(flood(scene, 3, LARGE), 503)).isEqualTo(1);
            scene.seconds(60);
            assertThat(with(flood(scene, 3, LARGE), 503)).isEqualTo(3);
            runCallbacks(scene);
            assertThat(with(flood(scene, 3, LARGE), 503)).isEqualTo(1);
            runCallbacks(scene);
            stop(scene, alice);
        }
    }

    @Test
    @DisplayName("one message is always taken, however small the limit")
    void one() {
        try (Scene scene = new Scene()) {
            UserAgent alice = slow(scene, b -> b.maxIncomingBytes(1), m -> {});
            assertThat(with(flood(scene, 2, LARGE), 503)).isEqualTo(1);
            runCallbacks(scene);
            assertThat(with(flood(scene, 2, "Hello"), 503)).isEqualTo(1);
            runCallbacks(scene);
            stop(scene, alice);
        }
    }

    @Test
    @DisplayName(
            "the agent's own messages without outcome are bounded in bytes: send() throws, and goes on once some have ended")
    void pending() {
        try (Scene scene = new Scene()) {
            int target = 4 * "sip:bob0@example.com".length() + 2 * "text/plain".length();
            UserAgent alice = scene.sender(b -> b.maxPendingBytes(10 * (2 * LARGE.length() + target + OVERHEAD)));
            scene.server.dispatcher(request -> Answer.silence());
            for (int i = 0; i < 10; i++) {
                alice.sendMessage("bob" + i, LARGE);
            }
            assertThatThrownBy(() -> alice.sendMessage("carol", "Hello"))
                    .isInstanceOf(NotReadyException.class)
                    .hasMessageContaining("maxPendingBytes");
            assertThat(alice.metrics().pending()).isEqualTo(10);
            scene.seconds(40);
            CompletableFuture<SipResponse> again = alice.sendMessage("carol", LARGE);
            scene.seconds(40);
            assertThat(again).isCompletedExceptionally();
        }
    }

    @Test
    @DisplayName("long targets and content types of the agent's own messages count, too")
    void pendingTargets() {
        String parameters = "p".repeat(6_000);
        String type = "text/plain;x=" + "y".repeat(7_000);
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender(b -> b.maxPendingBytes(300_000));
            scene.server.dispatcher(request -> Answer.silence());
            for (int i = 0; i < 11; i++) {
                alice.sendMessage("sip:bob" + i + "@example.com;x=" + parameters, "x");
            }
            assertThatThrownBy(() -> alice.sendMessage("sip:carol@example.com;x=" + parameters, "x"))
                    .isInstanceOf(NotReadyException.class)
                    .hasMessageContaining("maxPendingBytes");
            assertThatThrownBy(() -> alice.sendMessage("carol", "x", type))
                    .isInstanceOf(NotReadyException.class)
                    .hasMessageContaining("maxPendingBytes");
            scene.seconds(40);
            assertThat(alice.metrics().pending()).isZero();
        }
    }

    @Test
    @DisplayName(
            "G9 large responses for a slow listener: beyond the bound their status is kept, and what the server added is not")
    void responses() {
        try (Scene scene = new Scene()) {
            UserAgent alice = slow(scene, b -> b.register(false).maxIncomingBytes(3 * 17_000), m -> {});
            scene.server.dispatcher(request -> Answer.status(request.text().equals("bad") ? 486 : 200)
                    .header("X-Large", LARGE_FIELD)
                    .header("X-Larger", LARGE_FIELD));
            List<CompletableFuture<SipResponse>> sent = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                sent.add(alice.sendMessage("user" + i, i == 9 ? "bad" : "good"));
            }
            scene.run();
            runCallbacks(scene);
            assertThat(sent.subList(0, 3)).allMatch(s -> s.join().headers().contains("X-Large"));
            assertThat(sent.subList(3, 9))
                    .allMatch(
                            s -> s.join().status() == 200 && !s.join().headers().contains("X-Large"));
            assertThat(sent.get(9)).isCompletedExceptionally();
            assertThat(alice.sendMessage("bob", "good").isDone()).isFalse();
            scene.run();
            runCallbacks(scene);
            stop(scene, alice);
        }
    }
}
