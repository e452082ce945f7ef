package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.websip.IncomingMessage;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import io.websip.sip.Uri;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an agent answers (RFC 3261 section 8.2, RFC 3428 section 7): G7 and the rows UAS-01 to UAS-17. */
class IncomingTest {
    private static final String HEAD = "Via: SIP/2.0/WS p.invalid;branch=z9hG4bK%s\r\n"
            + "Max-Forwards: 70\r\nFrom: <sip:x@example.com>;tag=f\r\nTo: <sip:alice@example.com>\r\n";

    private static UserAgent alice(Scene scene, Consumer<IncomingMessage> handler) {
        UserAgent alice = scene.silentAgent("alice", options -> {});
        alice.addListener(UserAgentListener.incoming(handler));
        alice.start().join();
        return alice;
    }

    private static SipResponse ask(Scene scene, Consumer<SipMessageBuilder<SipRequest>> change) {
        return scene.server
                .message("alice", builder -> {
                    builder.set("Content-Type", "text/plain").body(new byte[] {'x'});
                    change.accept(builder);
                })
                .join();
    }

    /** Sends any request and gives what comes back for its branch. */
    private static List<SipResponse> raw(Scene scene, String branch, String startLine, String rest) {
        int before = scene.server.responses().size();
        send(scene, startLine + "\r\n" + String.format(HEAD, branch) + rest);
        scene.run();
        List<SipResponse> all = scene.server.responses();
        return all.subList(before, all.size());
    }

    private static void send(Scene scene, String text) {
        scene.server.sendRaw("alice", text.getBytes(StandardCharsets.UTF_8));
    }

    private static void stillAnswers(Scene scene) {
        assertThat(ask(scene, builder -> {}).status()).isEqualTo(200); // WS-19
    }

    @Test
    void g7TheAnswerFollowsTheHandOver() {
        Deque<Runnable> callbacks = new ArrayDeque<>();
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.silentAgent("alice", options -> options.callbackExecutor(callbacks::add));
            List<String> got = new ArrayList<>();
            alice.addListener(UserAgentListener.incoming(m -> got.add(m.text())));
            alice.start();
            scene.run();
            callbacks.forEach(Runnable::run);
            callbacks.clear();
            CompletableFuture<SipResponse> answer = scene.server.message("alice", "hello");
            scene.run();
            assertThat(answer).isNotDone();
            callbacks.remove().run();
            assertThat(got).containsExactly("hello");
            assertThat(answer.join().status()).isEqualTo(200);
            alice.stop();
            scene.run();
            while (!callbacks.isEmpty()) {
                callbacks.remove().run();
                scene.run();
            }
        }
    }

    @Test
    void jssipHadNoWayToAnswerLaterDeferredAcceptAndRejectWith100After3500Ms() {
        try (Scene scene = new Scene()) {
            List<IncomingMessage> got = new ArrayList<>();
            alice(scene, m -> {
                m.defer();
                got.add(m);
            });
            CompletableFuture<SipResponse> first = scene.server.message("alice", "1");
            CompletableFuture<SipResponse> second = scene.server.message("alice", "2");
            scene.advance(Duration.ofMillis(3_499));
            assertThat(scene.server.responses()).isEmpty();
            scene.advance(Duration.ofMillis(1));
            assertThat(scene.server.responses()).extracting(SipResponse::status).containsExactly(100, 100);
            got.get(0).accept(202, "X-Foo: bar");
            got.get(1).reject(486, "Not now");
            assertThat(first.join().status()).isEqualTo(202);
            assertThat(first.join().headers().first("X-Foo")).contains("bar");
            assertThat(second.join().reason()).isEqualTo("Not now");
            assertThatIllegalStateException().isThrownBy(got.get(0)::accept).withMessageContaining("202");
        }
    }

    @Test
    void jssipLostTheReplyOfAHandlerThatThrew() {
        try (Scene scene = new Scene();
                LogTrap log = new LogTrap("io.websip.agent")) {
            alice(scene, m -> {
                throw new IllegalStateException("a handler's fault");
            });
            assertThat(ask(scene, builder -> {}).status()).isEqualTo(500);
        }
    }

    @Test
    void withoutAListenerForMessagesTheAnswerIs405WithAllow() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.silentAgent("alice", options -> {});
            alice.start().join();
            assertThat(ask(scene, builder -> {}).headers().list("Allow")).contains("MESSAGE", "OPTIONS");
            alice.addListener(new UserAgentListener() {});
            assertThat(ask(scene, builder -> {}).status()).isEqualTo(405);
        }
    }

    @Test
    void badAnswersAreRefusedAndTheMessageIsStillOpen() {
        try (Scene scene = new Scene()) {
            alice(scene, m -> {
                assertThatIllegalArgumentException().isThrownBy(() -> m.accept(300));
                assertThatIllegalArgumentException().isThrownBy(() -> m.reject(200));
                assertThatIllegalArgumentException().isThrownBy(() -> m.reject(408));
                assertThatIllegalArgumentException().isThrownBy(() -> m.reject(486, "a\r\nX: y"));
                assertThatIllegalArgumentException().isThrownBy(() -> m.accept(200, "Content-Type: a/b"));
                m.reject(603);
            });
            assertThat(ask(scene, builder -> {}).status()).isEqualTo(603);
        }
    }

    @Test
    void jssipDeliveredARepetitionTwiceG7() {
        try (Scene scene = new Scene()) {
            List<String> got = new ArrayList<>();
            alice(scene, m -> got.add(m.text()));
            String rest = "Call-ID: c\r\nCSeq: 1 MESSAGE\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\nx";
            SipResponse first = raw(scene, "one", "MESSAGE sip:alice@example.com SIP/2.0", rest)
                    .get(0);
            SipResponse again = raw(scene, "one", "MESSAGE sip:alice@example.com SIP/2.0", rest)
                    .get(0);
            assertThat(again.to()).isEqualTo(first.to());
            SipResponse merged = raw(scene, "two", "MESSAGE sip:alice@example.com SIP/2.0", rest)
                    .get(0);
            assertThat(merged.status()).isEqualTo(482); // UAS-04
            assertThat(got).containsExactly("x");
            scene.seconds(33);
            raw(scene, "one", "MESSAGE sip:alice@example.com SIP/2.0", rest);
            assertThat(got).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Require             | path, foo        | 420
            Content-Type        | application/x-foo| 415
            Content-Type        | foo              | 400
            Content-Encoding    | gzip             | 415
            To                  | <sip:alice@example.com>;tag=zzz | 481
            To                  | <tel:+1>         | 200
            Date                | garbage          | 200
            Contact             | ;;;;             | 200
            Contact             | *                | 200
            X-Foo               | ;;,,             | 200
            Content-Disposition | render;handling=optional | 200
            """)
    void aHeaderThatIsNeededIsCheckedAnotherIsIgnored(String name, String value, int status) {
        try (Scene scene = new Scene()) {
            alice(scene, m -> {});
            SipResponse response = ask(scene, builder -> builder.set(name, value));
            assertThat(response.status()).isEqualTo(status);
            if (status == 420) {
                assertThat(response.headers().list("Unsupported")).containsExactly("foo"); // UAS-05
            }
            if (status == 415) {
                assertThat(response.headers().list("Accept")).contains("text/plain"); // UAS-06
            }
            stillAnswers(scene);
        }
    }

    @ParameterizedTest
    @CsvSource({"sip:carol@example.com,404", "tel:+1,416", "sip:alice@elsewhere.example,200", "sip:example.com,200"})
    void uas03WhomItIsFor(String requestUri, int status) throws Exception {
        Uri uri = Uri.parse(requestUri);
        try (Scene scene = new Scene()) {
            alice(scene, m -> {});
            String rest = "Call-ID: c\r\nCSeq: 1 MESSAGE\r\nContent-Length: 0\r\n\r\n";
            assertThat(raw(scene, "b", "MESSAGE " + uri + " SIP/2.0", rest))
                    .extracting(SipResponse::status)
                    .containsExactly(status);
        }
    }

    @ParameterizedTest
    @CsvSource({"INVITE,405", "REGISTER,405", "BYE,405", "CANCEL,481", "FOO,501", "message,501"})
    void uas01And02And09OtherMethods(String method, int status) {
        try (Scene scene = new Scene()) {
            alice(scene, m -> {});
            List<SipResponse> responses = raw(
                    scene,
                    "b",
                    method + " sip:alice@example.com SIP/2.0",
                    "Call-ID: c\r\nCSeq: 1 " + method + "\r\nContent-Length: 0\r\n\r\n");
            assertThat(responses).extracting(SipResponse::status).containsExactly(status);
            if (status != 481) {
                assertThat(responses.get(0).headers().list("Allow")).contains("MESSAGE");
            }
        }
    }

    @Test
    void uas10AnAckAndAStrayResponseGetNothing() {
        try (Scene scene = new Scene()) {
            alice(scene, m -> {});
            assertThat(raw(scene, "b", "ACK sip:alice@example.com SIP/2.0", "Call-ID: c\r\nCSeq: 1 ACK\r\n\r\n"))
                    .isEmpty();
            assertThat(raw(scene, "b", "SIP/2.0 200 OK", "Call-ID: c\r\nCSeq: 1 MESSAGE\r\n\r\n"))
                    .isEmpty();
            stillAnswers(scene);
        }
    }

    @Test
    void uas11OptionsTellsWhatWeCan() {
        try (Scene scene = new Scene()) {
            alice(scene, m -> {});
            SipResponse ok = raw(
                            scene,
                            "b",
                            "OPTIONS sip:alice@example.com SIP/2.0",
                            "Call-ID: c\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n")
                    .get(0);
            assertThat(ok.status()).isEqualTo(200);
            for (String header : List.of("Allow", "Accept", "Accept-Encoding", "Accept-Language", "Supported")) {
                assertThat(ok.headers().contains(header)).as(header).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Call-ID: c\r\nCSeq: 1 OPTIONS\r\n\r\n",
                "Call-ID: c\r\nCSeq: 1 MESSAGE\r\nCSeq: 2 MESSAGE\r\n\r\n",
                "Call-ID: c\r\nCSeq: 1 MESSAGE\r\nContent-Length: 5\r\n\r\nx",
                "Call-ID: c\r\nCSeq: 1 MESSAGE\r\nContent-Length: -1\r\n\r\n"
            })
    void jssipDroppedOrCrashedOnWhatIsMalformedAndNeeded400WithTheRightVia(String rest) {
        try (Scene scene = new Scene()) {
            List<String> got = new ArrayList<>();
            alice(scene, m -> got.add(m.text()));
            List<SipResponse> responses = raw(scene, "bad", "MESSAGE sip:alice@example.com SIP/2.0", rest);
            // what lacks a Call-ID is no response that a server can read; the agent answers all the same
            assertThat(responses)
                    .allMatch(r ->
                            r.status() == 400 && r.topVia().branch().orElse("").equals("z9hG4bKbad"));
            assertThat(got).isEmpty();
            stillAnswers(scene);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Call-ID: c\r\nCSeq: 99999999999 MESSAGE\r\n\r\n", "CSeq: 1 MESSAGE\r\n\r\n", "\r\n", ""})
    void whatCannotEvenBeAnsweredWellHarmsNothing(String rest) {
        try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
            List<String> got = new ArrayList<>();
            alice(scene, m -> got.add(m.text()));
            raw(scene, "bad", "MESSAGE sip:alice@example.com SIP/2.0", rest);
            assertThat(got).isEmpty();
            stillAnswers(scene);
        }
    }

    @Test
    void uas15MaxForwardsZeroIsNoReasonToRefuse() {
        try (Scene scene = new Scene()) {
            alice(scene, m -> {});
            send(
                    scene,
                    "MESSAGE sip:alice@example.com SIP/2.0\r\n"
                            + String.format(HEAD, "z").replace("70", "0")
                            + "Call-ID: c\r\nCSeq: 1 MESSAGE\r\nContent-Length: 0\r\n\r\n");
            scene.run();
            assertThat(scene.server.responses()).extracting(SipResponse::status).containsExactly(200);
        }
    }

    @Test
    void anotherVersionIs505AndTooLargeIs513() {
        try (Scene scene = new Scene()) {
            alice(scene, m -> {});
            String rest = "Call-ID: c\r\nCSeq: 1 MESSAGE\r\nContent-Length: 0\r\n\r\n";
            assertThat(raw(scene, "a", "MESSAGE sip:alice@example.com SIP/3.0", rest)
                            .get(0)
                            .status())
                    .isEqualTo(505);
            String large = "Call-ID: c\r\nCSeq: 1 MESSAGE\r\n\r\n" + "x".repeat(70_000);
            assertThat(raw(scene, "b", "MESSAGE sip:alice@example.com SIP/2.0", large)
                            .get(0)
                            .status())
                    .isEqualTo(513); // UAS-14
            stillAnswers(scene);
        }
    }

    @Test
    void jssipCutBodiesInUtf16UnitsAndTwoMessagesInOneFrameAreOne() {
        try (Scene scene = new Scene()) {
            List<String> got = new ArrayList<>();
            alice(scene, m -> got.add(m.text()));
            byte[] text = "ä📞".getBytes(StandardCharsets.UTF_8);
            String rest = "Call-ID: c\r\nCSeq: 1 MESSAGE\r\nContent-Length: " + text.length
                    + "\r\n\r\nä📞MESSAGE sip:alice@example.com SIP/2.0\r\n";
            assertThat(raw(scene, "a", "MESSAGE sip:alice@example.com SIP/2.0", rest))
                    .hasSize(1);
            assertThat(got).containsExactly("ä📞");
        }
    }

    @Test
    void aPingIsAnsweredALoneCrlfNever() {
        try (Scene scene = new Scene()) {
            alice(scene, m -> {});
            scene.tape.clear();
            send(scene, "\r\n");
            scene.run();
            assertThat(scene.tape.entries("wire")).isEmpty();
            send(scene, "\r\n\r\n");
            scene.run();
            assertThat(scene.tape.entries("wire")).hasSize(1);
            stillAnswers(scene);
        }
    }

    @Test
    void aFullQueueIs503WithRetryAfterAndNothingAnswered200IsLost() {
        Deque<Runnable> callbacks = new ArrayDeque<>();
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.silentAgent(
                    "alice", options -> options.callbackExecutor(callbacks::add).maxIncomingQueue(3));
            List<String> got = new ArrayList<>();
            alice.addListener(UserAgentListener.incoming(m -> got.add(m.text())));
            alice.start();
            scene.run();
            List<CompletableFuture<SipResponse>> answers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                answers.add(scene.server.message("alice", "m" + i));
            }
            scene.run();
            assertThat(answers.get(3).join().status()).isEqualTo(503);
            assertThat(answers.get(4).join().headers().contains("Retry-After")).isTrue();
            while (!callbacks.isEmpty()) {
                callbacks.remove().run();
                scene.run();
            }
            assertThat(got).containsExactly("m0", "m1", "m2");
            assertThat(answers.subList(0, 3)).allMatch(a -> a.join().status() == 200);
            alice.stop();
            scene.run();
            while (!callbacks.isEmpty()) {
                callbacks.remove().run();
                scene.run();
            }
        }
    }

    @Test
    void ourContactAndOurAddressAreBothUs() {
        try (Scene scene = new Scene()) {
            alice(scene, m -> {});
            SipUri contact = (SipUri) scene.server.bindings("alice").get(0).uri();
            assertThat(contact.host()).endsWith(".invalid"); // WS-10
            assertThat(contact.parameters().get("transport")).contains("ws"); // WS-09
            String rest = "Call-ID: c\r\nCSeq: 1 MESSAGE\r\nContent-Length: 0\r\n\r\n";
            assertThat(raw(scene, "a", "MESSAGE " + contact + " SIP/2.0", rest)
                            .get(0)
                            .status())
                    .isEqualTo(200);
            assertThat(scene.server.requests(SipMethod.REGISTER)).isNotEmpty();
        }
    }
}
