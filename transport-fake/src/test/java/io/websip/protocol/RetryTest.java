package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.websip.Cause;
import io.websip.Delivery;
import io.websip.Message;
import io.websip.MessageFailedException;
import io.websip.UserAgent;
import io.websip.config.MessageOptions;
import io.websip.config.RetryOn;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.sip.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is sent again, when and how often; nothing is, unless the options say so (G6, UAC-13 to UAC-16, OUT-09). */
class RetryTest {
    private static MessageOptions retry(int times, RetryOn... after) {
        return MessageOptions.builder().retry(times, after).build();
    }

    private static CompletableFuture<SipResponse> send(
            Scene scene, UserAgent agent, String body, MessageOptions options) {
        return scene.tape.record(new Message(agent)).send("bob", body, "text/plain", options);
    }

    private static Answer busyFor(String retryAfter) {
        return Answer.status(503).header("Retry-After", retryAfter);
    }

    @ParameterizedTest
    @EnumSource(RetryOn.class)
    void g6NothingIsSentAgainWithoutTheOption(RetryOn what) {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(
                    SipMethod.MESSAGE,
                    switch (what) {
                        case SERVICE_UNAVAILABLE -> busyFor("1");
                        case FLOW_FAILED -> Answer.status(430);
                        case CONNECTION_LOST -> Answer.hangUp();
                    });
            CompletableFuture<SipResponse> sent = send(scene, alice, "once", MessageOptions.NONE);
            scene.seconds(120);
            assertThat(failure(sent)).isInstanceOf(MessageFailedException.class);
            assertThat(scene.bodies()).containsExactly("once");
        }
    }

    @Test
    void uac15After503ItWaitsAsLongAsRetryAfterSaysAndIsANewTransactionOfTheSameCall() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.MESSAGE, busyFor("5 (lunch);duration=60"));
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(200));
            CompletableFuture<SipResponse> sent = send(scene, alice, "1", retry(1, RetryOn.SERVICE_UNAVAILABLE));
            scene.advance(Duration.ofMillis(4_999));
            assertThat(scene.messages()).hasSize(1);
            scene.advance(Duration.ofMillis(1));

            assertThat(sent.join().status()).isEqualTo(200);
            SipRequest first = scene.messages().get(0);
            SipRequest second = scene.messages().get(1);
            assertThat(second.callId()).isEqualTo(first.callId());
            assertThat(second.from()).isEqualTo(first.from());
            assertThat(second.to()).isEqualTo(first.to());
            assertThat(second.cseq().number()).isEqualTo(first.cseq().number() + 1);
            assertThat(second.topVia().branch()).isNotEqualTo(first.topVia().branch());
            assertThat(scene.tape.entries("sending"))
                    .as("a repetition fires nothing")
                    .hasSize(1);
            assertThat(scene.tape.entries("newMessage")).hasSize(1);
        }
    }

    @Test
    void theCseqGrowsAlsoOverChallenges() {
        try (Scene scene = new Scene(b -> b.user("alice", "secret").user("bob", "mock-turtle"))) {
            UserAgent alice = scene.started("alice", b -> b.password("secret"));
            scene.server.enqueue(SipMethod.MESSAGE, Answer.byServer());
            scene.server.enqueue(SipMethod.MESSAGE, busyFor("1"));
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(200));
            send(scene, alice, "1", retry(1, RetryOn.SERVICE_UNAVAILABLE)).join();

            assertThat(scene.messages()).extracting(r -> r.cseq().number()).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void laterMessagesToTheTargetWaitBehindOneThatIsSentAgain() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.MESSAGE, busyFor("5"));
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(200));
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(200));
            CompletableFuture<SipResponse> first = send(scene, alice, "1", retry(1, RetryOn.SERVICE_UNAVAILABLE));
            CompletableFuture<SipResponse> second = send(scene, alice, "2", MessageOptions.NONE);
            first.join();
            second.join();
            assertThat(scene.bodies()).containsExactly("1", "1", "2");
        }
    }

    @Test
    void noMoreThanThatManyTimes() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.dispatcher(r -> busyFor("0"));
            CompletableFuture<SipResponse> sent = send(scene, alice, "1", retry(3, RetryOn.SERVICE_UNAVAILABLE));
            scene.seconds(1);
            assertThat(failure(sent))
                    .isInstanceOfSatisfying(
                            MessageFailedException.class,
                            e -> assertThat(e.event().retryAfter()).contains(Duration.ZERO));
            assertThat(scene.messages()).hasSize(4);
            scene.server.dispatcher(r -> null);
        }
    }

    @Test
    void a503WithoutRetryAfterOrWithOneThatIsTooLongIsTheOutcome() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(503));
            scene.server.enqueue(SipMethod.MESSAGE, busyFor("33"));
            scene.server.enqueue(SipMethod.MESSAGE, busyFor("61"));
            MessageOptions options = retry(1, RetryOn.SERVICE_UNAVAILABLE);
            MessageOptions patient = MessageOptions.builder()
                    .retry(1, RetryOn.SERVICE_UNAVAILABLE)
                    .holdFor(Duration.ofSeconds(60))
                    .build();
            assertThat(failure(send(scene, alice, "1", options))).hasMessageContaining("503");
            assertThat(failure(send(scene, alice, "2", options))).hasMessageContaining("503");
            assertThat(failure(send(scene, alice, "3", patient))).hasMessageContaining("503");
            assertThat(scene.loop.elapsed()).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void out09After430ItIsSentAgainOnceTheAgentHasRegisteredAnew() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.seconds(60); // a registration of a moment ago would be trusted
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(430));
            scene.server.enqueue(SipMethod.REGISTER, Answer.byServer().after(Duration.ofSeconds(2)));
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(200));
            CompletableFuture<SipResponse> sent = send(scene, alice, "1", retry(1, RetryOn.FLOW_FAILED));

            assertThat(sent.join().status()).isEqualTo(200);
            assertThat(scene.tape.entries("wire")).containsExactly("wire MESSAGE", "wire REGISTER", "wire MESSAGE");
            assertThat(scene.loop.elapsed()).isEqualTo(Duration.ofSeconds(62));
        }
    }

    @Test
    void out09IfNoRegistrationComesAboutThe430IsTheOutcome() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.seconds(60); // a registration of a moment ago would be trusted
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(430));
            scene.server.dispatcher(r -> r.method().equals(SipMethod.REGISTER) ? Answer.status(500) : null);
            CompletableFuture<SipResponse> sent = send(scene, alice, "1", retry(1, RetryOn.FLOW_FAILED));
            scene.seconds(32);
            assertThat(failure(sent)).hasMessageContaining("430");
        }
    }

    @Test
    void g6AfterALostConnectionItIsSentOnTheNextOne() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.MESSAGE, Answer.hangUp());
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(200));
            CompletableFuture<SipResponse> sent = send(scene, alice, "1", retry(1, RetryOn.CONNECTION_LOST));

            assertThat(sent.join().status()).isEqualTo(200);
            assertThat(scene.tape.entries("wire")).containsExactly("wire MESSAGE", "wire REGISTER", "wire MESSAGE");
            assertThat(scene.messages())
                    .extracting(SipRequest::callId)
                    .hasSize(2)
                    .containsOnly(scene.messages().get(0).callId());
        }
    }

    @Test
    void ifNoConnectionComesAboutTheLossIsTheOutcomeAndDeliveryIsUnknown() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.MESSAGE, Answer.hangUp());
            scene.server.endpoint().onEveryConnection(Fault.unreachable());
            CompletableFuture<SipResponse> sent = send(scene, alice, "1", retry(1, RetryOn.CONNECTION_LOST));
            scene.seconds(31);
            assertThat(sent).isNotDone();
            scene.seconds(1);
            assertThat(failure(sent)).isInstanceOfSatisfying(MessageFailedException.class, e -> {
                assertThat(e.cause()).isEqualTo(Cause.CONNECTION_ERROR);
                assertThat(e.delivery()).isEqualTo(Delivery.UNKNOWN);
            });
        }
    }

    @Test
    void uac16A6xxEndsAllAttempts() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(603).header("Retry-After", "1"));
            CompletableFuture<SipResponse> sent = send(scene, alice, "1", retry(5, RetryOn.values()));
            assertThat(failure(sent)).isInstanceOfSatisfying(MessageFailedException.class, e -> {
                assertThat(e.cause()).isEqualTo(Cause.REJECTED);
                assertThat(e.delivery()).isEqualTo(Delivery.REFUSED);
            });
            assertThat(scene.messages()).hasSize(1);
        }
    }

    @Test
    void aStopEndsTheWaiting() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.MESSAGE, busyFor("20"));
            CompletableFuture<SipResponse> sent = send(scene, alice, "1", retry(1, RetryOn.SERVICE_UNAVAILABLE));
            scene.seconds(1);
            alice.stop().join();
            assertThat(failure(sent)).isInstanceOf(MessageFailedException.class);
            scene.seconds(60);
            assertThat(scene.messages()).hasSize(1);
        }
    }

    @Test
    void uac13After420ItIsSentWithoutTheTagsThatThePeerDoesNotKnow() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(420).header("Unsupported", "FOO"));
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(420).header("Unsupported", "baz, qux"));
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(200));
            MessageOptions options = MessageOptions.builder()
                    .extraHeaders("Require: foo, bar", "Proxy-Require: baz")
                    .build();
            send(scene, alice, "1", options).join();

            SipRequest last = scene.messages().get(2);
            assertThat(scene.messages().get(1).headers().list("Require")).containsExactly("bar");
            assertThat(last.headers().list("Require")).containsExactly("bar");
            assertThat(last.headers().contains("Proxy-Require")).isFalse();
        }
    }

    @Test
    void uac13A420ThatNamesNothingOfOursIsTheOutcome() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(420).header("Unsupported", "other"));
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(420));
            assertThat(failure(send(scene, alice, "1", MessageOptions.NONE))).hasMessageContaining("420");
            assertThat(failure(send(scene, alice, "2", MessageOptions.NONE))).hasMessageContaining("420");
            assertThat(scene.messages()).hasSize(2);
        }
    }

    @Test
    void uac13A415SaysWhatIsAccepted() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(
                    SipMethod.MESSAGE,
                    Answer.status(415).header("Accept", "text/plain, message/cpim;q=0.5, ;;garbage"));
            assertThat(failure(send(scene, alice, "1", MessageOptions.NONE)))
                    .isInstanceOfSatisfying(
                            MessageFailedException.class,
                            e -> assertThat(e.event().acceptedTypes().stream().map(t -> t.type() + "/" + t.subtype()))
                                    .isEqualTo(List.of("text/plain", "message/cpim")));
        }
    }

    @Test
    void theNumberIsChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> retry(0, RetryOn.FLOW_FAILED))
                .withMessageContaining("0");
        assertThatIllegalArgumentException().isThrownBy(() -> retry(101, RetryOn.FLOW_FAILED));
        assertThatIllegalArgumentException().isThrownBy(() -> retry(1)).withMessageContaining("FLOW_FAILED");
    }

    @Test
    @DisplayName(
            "G1 a source of randomness that throws as a paused message is to be sent again: it fails, and others go")
    void randomnessThrows() {
        RandomGenerator source = new Random(1);
        boolean[] throwing = {false};
        RandomGenerator random = () -> {
            if (throwing[0]) {
                throw new IllegalStateException("no entropy");
            }
            return source.nextLong();
        };
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender(options -> options.random(random));
            scene.server.dispatcher(request -> busyFor("1"));
            CompletableFuture<SipResponse> sent = send(scene, alice, "paused", retry(20, RetryOn.SERVICE_UNAVAILABLE));
            scene.run();
            throwing[0] = true;
            scene.seconds(10); // randomness is read in blocks: some of these repetitions need the next one
            throwing[0] = false;

            assertThat(failure(sent)).hasMessageContaining("Internal Error");
            assertThat(alice.metrics().pending()).isZero();
            scene.server.dispatcher(request -> Answer.status(200));
            CompletableFuture<SipResponse> next = send(scene, alice, "next", MessageOptions.NONE);
            scene.seconds(1);
            assertThat(next).isCompleted();
        }
    }
}
