package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.websip.UserAgent;
import io.websip.config.MessageOptions;
import io.websip.config.RetryOn;
import io.websip.sip.SipLimits;
import io.websip.sip.SipMethod;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.sip.Answer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The bounds of what a message may be and how often it is tried, and what a bound does not mean. */
class MessageBoundsTest {
    @Test
    @DisplayName(
            "retry(5, CONNECTION_LOST): each new connection gets its own patience, not 32 s for all of them together")
    void retriesOverAFlappingConnection() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.silence() : null);
            CompletableFuture<SipResponse> sent = alice.sendMessage(
                    "bob",
                    "hello",
                    "text/plain",
                    MessageOptions.builder().retry(5, RetryOn.CONNECTION_LOST).build());
            scene.run();
            for (int i = 0; i < 3; i++) { // three of the five, 20 s apart
                scene.connection().abort();
                scene.seconds(20);
            }

            assertThat(scene.messages().size()).isEqualTo(4);
            assertThat(sent).isNotDone();
        }
    }

    @Test
    @DisplayName("WS-15: a redirect to a sips target is not followed over ws")
    void redirectToSipsOverWs() {
        try (Scene scene = new Scene(b -> b.noAuth().lenient())) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(302).header("Contact", "<sips:carol@example.com>"));
            goOn(alice.sendMessage(
                    "bob",
                    "hello",
                    "text/plain",
                    MessageOptions.builder().followRedirects(3).build()));
            scene.seconds(5);

            assertThat(scene.messages())
                    .noneMatch(m -> m.requestUri().toString().startsWith("sips:"));
        }
    }

    @Test
    @DisplayName("maxMessageBytes: what fits is sent, also where the bound is near")
    void messageThatFitsIsSent() {
        try (Scene scene = new Scene()) {
            scene.server.dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(200) : null);
            UserAgent alice = scene.sender(b -> b.maxMessageBytes(1_300));
            CompletableFuture<SipResponse> sent = alice.sendMessage("bob", "x".repeat(500));
            scene.seconds(1);

            assertThat(sent).isCompleted();
            assertThat(scene.messages().get(0).length()).isLessThan(1_000);
        }
    }

    @Test
    @DisplayName("maxMessageBytes by default: a request of 65,200 bytes is below 65,535")
    void messageBelowTheDefaultLimitIsSent() {
        try (Scene scene = new Scene()) {
            scene.server.dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(200) : null);
            UserAgent alice = scene.sender();
            CompletableFuture<SipResponse> sent = alice.sendMessage("bob", "x".repeat(64_800));
            scene.seconds(1);

            assertThat(sent).isCompleted();
        }
    }

    /** How many bytes of a request with a large body are not body. */
    private static int overhead(Scene scene, UserAgent alice) {
        alice.sendMessage("bob", "x".repeat(10_000));
        scene.seconds(1);
        return scene.messages().get(0).length() - 10_000 + 3; // Content-Length has three digits more
    }

    @Test
    @DisplayName("one byte more than any message may have is refused by send, as each other limit")
    void longerThanAnyIsRefused() {
        try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
            UserAgent alice = scene.sender(
                    b -> b.maxMessageBytes(SipLimits.MAX_MESSAGE_BYTES).maxPendingBytes(1L << 30));
            int overhead = overhead(scene, alice);
            String body = "x".repeat(SipLimits.MAX_MESSAGE_BYTES - overhead + 1);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> alice.sendMessage("bob", body))
                    .withMessageContaining("maxMessageBytes");
        }
    }
}
