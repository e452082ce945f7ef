package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.websip.Cause;
import io.websip.Delivery;
import io.websip.Message;
import io.websip.MessageEvent;
import io.websip.MessageFailedException;
import io.websip.UserAgent;
import io.websip.config.InvalidHeaderException;
import io.websip.config.MessageOptions;
import io.websip.config.SendingPolicy;
import io.websip.sip.SipDate;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.sip.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message's options and the agent's policy make of its request and of its outcome. */
class MessageOptionsTest {
    /** Gives up each target of a redirect after five seconds. */
    private static final MessageOptions IMPATIENT = MessageOptions.builder()
            .followRedirects(5)
            .timeout(Duration.ofSeconds(5))
            .build();

    private static MessageOptions timeout(Duration time) {
        return MessageOptions.builder().timeout(time).build();
    }

    private static void redirectToSilentOneAndThenTwo(Scene scene) {
        scene.server.enqueue(
                SipMethod.MESSAGE,
                Answer.status(302).header("Contact", "<sip:one@example.com>;q=0.9, <sip:two@example.com>;q=0.1"));
        scene.server.enqueue(SipMethod.MESSAGE, Answer.silence());
        scene.server.enqueue(SipMethod.MESSAGE, Answer.status(200));
    }

    private static SipRequest sent(Scene scene, UserAgent agent, MessageOptions options) {
        scene.server.enqueue(SipMethod.MESSAGE, Answer.status(200));
        agent.sendMessage("bob", "Hello", "text/plain", options).join();
        List<SipRequest> all = scene.messages();
        return all.get(all.size() - 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 31, 33, 300})
    void timeoutTakesThePlaceOfTheTransactionTimeoutShorterOrLonger(long seconds) {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(SipMethod.MESSAGE, Answer.silence());
            CompletableFuture<SipResponse> sent =
                    alice.sendMessage("bob", "?", "text/plain", timeout(Duration.ofSeconds(seconds)));
            assertThat(failure(sent)).isInstanceOfSatisfying(MessageFailedException.class, e -> {
                assertThat(e.cause()).isEqualTo(Cause.REQUEST_TIMEOUT);
                assertThat(e.delivery()).isEqualTo(Delivery.UNKNOWN);
            });
            assertThat(scene.loop.elapsed()).isEqualTo(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void nextMessageToTheTargetWaitsForTheAnswerToOneThatTheProgramHasGivenUp() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(
                    SipMethod.MESSAGE,
                    Answer.status(401)
                            .header("WWW-Authenticate", "Digest realm=\"x\", nonce=\"1\"")
                            .after(Duration.ofSeconds(9)));
            scene.server.dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(200) : null);
            CompletableFuture<SipResponse> first =
                    alice.sendMessage("bob", "1", "text/plain", timeout(Duration.ofSeconds(2)));
            CompletableFuture<SipResponse> second =
                    alice.sendMessage("bob", "2", "text/plain", timeout(Duration.ofSeconds(1)));
            CompletableFuture<SipResponse> other = alice.sendMessage("carol", "3");

            assertThat(failure(first)).hasMessageContaining("Request Timeout");
            assertThat(scene.loop.elapsed()).isEqualTo(Duration.ofSeconds(2));
            scene.advance(Duration.ofMillis(6_999));
            assertThat(other).isCompleted();
            assertThat(second).isNotDone();
            assertThat(second.join().status()).isEqualTo(200);
            assertThat(scene.loop.elapsed()).isEqualTo(Duration.ofSeconds(9));
            assertThat(scene.messages()).extracting(SipRequest::text).containsExactly("1", "3", "2");
        }
    }

    @Test
    void nextMessageToTheTargetWaitsForNoLongerThanATransactionLasts() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(SipMethod.MESSAGE, Answer.silence());
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(200));
            CompletableFuture<SipResponse> first =
                    alice.sendMessage("bob", "1", "text/plain", timeout(Duration.ofSeconds(2)));
            alice.sendMessage("bob", "2").join();

            assertThat(first).isCompletedExceptionally();
            assertThat(scene.loop.elapsed()).isEqualTo(Duration.ofSeconds(32));
        }
    }

    @Test
    void stopWhileAMessageThatWasGivenUpIsPendingLeavesNothing() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(SipMethod.MESSAGE, Answer.silence());
            failure(alice.sendMessage("bob", "1", "text/plain", timeout(Duration.ofSeconds(2))));
            CompletableFuture<SipResponse> second = alice.sendMessage("bob", "2");
            alice.stop().join();

            assertThat(second).isCompletedExceptionally();
            assertThat(scene.messages()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 40})
    void redirectTargetThatIsSilentIsFollowedByTheNextAlsoWithAShorterTimeout(long timeout) {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            redirectToSilentOneAndThenTwo(scene);
            MessageOptions o = MessageOptions.builder()
                    .followRedirects(5)
                    .timeout(Duration.ofSeconds(timeout))
                    .build();
            CompletableFuture<SipResponse> sent = alice.sendMessage("bob", "1", "text/plain", o);
            scene.seconds(100);
            assertThat(scene.messages()).hasSize(3);
            assertThat(sent.join().status()).isEqualTo(200);
        }
    }

    @Test
    void redirectTargetThatTheProgramHasGivenUpIsKeptFromOthersUntilItsTransactionIsOver() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            redirectToSilentOneAndThenTwo(scene);
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(202));
            CompletableFuture<SipResponse> first = alice.sendMessage("bob", "1", "text/plain", IMPATIENT);
            scene.seconds(1);
            CompletableFuture<SipResponse> second = alice.sendMessage("one", "2");

            assertThat(first.join().status()).isEqualTo(200);
            assertThat(scene.loop.elapsed()).isEqualTo(Duration.ofSeconds(5));
            assertThat(second.join().status()).isEqualTo(202);
            assertThat(scene.loop.elapsed()).isEqualTo(Duration.ofSeconds(32));
            assertThat(scene.messages()).extracting(SipRequest::text).containsExactly("1", "1", "1", "2");
        }
    }

    @Test
    void redirectTargetThatTheProgramHasGivenUpIsFreeOnceTheConnectionIsLost() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            redirectToSilentOneAndThenTwo(scene);
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(202));
            alice.sendMessage("bob", "1", "text/plain", IMPATIENT).join();
            CompletableFuture<SipResponse> second = alice.sendMessage(
                    "one",
                    "2",
                    "text/plain",
                    MessageOptions.builder().holdFor(Duration.ofSeconds(20)).build());
            scene.connection().abort();

            assertThat(second.join().status()).isEqualTo(202);
            assertThat(scene.loop.elapsed()).isLessThan(Duration.ofSeconds(25));
        }
    }

    @Test
    void stopWhileARedirectTargetThatWasGivenUpIsPendingLeavesNothing() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            redirectToSilentOneAndThenTwo(scene);
            alice.sendMessage("bob", "1", "text/plain", IMPATIENT).join();
            CompletableFuture<SipResponse> second = alice.sendMessage("one", "2");
            alice.stop().join();

            assertThat(second).isCompletedExceptionally();
            assertThat(scene.messages()).hasSize(3);
        }
    }

    @Test
    void timeoutCountsOverAChallenge() {
        try (Scene scene = new Scene(b -> b.user("alice", "secret"))) {
            UserAgent alice = scene.started("alice", b -> b.password("secret"));
            scene.server.enqueue(SipMethod.MESSAGE, Answer.byServer().after(Duration.ofSeconds(8)));
            scene.server.enqueue(SipMethod.MESSAGE, Answer.silence());
            Duration before = scene.loop.elapsed();
            CompletableFuture<SipResponse> sent =
                    alice.sendMessage("bob", "?", "text/plain", timeout(Duration.ofSeconds(10)));
            assertThat(failure(sent)).hasMessageContaining("Request Timeout");
            assertThat(scene.loop.elapsed().minus(before)).isEqualTo(Duration.ofSeconds(10));
        }
    }

    @Test
    void im05ExpiresComesWithTheDate() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            SipRequest request = sent(
                    scene,
                    alice,
                    MessageOptions.builder().expires(Duration.ofMillis(60_999)).build());
            assertThat(request.headers().first("Expires")).contains("60");
            assertThat(request.headers().first("Date").flatMap(SipDate::parse))
                    .contains(scene.loop.now().truncatedTo(ChronoUnit.SECONDS));
        }
    }

    @Test
    void im05NeitherIsThereWithoutTheOption() {
        try (Scene scene = new Scene()) {
            SipRequest request = sent(scene, scene.sender(), MessageOptions.NONE);
            assertThat(request.headers().contains("Expires")).isFalse();
            assertThat(request.headers().contains("Date")).isFalse();
        }
    }

    @Test
    void prv01AnAnonymousMessageTellsNothingOfTheSender() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender(b -> b.displayName("Alice"));
            SipRequest request =
                    sent(scene, alice, MessageOptions.builder().anonymous().build());
            assertThat(request.from().displayName()).contains("Anonymous");
            assertThat(request.from().uri()).hasToString("sip:anonymous@anonymous.invalid");
            assertThat(request.from().tag()).isPresent();
            assertThat(request.headers().all("Privacy")).containsExactly("id");
            String all = new String(request.toBytes(), StandardCharsets.UTF_8);
            assertThat(all).doesNotContainIgnoringCase("alice").doesNotContain("User-Agent");
        }
    }

    @Test
    void prv03ThePrivacyOfTheProgramGoesBefore() {
        try (Scene scene = new Scene()) {
            SipRequest request = sent(
                    scene,
                    scene.sender(),
                    MessageOptions.builder()
                            .anonymous()
                            .extraHeaders("Privacy: header;user;id;critical")
                            .build());
            assertThat(request.headers().all("Privacy")).containsExactly("header;user;id;critical");
        }
    }

    @Test
    void prv01AnAnonymousMessageAnswersChallengesAllTheSame() {
        try (Scene scene = new Scene(b -> b.user("alice", "secret").user("bob", "builder"))) {
            UserAgent alice = scene.started("alice", b -> b.password("secret"));
            scene.started("bob", b -> b.password("builder"));
            SipResponse response = alice.sendMessage(
                            "bob",
                            "?",
                            "text/plain",
                            MessageOptions.builder().anonymous().build())
                    .join();
            assertThat(response.status()).isEqualTo(200);
        }
    }

    @Test
    void aDisplayNameOfTheMessage() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender(b -> b.displayName("Alice"));
            SipRequest request = sent(
                    scene,
                    alice,
                    MessageOptions.builder()
                            .displayName("The \"Alice\" \u2014 \ud83d\ude00")
                            .build());
            assertThat(request.from().displayName()).contains("The \"Alice\" \u2014 \ud83d\ude00");
            assertThat(sent(scene, alice, MessageOptions.NONE).from().displayName())
                    .contains("Alice");
        }
    }

    @Test
    void msg22TheCharsetOfTheContentTypeIsWrittenAndRead() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(200));
            alice.sendMessage("bob", "Gr\u00fc\u00dfe", "text/plain;charset=ISO-8859-1")
                    .join();
            assertThat(scene.messages().get(0).body()).containsExactly('G', 'r', 0xfc, 0xdf, 'e');
            assertThat(scene.messages().get(0).text()).isEqualTo("Gr\u00fc\u00dfe");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, DELIVERED",
        "299, DELIVERED",
        "202, ACCEPTED",
        "302, NOT_DELIVERED",
        "404, NOT_DELIVERED",
        "503, NOT_DELIVERED",
        "600, REFUSED",
        "603, REFUSED"
    })
    void im04im12WhatTheAnswerSaysOfTheDelivery(int status, Delivery delivery) {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(status));
            List<Delivery> told = new ArrayList<>();
            CompletableFuture<SipResponse> sent = new Message(alice)
                    .onSucceeded(e -> told.add(e.delivery()))
                    .onFailed(e -> told.add(e.delivery()))
                    .send("bob", "?");
            scene.run();
            assertThat(told).containsExactly(delivery);
            assertThat(sent.isCompletedExceptionally()).isEqualTo(status > 299);
        }
    }

    @Test
    void im14WhatIsBeyondTheBoundOfTheWaitingFailsAtOnceAndSaysSo() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender(b -> b.sendingPolicy(SendingPolicy.oneAtATime(2)));
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(200).after(Duration.ofSeconds(1)));
            scene.server.dispatcher(r -> Answer.status(200));
            List<CompletableFuture<SipResponse>> sent = new ArrayList<>();
            for (String body : List.of("1", "2", "3", "4")) {
                sent.add(alice.sendMessage("bob", body));
            }
            scene.run();
            assertThat(failure(sent.get(3)))
                    .isInstanceOfSatisfying(MessageFailedException.class, e -> {
                        assertThat(e.cause()).isEqualTo(Cause.INTERNAL_ERROR);
                        assertThat(e.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
                    })
                    .hasMessageContaining("2 messages wait for sip:bob@example.com already");
            assertThat(alice.sendMessage("carol", "other").join().status()).isEqualTo(200);
            assertThat(sent.subList(0, 3))
                    .allSatisfy(f -> assertThat(f.join().status()).isEqualTo(200));
        }
    }

    @Test
    void im13ThePagerModeLimitIsExact() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender(b -> b.pagerModeLimit().displayName("Alice"));
            MessageOptions options = MessageOptions.builder()
                    .extraHeaders("X-Foo: bar")
                    .expires(Duration.ofSeconds(60))
                    .build();
            int over = sent(scene, alice, options).length() - "Hello".length() + 2; // its Content-Length has 3 digits
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(200));
            alice.sendMessage("bob", "x".repeat(1_300 - over), "text/plain", options)
                    .join();
            assertThat(scene.messages().get(1).length()).isEqualTo(1_300);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> alice.sendMessage("bob", "x".repeat(1_301 - over), "text/plain", options))
                    .withMessageContaining("1301")
                    .withMessageContaining("1300")
                    .withMessageContaining("RFC 3428 section 8");
            assertThat(scene.messages()).hasSize(2);
        }
    }

    @Test
    void im13OffByDefaultAndBoundedByMaxMessageBytes() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(200));
            assertThat(alice.sendMessage("bob", "x".repeat(60_000)).join().status())
                    .isEqualTo(200);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> alice.sendMessage("bob", "x".repeat(65_400)))
                    .withMessageContaining("65535");
        }
    }

    @Test
    void badOptionsAreRefusedWithTheirValueAndRule() {
        MessageOptions.Builder builder = MessageOptions.builder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.holdFor(Duration.ZERO))
                .withMessageContaining("holdFor")
                .withMessageContaining("PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.timeout(Duration.ofDays(32)))
                .withMessageContaining("PT768H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.expires(Duration.ofMillis(999)))
                .withMessageContaining("PT0.999S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.displayName("a\r\nX: y"))
                .withMessageContaining("CR");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageOptions.builder()
                        .anonymous()
                        .displayName("Alice")
                        .build())
                .withMessageContaining("not both");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageOptions.builder()
                        .expires(Duration.ofSeconds(1))
                        .extraHeaders("date: now")
                        .build())
                .withMessageContaining("Date");
        assertThatExceptionOfType(InvalidHeaderException.class).isThrownBy(() -> builder.extraHeaders("Via: x"));
    }

    @Test
    void aFailedEventTellsNothingThatIsNotThere() {
        MessageEvent.Failed failed = new MessageEvent.Failed(
                io.websip.Originator.SYSTEM, java.util.Optional.empty(), Cause.REQUEST_TIMEOUT, Delivery.UNKNOWN, "");
        assertThat(failed.redirectTargets()).isEmpty();
        assertThat(failed.acceptedTypes()).isEmpty();
        assertThat(failed.retryAfter()).isEmpty();
    }
}
