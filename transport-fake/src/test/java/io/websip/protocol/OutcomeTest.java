package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.websip.Cause;
import io.websip.Delivery;
import io.websip.Message;
import io.websip.MessageEvent;
import io.websip.MessageFailedException;
import io.websip.Originator;
import io.websip.UserAgent;
import io.websip.config.SendingPolicy;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.Direction;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.sip.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("G1: every message ends once, and future and event agree")
class OutcomeTest {
    private static MessageFailedException failure(CompletableFuture<SipResponse> future) {
        CompletionException thrown = catchThrowableOfType(CompletionException.class, future::join);
        return (MessageFailedException) thrown.getCause();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "300, REDIRECTED",
        "301, REDIRECTED",
        "302, REDIRECTED",
        "305, REDIRECTED",
        "380, REDIRECTED",
        "399, SIP_FAILURE_CODE",
        "400, SIP_FAILURE_CODE",
        "401, AUTHENTICATION_ERROR",
        "403, REJECTED",
        "404, NOT_FOUND",
        "405, SIP_FAILURE_CODE",
        "407, AUTHENTICATION_ERROR",
        "408, UNAVAILABLE",
        "410, UNAVAILABLE",
        "413, SIP_FAILURE_CODE",
        "415, SIP_FAILURE_CODE",
        "420, SIP_FAILURE_CODE",
        "424, ADDRESS_INCOMPLETE",
        "430, UNAVAILABLE",
        "480, UNAVAILABLE",
        "481, SIP_FAILURE_CODE",
        "482, SIP_FAILURE_CODE",
        "483, SIP_FAILURE_CODE",
        "484, ADDRESS_INCOMPLETE",
        "486, BUSY",
        "488, INCOMPATIBLE_SDP",
        "499, SIP_FAILURE_CODE",
        "500, SIP_FAILURE_CODE",
        "503, SIP_FAILURE_CODE",
        "513, SIP_FAILURE_CODE",
        "600, BUSY",
        "603, REJECTED",
        "604, NOT_FOUND",
        "606, INCOMPATIBLE_SDP",
        "699, SIP_FAILURE_CODE"
    })
    @DisplayName("a status and its cause")
    void statusAndCause(int status, Cause cause) {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(Answer.status(status, "Because"));
            List<MessageEvent.Failed> events = new ArrayList<>();
            Message message = scene.tape.record(new Message(alice)).onFailed(events::add);
            CompletableFuture<SipResponse> future = scene.tape.record(message.send("bob", "Hello"));
            MessageFailedException failed = failure(future);
            assertThat(failed.cause()).isEqualTo(cause);
            assertThat(failed.originator()).isEqualTo(Originator.REMOTE);
            assertThat(failed.response().orElseThrow().status()).isEqualTo(status);
            assertThat(failed).hasMessage(cause.text() + " (" + status + " Because)");
            assertThat(events)
                    .containsExactly(new MessageEvent.Failed(
                            Originator.REMOTE, failed.response(), cause, Delivery.ofStatus(status), ""));
            assertThat(scene.tape.entries().subList(3, 5))
                    .containsExactly(
                            "failed REMOTE " + cause.text() + " " + status,
                            "future REMOTE " + cause.text() + " " + status);
        }
    }

    @Test
    @DisplayName("every 2xx is a success, every other final status a failure of its own or of its class")
    void allStatuses() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            IntStream.rangeClosed(200, 699).forEach(status -> {
                scene.server.enqueue(Answer.status(status));
                CompletableFuture<SipResponse> future = alice.sendMessage("bob", "Hello");
                if (status < 300) {
                    assertThat(future.join().status()).isEqualTo(status);
                } else {
                    assertThat(failure(future).cause()).isEqualTo(Cause.ofStatus(status));
                }
            });
        }
    }

    @Test
    @DisplayName("UAC-08: without a final answer the message fails after 32 s, not a nanosecond before")
    void timeout() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(Answer.silence());
            scene.tape.record(scene.tape.record(new Message(alice)).send("bob", "Hello"));
            scene.run();
            scene.tape.clear();
            scene.advance(Duration.ofSeconds(32).minusNanos(1));
            assertThat(scene.tape.entries()).isEmpty();
            scene.advance(Duration.ofNanos(1));
            assertThat(scene.tape.entries())
                    .containsExactly("failed SYSTEM Request Timeout", "future SYSTEM Request Timeout");
        }
    }

    @Test
    @DisplayName("UAC-17: a provisional response does not lengthen the time")
    void timeoutInProceeding() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(Answer.status(183).after(Duration.ofSeconds(20)));
            CompletableFuture<SipResponse> future = alice.sendMessage("bob", "Hello");
            scene.seconds(32);
            assertThat(failure(future).cause()).isEqualTo(Cause.REQUEST_TIMEOUT);
        }
    }

    @Test
    @DisplayName("the time can be configured")
    void configuredTimeout() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender(options -> options.transactionTimeout(Duration.ofSeconds(3)));
            scene.server.enqueue(Answer.silence());
            CompletableFuture<SipResponse> future = alice.sendMessage("bob", "Hello");
            scene.advance(Duration.ofMillis(2_999));
            assertThat(future).isNotDone();
            scene.advance(Duration.ofMillis(1));
            assertThat(failure(future).cause()).isEqualTo(Cause.REQUEST_TIMEOUT);
        }
    }

    @Test
    @DisplayName("a final answer after the time-out changes nothing")
    void lateFinal() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(Answer.status(200).after(Duration.ofSeconds(33)));
            scene.tape.record(scene.tape.record(new Message(alice)).send("bob", "Hello"));
            scene.seconds(32);
            scene.tape.clear();
            scene.seconds(5);
            assertThat(scene.tape.entries()).isEmpty();
        }
    }

    @Test
    @DisplayName("a 200 twice, or a 486 behind it, is one success")
    void finalTwice() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(Answer.status(200).then(Answer.status(200)).then(Answer.status(486)));
            scene.tape.record(scene.tape.record(new Message(alice)).send("bob", "Hello"));
            scene.seconds(1);
            assertThat(scene.tape.entries("succeeded")).hasSize(1);
            assertThat(scene.tape.entries("failed")).isEmpty();
            assertThat(scene.tape.entries("future")).containsExactly("future 200");
        }
    }

    @Test
    @DisplayName("a received 408 is UNAVAILABLE from the remote side, with its response")
    void received408() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(Answer.status(408));
            scene.tape.record(scene.tape.record(new Message(alice)).send("bob", "Hello"));
            scene.run();
            assertThat(scene.tape.entries("failed")).containsExactly("failed REMOTE Unavailable 408");
        }
    }

    @Test
    @DisplayName("TRP-01: a connection lost before the answer fails the messages in order, and then is told")
    void connectionLostAfterSending() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(Answer.silence());
            scene.server.enqueue(Answer.hangUp());
            scene.tape.record(scene.tape.record(new Message(alice)).send("bob", "1"));
            scene.tape.record(scene.tape.record(new Message(alice)).send("carol", "2"));
            scene.tape.record(scene.tape.record(new Message(alice)).send("bob", "3"));
            scene.run();
            List<String> last = scene.tape.entries().stream()
                    .filter(e -> !e.startsWith("newMessage") && !e.startsWith("sending") && !e.startsWith("wire"))
                    .toList();
            assertThat(last)
                    .containsExactly(
                            "failed SYSTEM Connection Error",
                            "future SYSTEM Connection Error",
                            "failed SYSTEM Connection Error",
                            "future SYSTEM Connection Error",
                            "failed SYSTEM Connection Error",
                            "future SYSTEM Connection Error",
                            "disconnected",
                            "unregistered Connection Error");
            assertThat(scene.bodies()).containsExactly("1", "2");
        }
    }

    @Test
    @DisplayName("a message sent without a connection fails, and nothing of it goes out later")
    void sentWithoutConnection() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.connection().abort();
            scene.run();
            CompletableFuture<SipResponse> future = alice.sendMessage("bob", "Hello");
            assertThat(failure(future).cause()).isEqualTo(Cause.CONNECTION_ERROR);
            assertThat(failure(future).originator()).isEqualTo(Originator.SYSTEM);
            scene.seconds(60);
            assertThat(alice.isConnected()).isTrue();
            assertThat(scene.messages()).isEmpty();
        }
    }

    @Test
    @DisplayName("G10: a message that the connection has no room for fails at once")
    void noRoom() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender(options -> options.sendingPolicy(SendingPolicy.unlimited()));
            scene.connection().apply(Fault.stall(Direction.TO_SERVER));
            List<CompletableFuture<SipResponse>> futures = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                futures.add(alice.sendMessage("bob", "x".repeat(60_000)));
            }
            scene.run();
            assertThat(futures.get(0)).isNotDone();
            assertThat(failure(futures.get(39)).cause()).isEqualTo(Cause.CONNECTION_ERROR);
            assertThat(alice.isConnected()).isTrue();
        }
    }

    @Test
    @DisplayName("completing or cancelling the future disturbs nobody but its holder")
    void futureCompletedByItsHolder() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender(options -> options.maxPendingMessages(2));
            for (int i = 0; i < 10; i++) {
                scene.server.enqueue(Answer.status(200));
                Message message = scene.tape.record(new Message(alice));
                assertThat(message.send("bob", "Hello").cancel(true)).isTrue();
                scene.run();
            }
            assertThat(scene.messages()).hasSize(10);
            assertThat(scene.tape.entries("succeeded")).hasSize(10);
        }
    }

    @Test
    @DisplayName("the exception has no stack trace, since it comes from the network")
    void exceptionIsCheap() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(Answer.status(486));
            CompletableFuture<SipResponse> future = alice.sendMessage("bob", "Hello");
            assertThatThrownBy(future::join)
                    .hasCauseInstanceOf(MessageFailedException.class)
                    .cause()
                    .hasMessage("Busy (486 Busy Here)")
                    .extracting(Throwable::getStackTrace)
                    .isEqualTo(new StackTraceElement[0]);
        }
    }
}
