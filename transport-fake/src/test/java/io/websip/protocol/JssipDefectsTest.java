package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.websip.InvalidTargetException;
import io.websip.Message;
import io.websip.NotReadyException;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.InvalidHeaderException;
import io.websip.config.MessageOptions;
import io.websip.config.SendingPolicy;
import io.websip.config.UserAgentConfig;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.transport.fake.sip.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What JsSIP 3.13.8 does wrong and we must not, as far as it concerns sending. More of it stands where it belongs:
 * challenges in {@link AuthenticationTest}, receiving in {@link IncomingTest}, stopping in {@link StopTest}, outcomes in
 * {@link OutcomeTest}, listeners in {@link ListenerTest}, bindings in {@link RegistrationTest}.
 */
class JssipDefectsTest {
    private static SipRequest sent(Scene scene) {
        return scene.server.requests(SipMethod.MESSAGE).get(0);
    }

    @Test
    @DisplayName("1: the final events came inside send(), before a handler could be set; here the order is fixed")
    void point1() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.connection().abort();
            scene.run();
            scene.tape.clear();
            Message message = new Message(alice);
            var future = message.send("bob", "x");
            message.onFailed(e -> scene.tape.add("failed " + e.cause()));
            assertThat(scene.tape.entries()).isEmpty();
            scene.tape.record(future);
            scene.run();
            assertThat(scene.tape.entries())
                    .containsExactly("newMessage LOCAL", "failed Connection Error", "future SYSTEM Connection Error");
        }
    }

    @Test
    @DisplayName("1: a Message could be sent again, and its second outcome was never told; here it is sent once")
    void sentOnce() {
        try (Scene scene = new Scene()) {
            scene.server.enqueue(Answer.status(200));
            Message message = new Message(scene.sender());
            message.send("bob", "x").join();
            assertThatIllegalStateException().isThrownBy(() -> message.send("bob", "x"));
            assertThat(scene.server.requests(SipMethod.MESSAGE)).hasSize(1);
        }
    }

    @Test
    @DisplayName("1: after stop() failed came before newMessage; here send throws and nothing is told")
    void afterStop() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            alice.stop().join();
            scene.tape.clear();
            assertThatExceptionOfType(NotReadyException.class).isThrownBy(() -> alice.sendMessage("bob", "x"));
            scene.run();
            assertThat(scene.tape.entries()).isEmpty();
        }
    }

    @Test
    @DisplayName("3: bytes, charset and content type are what they are: Content-Length counts octets")
    void point3And6() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.dispatcher(r -> Answer.status(200));
            alice.sendMessage("bob", "ä€📞").join();
            assertThat(sent(scene).headers().first("Content-Length")).contains("9");
            alice.sendMessage("bob", "ä", "text/plain;charset=ISO-8859-1").join();
            assertThat(scene.server.requests(SipMethod.MESSAGE).get(1).body()).containsExactly(0xe4);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> alice.sendMessage("bob", "€", "text/plain;charset=ISO-8859-1"));
            assertThatIllegalArgumentException().isThrownBy(() -> alice.sendMessage("bob", "\ud800"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> alice.sendMessage("bob", "x", "text/plain;charset=no-such"));
            assertThatIllegalArgumentException().isThrownBy(() -> alice.sendMessage("bob", "x".repeat(65_535)));
        }
    }

    @ParameterizedTest
    @DisplayName("4: CR, LF and NUL went through into the headers; here every value is refused")
    @ValueSource(strings = {"\r\nX: y", "\nX: y", "\r", "\0"})
    void point4(String evil) {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            assertThatExceptionOfType(InvalidTargetException.class)
                    .isThrownBy(() -> alice.sendMessage("bob" + evil, "x"));
            assertThatIllegalArgumentException().isThrownBy(() -> alice.sendMessage("bob", "x", "text/plain" + evil));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> alice.sendMessage("bob", "x", "text/plain;a=\"" + evil + "\""));
            assertThatExceptionOfType(InvalidHeaderException.class)
                    .isThrownBy(() -> MessageOptions.builder().extraHeaders("X-Foo: a" + evil + "b"));
            assertThatExceptionOfType(InvalidHeaderException.class)
                    .isThrownBy(() -> MessageOptions.builder().extraHeaders("X" + evil + ": a"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> UserAgentConfig.builder().displayName("Alice" + evil));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> UserAgentConfig.builder().userAgent("x" + evil + "y"));
            scene.run();
            assertThat(scene.server.requests(SipMethod.MESSAGE)).isEmpty();
        }
    }

    @ParameterizedTest
    @DisplayName("4: extra headers could forge what the library sets, when two of them stood side by side")
    @ValueSource(
            strings = {
                "Via",
                "v",
                "From",
                "f",
                "To",
                "t",
                "Call-ID",
                "i",
                "CSEQ",
                "Route",
                "Content-Length",
                "l",
                "Max-Forwards",
                "Contact",
                "m",
                "Content-Type",
                "c",
                "Record-Route"
            })
    void forgedHeaders(String name) {
        assertThatExceptionOfType(InvalidHeaderException.class)
                .isThrownBy(() -> MessageOptions.builder().extraHeaders("X-Ok: 1", name + ": evil", name + " : evil"))
                .withMessageContaining(name);
    }

    @Test
    @DisplayName("4: extra headers keep their order; a quote in the display name is escaped")
    void wellFormed() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender(options -> options.displayName("Alice \"Q\" \\ ä"));
            scene.server.enqueue(Answer.status(200));
            alice.sendMessage(
                            "bob",
                            "x",
                            "text/plain",
                            MessageOptions.builder()
                                    .extraHeaders("X-Foo: foo", "Subject: hi", "X-Foo: bar")
                                    .build())
                    .join();
            assertThat(sent(scene).headers().all("X-Foo")).containsExactly("foo", "bar");
            assertThat(sent(scene).from().displayName()).contains("Alice \"Q\" \\ ä");
            assertThat(sent(scene).headers().contains("Contact")).isFalse(); // IM-02
            assertThat(sent(scene).maxForwards()).hasValue(70); // UAC-04
        }
    }

    @ParameterizedTest
    @DisplayName("7: an answer that cannot be read leaves the message pending until a good one comes")
    @ValueSource(
            strings = {
                "SIP/2.0 99 x",
                "SIP/2.0 700 x",
                "SIP/2.0 4294967301 x",
                "SIP/2.0 20 x",
                "SIP/3.0 200 OK",
                "SIP/2.0 abc x"
            })
    void point7(String statusLine) {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            Answer bad = Answer.raw(request -> {
                byte[] good = io.websip.sip.SipResponse.to(request.headers(), 200, null, "t")
                        .build()
                        .toBytes();
                return new String(good, StandardCharsets.UTF_8)
                        .replace("SIP/2.0 200 OK", statusLine)
                        .getBytes(StandardCharsets.UTF_8);
            });
            scene.server.enqueue(bad.then(Answer.status(404)));
            assertThat(alice.sendMessage("bob", "x")
                            .handle((r, f) -> f.getMessage())
                            .join())
                    .contains("404");
        }
    }

    @Test
    @DisplayName("14: stop() left messages to the socket's end and said nothing; here its future comes last")
    void point14() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(Answer.silence());
            scene.tape.record(alice.sendMessage("bob", "x"));
            alice.stop().thenRun(() -> scene.tape.add("stopped"));
            scene.seconds(60);
            assertThat(scene.tape.events())
                    .containsExactly("newMessage LOCAL", "future SYSTEM Connection Error", "disconnected", "stopped");
        }
    }

    @Test
    @DisplayName("15: branches had ten million values of Math.random; tags, branches and Call-IDs are unique and long")
    void point15() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender(options -> options.sendingPolicy(SendingPolicy.unlimited()));
            scene.server.dispatcher(r -> Answer.status(200));
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < 1_000; i++) {
                alice.sendMessage("bob" + i, "x");
            }
            scene.run();
            for (SipRequest request : scene.server.requests(SipMethod.MESSAGE)) {
                assertThat(seen.add(request.topVia().branch().orElseThrow())).isTrue();
                assertThat(seen.add(request.from().tag().orElseThrow())).isTrue();
                assertThat(seen.add(request.callId())).isTrue();
                assertThat(request.callId()).hasSizeGreaterThan(20).doesNotContain("@");
                assertThat(request.topVia().host()).endsWith(".invalid"); // UAC-03, WS-10
            }
            assertThat(seen).hasSize(3_000);
        }
    }

    @ParameterizedTest
    @DisplayName("16: targets: sips was downgraded, URI headers kept, a host taken for a user, tel and im mangled")
    @CsvSource(
            delimiter = '|',
            value = {
                "bob                          | sip:bob@example.com",
                "bob@biloxi.com               | sip:bob@biloxi.com",
                "sip:bob@biloxi.com:5080;x=y  | sip:bob@biloxi.com:5080;x=y",
                "sip:x.org                    | sip:x.org",
                "tel:+1-201-555-0123          | sip:+12015550123@example.com;user=phone",
                "tel:863;phone-context=+1     | sip:863;phone-context=+1@example.com;user=phone",
                "+1 (201) 555                 | sip:+1201555@example.com;keep=no",
                "im:bob@biloxi.com            | sip:bob@biloxi.com",
                "%61lice                      | sip:alice@example.com",
                "ALICE                        | sip:ALICE@example.com",
                "€€€                          | sip:%E2%82%AC%E2%82%AC%E2%82%AC@example.com",
                "SIP:iñaki@aliax.net:7070     | sip:i%C3%B1aki@aliax.net:7070",
                "ibc@gmail.com@aliax.net      | sip:ibc%40gmail.com@aliax.net",
                "alice-1:passwd               | sip:alice-1:passwd@example.com",
                "*999                         | sip:*999@example.com",
                "#999/?:1234                  | sip:%23999/?:1234@example.com",
                "+ALICE-123.456.78-9          | sip:+ALICE-123.456.78-9@example.com",
                "bob;x=1@h.org                | sip:bob;x=1@h.org"
            })
    void point16(String target, String expected) {
        try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
            UserAgent alice = scene.sender();
            scene.server.dispatcher(r -> Answer.status(200));
            alice.sendMessage(target.strip(), "x").join();
            assertThat(sent(scene).requestUriText()).isEqualTo(expected.strip().replace(";keep=no", ""));
        }
    }

    @ParameterizedTest
    @DisplayName("16: what means no SIP URI is refused with a word on why, before any event")
    @ValueSource(
            strings = {
                "",
                " bob",
                "bob ",
                "100%",
                "ibc@iñaki.com",
                "ibc@aliax.net;;;;;",
                "<sip:bob@x.org>",
                "\"Bob\" <sip:b@x.org>",
                "sip:b@h.org?Subject=x",
                "sip:b@h.org?Route=%3Csip:evil%3E",
                "sip:b@h.org;method=INVITE",
                "mailto:bob@x.org",
                "https://x.org",
                "sips:bob@x.org",
                "tel:abc",
                "@x.org",
                "sip:",
                "sip:@x.org"
            })
    void point16Refused(String target) {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            assertThatExceptionOfType(InvalidTargetException.class)
                    .isThrownBy(() -> alice.sendMessage(target, "x"))
                    .withMessageContaining("invalid target");
            scene.run();
            assertThat(scene.tape.entries()).isEmpty();
        }
    }

    @Test
    @DisplayName("G5, RFC 3428 8: one message to a target at a time, by URI comparison; other targets do not wait")
    void oneAtATime() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            List<String> bodies = new ArrayList<>();
            scene.server.dispatcher(request -> {
                bodies.add(request.text());
                return Answer.status(200).after(java.time.Duration.ofSeconds(1));
            });
            alice.sendMessage("sip:bob@biloxi.com", "1");
            alice.sendMessage("sip:%62ob@BILOXI.com;x=y", "2");
            alice.sendMessage("sip:bob@biloxi.com", "3");
            alice.sendMessage("carol", "4");
            scene.run();
            assertThat(bodies).containsExactly("1", "4");
            scene.seconds(1);
            assertThat(bodies).containsExactly("1", "4", "2");
            scene.seconds(1);
            assertThat(bodies).containsExactly("1", "4", "2", "3");
            scene.seconds(1);
        }
    }

    @Test
    @DisplayName("a handler of the agent's own message may send, but not wait for what comes after it")
    void waitingInAListener() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.dispatcher(r -> Answer.status(200));
            List<Throwable> thrown = new ArrayList<>();
            alice.addListener(UserAgentListener.incoming(m -> {}));
            Message message = new Message(alice).onSending(e -> {
                try {
                    alice.sendMessage("carol", "inner").join();
                } catch (IllegalStateException refused) {
                    thrown.add(refused);
                }
            });
            assertThat(message.send("bob", "outer").join().status()).isEqualTo(200);
            assertThat(thrown).singleElement().asString().contains("must not wait");
        }
    }
}
