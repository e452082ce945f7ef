package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.websip.Cause;
import io.websip.MessageFailedException;
import io.websip.UserAgent;
import io.websip.config.MessageOptions;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.sip.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** 3xx responses: told, or followed where the options say so (UAC-12, RFC 3261 section 8.1.3.4). */
class RedirectTest {
    private static final MessageOptions FOLLOW =
            MessageOptions.builder().followRedirects(5).build();

    private static Answer moved(String... contacts) {
        Answer answer = Answer.status(302);
        for (String contact : contacts) {
            answer = answer.header("Contact", contact);
        }
        return answer;
    }

    /** Each user answers as the map says, 404 if it says nothing. */
    private static void users(Scene scene, Map<String, Answer> answers) {
        scene.server.dispatcher(r -> answers.getOrDefault(user(r), Answer.status(404)));
    }

    private static String user(SipRequest request) {
        return request.requestUriText().replaceFirst("sips?:", "").replaceFirst("@.*", "");
    }

    private static List<String> tried(Scene scene) {
        return scene.messages().stream().map(RedirectTest::user).toList();
    }

    private static CompletableFuture<SipResponse> send(UserAgent agent, String target) {
        return agent.sendMessage(target, "Hello", "text/plain", FOLLOW);
    }

    @Test
    void uac12WithoutTheOptionTheContactsAreToldBestFirst() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            users(
                    scene,
                    Map.of("bob", moved("<sip:low@example.com>;q=0.1, <sip:first@example.com>", "<tel:+1>;q=0.5")));
            assertThat(failure(alice.sendMessage("bob", "Hello")))
                    .isInstanceOfSatisfying(MessageFailedException.class, e -> {
                        assertThat(e.cause()).isEqualTo(Cause.REDIRECTED);
                        assertThat(e.event().redirectTargets())
                                .extracting(c -> c.uri().toString())
                                .containsExactly("sip:first@example.com", "tel:+1", "sip:low@example.com");
                    });
            assertThat(tried(scene)).containsExactly("bob");
        }
    }

    @Test
    void uac12FollowedInTheOrderOfQWithTheSameCall() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            users(
                    scene,
                    Map.of(
                            "bob",
                            moved("<sip:b@example.com>;q=0.2", "<sip:a@example.com>;q=0.7, <sip:c@example.com>;q=0.1"),
                            "b",
                            Answer.status(200)));
            assertThat(send(alice, "bob").join().status()).isEqualTo(200);

            assertThat(tried(scene)).containsExactly("bob", "a", "b");
            assertThat(scene.messages())
                    .extracting(SipRequest::callId)
                    .containsOnly(scene.messages().get(0).callId());
            assertThat(scene.messages()).extracting(r -> r.cseq().number()).containsExactly(1L, 2L, 3L);
            assertThat(scene.messages()).extracting(r -> r.to().toString()).containsOnly("<sip:bob@example.com>");
        }
    }

    @Test
    void uac12EachUriOnceSoThatALoopEnds() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            users(
                    scene,
                    Map.of(
                            "bob", moved("<sip:a@example.com>"),
                            "a", moved("<sip:a@EXAMPLE.com>", "<sip:%62ob@example.com>", "<sip:b@example.com>"),
                            "b", moved("<sip:bob@example.com>")));
            assertThat(failure(send(alice, "bob"))).hasMessageContaining("302");
            assertThat(tried(scene)).containsExactly("bob", "a", "b");
        }
    }

    @Test
    void uac12NoMoreTargetsThanAllowed() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            int[] next = {0};
            scene.server.dispatcher(r -> {
                int n = next[0]++;
                return moved("<sip:x" + n + "@example.com>", "<sip:y" + n + "@example.com>");
            });
            assertThat(failure(send(alice, "bob"))).hasMessageContaining("302");
            assertThat(scene.messages()).hasSize(6);
        }
    }

    @Test
    @DisplayName(
            "targets of one message have 16 KiB together: longer ones are left out, shorter ones behind them are tried")
    void uac12TargetsAreBoundedInLength() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            String half = ";x=" + "y".repeat(8_000);
            users(
                    scene,
                    Map.of(
                            "bob",
                            moved(
                                    "<sip:b@example.com" + half + ">",
                                    "<sip:c@example.com" + half + ">",
                                    "<sip:d@example.com" + half + ">",
                                    "<sip:e@example.com>")));
            failure(send(alice, "bob"));
            assertThat(tried(scene)).containsExactly("bob", "b", "c", "e");
        }
    }

    @Test
    void uac16A6xxEndsTheSearch() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            users(scene, Map.of("bob", moved("<sip:a@example.com>", "<sip:b@example.com>"), "a", Answer.status(603)));
            assertThat(failure(send(alice, "bob"))).hasMessageContaining("603");
            assertThat(tried(scene)).containsExactly("bob", "a");
        }
    }

    @Test
    void theLastFailureIsTheOutcome() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            users(
                    scene,
                    Map.of(
                            "bob", moved("<sip:a@example.com>", "<sip:b@example.com>"),
                            "a", Answer.status(404),
                            "b", Answer.status(486)));
            assertThat(failure(send(alice, "bob")))
                    .isInstanceOfSatisfying(
                            MessageFailedException.class,
                            e -> assertThat(e.cause()).isEqualTo(Cause.BUSY));
        }
    }

    @Test
    void aTargetThatDoesNotAnswerIsPassedOver() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            users(
                    scene,
                    Map.of(
                            "bob", moved("<sip:a@example.com>", "<sip:b@example.com>"),
                            "a", Answer.silence(),
                            "b", Answer.status(200)));
            assertThat(send(alice, "bob").join().status()).isEqualTo(200);
            assertThat(scene.loop.elapsed()).isEqualTo(Duration.ofSeconds(32));
        }
    }

    @Test
    void uri08HeadersAndMethodsOfAContactForgeNothing() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            users(
                    scene,
                    Map.of(
                            "bob",
                            moved(
                                    "<sip:x@example.com;method=REGISTER>",
                                    "<mailto:bob@example.com>",
                                    "<sip:a@example.com?Route=%3Csip:evil%3E&From=sip:eve%40example.com>"),
                            "a",
                            Answer.status(200)));
            send(alice, "bob").join();
            assertThat(tried(scene)).containsExactly("bob", "a");
            SipRequest last = scene.messages().get(1);
            assertThat(last.requestUriText()).isEqualTo("sip:a@example.com");
            assertThat(last.headers().contains("Route")).isFalse();
            assertThat(last.from().uri()).hasToString("sip:alice@example.com");
        }
    }

    @Test
    void uac12WhatWasToGoToSipsGoesToNoSip() {
        try (Scene scene =
                new Scene(io.websip.transport.fake.sip.FakeSipServerBuilder::noAuth, "wss://sip.example.com")) {
            UserAgent alice = scene.sender();
            users(scene, Map.of("bob", moved("<sip:a@example.com>", "<sips:b@example.com>"), "b", Answer.status(200)));
            assertThat(send(alice, "sips:bob@example.com").join().status()).isEqualTo(200);
            assertThat(tried(scene)).containsExactly("bob", "b");
        }
    }

    /** The fake fails the test if two MESSAGEs to one URI overlap. */
    @Test
    void im14ARedirectedMessageWaitsForItsNewTargetTooAndLeavesTheOldOneFree() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            Map<String, Answer> answers = new HashMap<>();
            answers.put("a", Answer.status(200).after(Duration.ofSeconds(5)));
            answers.put("bob", moved("<sip:a@example.com>"));
            users(scene, answers);
            CompletableFuture<SipResponse> first = send(alice, "a");
            CompletableFuture<SipResponse> second = send(alice, "bob");
            CompletableFuture<SipResponse> third = send(alice, "bob");
            scene.seconds(1);
            assertThat(tried(scene)).containsExactly("a", "bob", "bob");
            scene.seconds(20);
            assertThat(List.of(first, second, third))
                    .allSatisfy(f -> assertThat(f.join().status()).isEqualTo(200));
            assertThat(tried(scene)).containsExactly("a", "bob", "bob", "a", "a");
        }
    }

    @Test
    void theNumberIsChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageOptions.builder().followRedirects(0))
                .withMessageContaining("0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageOptions.builder().followRedirects(31));
    }
}
