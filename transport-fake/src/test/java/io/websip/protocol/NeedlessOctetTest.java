package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.Cause;
import io.websip.MessageFailedException;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.sip.Discard;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.sip.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("one needless bad octet does not cost a message")
class NeedlessOctetTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    /** A row more, or one in the place of the row of its name; {@code -} takes a row away, {@code >} is the start line. */
    private static String spoiled(SipResponse good, String... edits) {
        String text = new String(good.toBytes(), StandardCharsets.ISO_8859_1);
        for (String edit : edits) {
            if (edit.startsWith("> ")) {
                text = edit.substring(2) + text.substring(text.indexOf("\r\n"));
            } else if (edit.startsWith("= ")) {
                String name = edit.substring(2, edit.indexOf(':') + 1);
                int start = text.indexOf("\r\n" + name) + 2;
                text = text.substring(0, start) + edit.substring(2) + text.substring(text.indexOf("\r\n", start));
            } else if (edit.startsWith("- ")) {
                int start = text.indexOf("\r\n" + edit.substring(2) + ":");
                text = text.substring(0, start) + text.substring(text.indexOf("\r\n", start + 2));
            } else {
                text = text.replaceFirst("\r\n", "\r\n" + edit.replace("\\", "\\\\") + "\r\n");
            }
        }
        return text;
    }

    private static Answer raw(int status, UnaryOperator<String> change, String... edits) {
        return Answer.raw(request -> change.apply(spoiled(
                        SipResponse.to(request.headers(), status, null, "t").build(), edits))
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Answer raw(int status, String... edits) {
        return raw(status, text -> text, edits);
    }

    /** What a message ends with, which must be at once and not after the 32 s of timer F. */
    private static int status(Scene scene, UserAgent alice, Answer answer) {
        scene.server.enqueue(SipMethod.MESSAGE, answer);
        CompletableFuture<SipResponse> sent = alice.sendMessage("bob", "Hello");
        scene.advance(AT_ONCE);
        assertThat(sent).isDone();
        try {
            return sent.join().status();
        } catch (CompletionException e) {
            MessageFailedException failed = (MessageFailedException) e.getCause();
            return failed.response().orElseThrow().status();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "= From: <sip:@example.com>",
                "= From: Alice (home) <sip:alice@example.com>;tag=x",
                "= From: ",
                "- From",
                "From: <sip:carol@example.com>;tag=2",
                "= To: <sip:b@c;>",
                "= To: <sip:b@c>;;;tag=x;",
                "= To: < sip:b@c >",
                "= To: <<>>",
                "To: <sip:b@c>",
                "- To",
                "= Call-ID: ",
                "Call-ID: another",
                "CSeq: 1 MESSAGE",
                "- Content-Length",
                "Content-Length: 0",
                "= Content-Length: ",
                "= Content-Length: -1",
                "= Content-Length: none",
                "Max-Forwards: 70",
                "Max-Forwards: 69",
                "Content-Type: text/plain;;",
                "this is no header",
                "X-My Header: 1",
                "X-\u00fc: 1",
                ": 1",
                "\u0000",
                "X: a\nb",
                "X: a\rb",
                "X: a\n b",
                "> SIP/2.0  200 OK",
                "> SIP/2.0\t200 OK",
                "> SIP/2.0 200 O\nK",
                "> SIP/2.0 200 O\rK",
                "Retry-After: 5;;",
                "Record-Route: <sip:p;lr;>;;, ;;",
                "Contact: Alice (home) <sip:x@h",
            })
    @DisplayName("17.1.3 a response is matched by its branch and CSeq, and the rest of it may be anything")
    void response(String edit) {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            String sameSeq = edit.startsWith("CSeq") ? "" : edit;
            Answer answer = sameSeq.isEmpty()
                    ? raw(200, text -> text.replaceFirst("(CSeq: [^\r]*\r\n)", "$1$1"))
                    : raw(200, edit);
            assertThat(status(scene, alice, answer)).isEqualTo(200);
            assertThat(alice.metrics().discarded()).doesNotContainKey(Discard.MALFORMED_RESPONSE);
        }
    }

    @Test
    @DisplayName("17.1.3 a refusal is heard as well as a success")
    void refusal() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            assertThat(status(scene, alice, raw(400, "= From: <sip:@example.com>")))
                    .isEqualTo(400);
            assertThat(status(scene, alice, raw(486, "no header"))).isEqualTo(486);
            assertThat(alice.metrics().failed()).doesNotContainKey(Cause.REQUEST_TIMEOUT);
        }
    }

    @Test
    @DisplayName("20.42 of the top Via nothing is needed but its branch")
    void via() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            for (String sentBy : List.of(
                    "gateway.example.com", "192.0.2.1:5060", "2001:db8::1", "2001:db8::1:5060", "a..b", "http://x")) {
                Answer answer = raw(200, text -> text.replaceFirst("(Via: SIP/2.0/WS )[^;\r]*", "$1" + sentBy));
                assertThat(status(scene, alice, answer)).as(sentBy).isEqualTo(200);
            }
            for (String behind : List.of(";", ";;", "; ;x", ";=y", ";x=\"", " (comment)", " \r\n ;")) {
                Answer answer = raw(200, text -> text.replaceFirst("(Via: [^\r]*)", "$1" + behind));
                assertThat(status(scene, alice, answer)).as(behind).isEqualTo(200);
            }
            for (String before : List.of(";;", "; ;", ";=x;", " ;x y;")) {
                Answer answer = raw(200, text -> text.replaceFirst("(Via: [^;\r]*);", "$1" + before));
                assertThat(status(scene, alice, answer)).as(before).isEqualTo(200);
            }
        }
    }

    @Test
    @DisplayName("a row of 9,000 octets, a long reason and 300 rows cost nothing")
    void tooLong() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            assertThat(status(scene, alice, raw(200, "X: " + "x".repeat(9_000))))
                    .isEqualTo(200);
            assertThat(status(scene, alice, raw(200, "To: " + "x".repeat(9_000))))
                    .isEqualTo(200);
            assertThat(status(scene, alice, raw(200, "> SIP/2.0 200 " + "x".repeat(9_000))))
                    .isEqualTo(200);
            Answer rows = raw(200, text -> text.replaceFirst("\r\n\r\n", "\r\n" + "X: 1\r\n".repeat(300) + "\r\n"));
            assertThat(status(scene, alice, rows)).isEqualTo(200);
            assertThat(alice.metrics().discarded(Discard.MALFORMED_FIELD)).isGreaterThan(3);
        }
    }

    @Test
    @DisplayName("7 a response whose lines all end with LF alone is heard")
    void lineFeeds() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            assertThat(status(scene, alice, raw(200, text -> text.replace("\r\n", "\n"))))
                    .isEqualTo(200);
            assertThat(status(scene, alice, raw(403, text -> text.replaceFirst("\r\n", "\n"))))
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "= Content-Length: 5",
                "= Content-Length: 99999999999",
                "Content-Length: 1",
                "= CSeq: 1",
                "> SIP/2.0 20 OK"
            })
    @DisplayName(
            "18.3 what contradicts itself or the frame, or names no transaction, is no response; it is counted and shown")
    void fatal(String edit) {
        try (LogTrap log = new LogTrap("io.websip.connection");
                Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(SipMethod.MESSAGE, raw(200, edit));
            CompletableFuture<SipResponse> sent = alice.sendMessage("bob", "Hello");
            scene.advance(AT_ONCE);
            assertThat(sent).isNotDone();
            assertThat(alice.metrics().discarded(Discard.MALFORMED_RESPONSE)).isEqualTo(1);
            assertThat(log.records())
                    .hasSize(1)
                    .allSatisfy(record -> assertThat(record.getLevel()).isEqualTo(Level.WARNING));
            alice.stop().join();
            assertThat(sent).isCompletedExceptionally();
        }
    }

    private static String registered(SipRequest request, String contact, String... edits) {
        String ours = request.contacts().get(0).uri().toString();
        SipResponse ok = SipResponse.to(request.headers(), 200, null, "t").build();
        String row = contact.isEmpty() ? "Contact: <" + ours + ">;expires=300" : contact.replace("OURS", ours);
        List<String> all = new ArrayList<>(List.of(edits));
        all.add(row);
        return spoiled(ok, all.toArray(String[]::new));
    }

    private static void assertRegistered(String contact, String... edits) {
        try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
            scene.server.enqueue(
                    SipMethod.REGISTER,
                    Answer.raw(request -> registered(request, contact, edits).getBytes(StandardCharsets.ISO_8859_1)));
            UserAgent alice = scene.agent("alice", options -> {});
            RegisteringBench.goOn(alice.start());
            scene.advance(AT_ONCE);
            assertThat(alice.isRegistered()).isTrue();
            assertThat(alice.binding().orElseThrow().expires()).isEqualTo(Duration.ofSeconds(300));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "= From: <sip:@example.com>",
                "- To",
                "Content-Length: 0",
                "this is no header",
                "X: a\nb",
                "> SIP/2.0  200 OK",
                "= Call-ID: "
            })
    @DisplayName("10.3 a registrar's 200 with a needless slip registers the agent")
    void register(String edit) {
        assertRegistered("", edit);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Contact: <sip:x@192.0.2.4:5060;transport=udp>;expires=390,: <OURS>;expires=300",
                "Contact: <sip:x@192.0.2.4:5060;transport=udp>;expires=390 <OURS>;expires=300",
                "Contact: <sip:x@192.0.2.4>;expires=390 \"Alice\" <OURS>;expires=300",
                "Contact: <sip:x@192.0.2.4, <OURS>;expires=300",
                "Contact: \"half <sip:x@192.0.2.4>, <OURS>;expires=300",
                "Contact: <OURS;thinfo=\"VG8=\">;expires=300",
                "Contact: <OURS;thinfo=VG8=>;expires=300",
                "Contact: <OURS;>;expires=300",
                "Contact: <OURS;;>;expires=300",
                "Contact: <OURS;x=%>;expires=300",
                "Contact: <OURS>;expires=300;",
                "Contact: <OURS>;;expires=300;; ;",
                "Contact: <OURS>;expires=300;\r\n ",
                "Contact: <OURS> ; ; expires = 300 ; =x",
                "Contact: <OURS>;a b;expires=300;c=\"",
                "Contact: < OURS >;expires=300",
                "Contact: <<OURS>>;expires=300",
                "Contact: Alice (home) <OURS>;expires=300",
                "Contact: Alice: a/b, <OURS>;expires=300",
                "Contact: \"Alice <OURS>;expires=300",
                "Contact: ,,;,<>,<OURS>;expires=300,,",
                "Contact: <OURS>;expires=300;x=\"a\nb\""
            })
    @DisplayName("8.2.2 our own contact is found beside, and with, something malformed")
    void contact(String row) {
        assertRegistered(row);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Digest realm=\"example.com\", nonce=\"a\", qop=auth,auth-int",
                "Digest realm=\"example.com\", nonce=\"a\", algorithm=, qop=\"auth\"",
                "Digest realm=\"example.com\", nonce=\"a\", stale, qop=\"auth\"",
                "Digest stale, realm=\"example.com\", nonce=\"a\"",
                "Digest realm=\"example.com\" nonce=\"a\"",
                "Digest realm=\"example.com\", nonce=\"a\", Digest realm=\"other\", nonce=\"b",
                "Digest realm=\"example.com\", nonce=\"a\", Basic realm=\"other\""
            })
    @DisplayName("22.1 a challenge with a needless slip is answered")
    void challenge(String challenge) {
        try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
            scene.server.enqueue(SipMethod.REGISTER, raw(401, "WWW-Authenticate: " + challenge, "no header", "- From"));
            UserAgent alice = scene.agent("alice", options -> options.password("secret"));
            RegisteringBench.goOn(alice.start());
            scene.advance(AT_ONCE);
            assertThat(alice.isRegistered()).isTrue();
            SipRequest last = scene.server.requests(SipMethod.REGISTER).get(1);
            assertThat(last.headers().first("Authorization").orElseThrow())
                    .contains("realm=\"example.com\"", "nonce=\"a\"");
        }
    }

    // --------------------------------------------------------------------------------------------------- requests

    private static List<Integer> answers(Scene scene, String text) {
        int before = scene.server.responses().size();
        scene.server.sendRaw("alice", text.getBytes(StandardCharsets.ISO_8859_1));
        scene.run();
        return scene.server.responses().stream()
                .skip(before)
                .map(SipResponse::status)
                .toList();
    }

    private static int ask(String start, String from, String to, String rest, List<String> got) {
        try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
            UserAgent alice = scene.started("alice");
            alice.addListener(UserAgentListener.incoming(message -> got.add(message.text())));
            List<Integer> answers = answers(
                    scene,
                    start + " SIP/2.0\r\nVia: SIP/2.0/WS p.invalid;branch=z9hG4bKq\r\nFrom: " + from + "\r\nTo: " + to
                            + "\r\nCall-ID: q\r\nCSeq: 1 MESSAGE\r\n" + rest + "\r\nHello");
            assertThat(answers).hasSize(1);
            return answers.get(0);
        }
    }

    private static void assertDelivered(String start, String from, String to, String rest) {
        List<String> got = new ArrayList<>();
        assertThat(ask(start, from, to, rest, got)).isEqualTo(200);
        assertThat(got).containsExactly("Hello");
    }

    private static final String START = "MESSAGE sip:alice@example.com";
    private static final String FROM = "<sip:bob@example.com>;tag=1";
    private static final String TO = "<sip:alice@example.com>";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sip:bob@example.com>;tag=1;",
                "<sip:bob@example.com>;tag=1 ; ",
                "<sip:bob@example.com>;tag=1;\r\n ",
                "<sip:bob@example.com;foo=bar;>;tag=1",
                "<sip:bob@example.com;thinfo=\"VG8=\">;tag=1",
                "<sip:bob@example.com;thinfo=VG8=>;tag=1",
                "< sip:bob@example.com >;tag=1",
                "Bob sip:bob@example.com;tag=1",
                "Bob Smith sip:bob@example.com;tag=1",
                "\"Bob\" sip:bob@example.com;tag=1",
                "\"Bob <sip:bob@example.com>;tag=1",
                "Bob\" <sip:bob@example.com>;tag=1",
                "Bob (home) <sip:bob@example.com>;tag=1",
                "Smith, Bob <sip:bob@example.com>;tag=1",
                "Bob: a/b <sip:bob@example.com>;tag=1",
                "bob@example.com <sip:bob@example.com>;tag=1"
            })
    @DisplayName("20.20 a From whose URI leaves no doubt is taken")
    void from(String from) {
        assertDelivered(START, from, TO, "");
        assertDelivered(START, FROM, from.replace("bob", "alice").replace(";tag=1", ""), "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nContent-Length: 5\r\n",
                "Content-Length: 5\r\nl: 05\r\n",
                "Max-Forwards: 70\r\nMax-Forwards: 70\r\n",
                "From: <sip:bob@example.com>;tag=1\r\n",
                "To:  <sip:alice@example.com>\r\n",
                "Call-ID: q\r\n",
                "CSeq: 1\r\n MESSAGE\r\n",
                "Content-Type: text/plain\r\nc: text/plain\r\n",
                "Content-Type: text/plain;\r\n",
                "Content-Type: text/plain;charset=utf-8 ; \r\n",
                "this is no header\r\n",
                "X-My Header: 1\r\n",
                "X-\u00fc: 1\r\n",
                ": 1\r\n",
                "X: a\nb\r\n",
                "Route: <sip:h;lr>;;\r\n",
                "Record-Route: <sip:h;lr>;\r\n",
                "Contact: <sip:bob@h;>;;\r\n",
                "Refer-To: <sip:h>;\r\n",
                "Accept: text/plain;\r\n",
                "Via: SIP/2.0/TCP h;;\r\n"
            })
    @DisplayName("8.2.2 a needless slip in a request costs nothing")
    void request(String rows) {
        assertDelivered(START, FROM, TO, rows);
    }

    @Test
    @DisplayName(
            "20.42 a Via with a semicolon too many, or with an IPv6 address without brackets, is answered as it came")
    void requestVia() {
        try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
            UserAgent alice = scene.started("alice");
            alice.addListener(UserAgentListener.incoming(message -> {}));
            int number = 0;
            for (String via : List.of(
                    "SIP/2.0/WS 192.0.2.1;branch=z9hG4bKx%s;",
                    "SIP/2.0/WS 2001:db8::9:1;branch=z9hG4bKx%s", "SIP/2.0/WS ::ffff:192.0.2.1 ;branch=z9hG4bKx%s")) {
                String value = String.format(via, ++number);
                assertThat(answers(
                                scene,
                                START + " SIP/2.0\r\nVia: " + value + "\r\nFrom: " + FROM + "\r\nTo: " + TO
                                        + "\r\nCall-ID: v" + number + "\r\nCSeq: 1 MESSAGE\r\n\r\nHello"))
                        .containsExactly(200);
                List<SipResponse> all = scene.server.responses();
                assertThat(all.get(all.size() - 1).headers().first("Via")).contains(value);
            }
        }
    }

    @Test
    @DisplayName("7.1 a semicolon too many behind the Request-URI, and a row of 9,000 octets")
    void requestUri() {
        assertDelivered(START + ";", FROM, TO, "X: " + "x".repeat(9_000) + "\r\n");
        assertDelivered(START + ";user=phone;", FROM, TO, "");
    }

    @Test
    @DisplayName("8.2.6.2 the tag of the answer stands behind the To, whatever stood there")
    void toTag() {
        try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
            UserAgent alice = scene.started("alice");
            alice.addListener(UserAgentListener.incoming(message -> {}));
            assertThat(
                            answers(
                                    scene,
                                    START + " SIP/2.0\r\nVia: SIP/2.0/WS h;branch=z9hG4bKt\r\nFrom: " + FROM
                                            + "\r\nTo: <sip:alice@example.com>;x=y ; \r\nCall-ID: t\r\nCSeq: 1 MESSAGE\r\n\r\nHi"))
                    .containsExactly(200);
            List<SipResponse> all = scene.server.responses();
            assertThat(all.get(all.size() - 1).headers().first("To").orElseThrow())
                    .startsWith("<sip:alice@example.com>;x=y;tag=");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nContent-Length: 4\r\n",
                "Content-Length: 6\r\n",
                "Content-Length: \r\n",
                "Content-Length: -1\r\n",
                "From: <sip:carol@example.com>;tag=1\r\n",
                "Call-ID: other\r\n",
                "CSeq: 2 MESSAGE\r\n",
                "Content-Type: text/plain;;\r\n",
                "Content-Type: text/plain\r\nContent-Type: text/html\r\n",
                "Require: x\ny\r\n"
            })
    @DisplayName("18.3 two values, and a length that is none, are refused")
    void refused(String rows) {
        assertThat(ask(START, FROM, TO, rows, new ArrayList<>())).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<sip:bob@example.com>;;tag=1", "<sip:bob@example.com;;>;tag=1", "<sip:a@h>, <sip:b@h>"})
    @DisplayName("25.1 two semicolons in a part that a request needs, and two values, stay malformed")
    void refusedFrom(String from) {
        assertThat(ask(START, from, TO, "", new ArrayList<>())).isEqualTo(400);
    }

    @Test
    @DisplayName("7 a request whose lines end with LF alone is refused, and the sender hears it")
    void requestOfLineFeeds() {
        try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
            UserAgent alice = scene.started("alice");
            String text = START + " SIP/2.0\nVia: SIP/2.0/WS h;branch=z9hG4bKl\nFrom: " + FROM + "\nTo: " + TO
                    + "\nCall-ID: l\nCSeq: 1 MESSAGE\n\nHello";
            assertThat(answers(scene, text)).containsExactly(400);
            assertThat(alice.metrics().discarded(Discard.MALFORMED_REQUEST)).isEqualTo(1);
        }
    }

    // ---------------------------------------------------------------------------------------------------- counted

    private static String message(String id, String rows, String body) {
        return START + " SIP/2.0\r\nVia: SIP/2.0/WS p.invalid;branch=z9hG4bK" + id + "\r\nFrom: " + FROM + "\r\nTo: "
                + TO + "\r\nCall-ID: " + id + "\r\nCSeq: 1 MESSAGE\r\n" + rows + "\r\n" + body;
    }

    @Test
    @DisplayName("18.3 a second message in one frame, and a length counted in characters, leave a sign")
    void surplus() {
        try (LogTrap log = new LogTrap("io.websip.connection");
                Scene scene = new Scene(server -> server.noAuth().lenient())) {
            UserAgent alice = scene.started("alice");
            alice.addListener(UserAgentListener.incoming(message -> {}));
            String two = message("s1", "Content-Length: 1\r\n", "x") + message("s2", "Content-Length: 1\r\n", "y");
            assertThat(answers(scene, two)).containsExactly(200);
            assertThat(answers(scene, message("s3", "Content-Length: 2\r\n", "\u00c3\u00a9\u00c3\u00a9\u00c3\u00a9")))
                    .containsExactly(200);
            assertThat(answers(scene, message("s4", "Content-Length: 2\r\n", "xy\r\n")))
                    .containsExactly(200);
            assertThat(alice.metrics().discarded(Discard.SURPLUS_OCTETS)).isEqualTo(2);
            assertThat(log.records()).hasSize(1);
        }
    }

    @Test
    @DisplayName("what is left out is counted by kind, and shown once a minute with its number")
    void counted() {
        try (LogTrap log = new LogTrap("io.websip.connection");
                Scene scene = new Scene(server -> server.noAuth().lenient())) {
            UserAgent alice = scene.started("alice");
            assertThat(alice.metrics().discarded()).isEmpty();
            for (int i = 0; i < 100; i++) {
                scene.raw("alice", "nonsense\n\n");
            }
            scene.raw("alice", "SIP/2.0 2x0 OK\n\n");
            assertThat(log.records()).hasSize(1);
            scene.seconds(60);
            scene.raw("alice", "\u001b[31m nonsense\n\n");
            assertThat(log.records()).hasSize(2).allSatisfy(line -> {
                assertThat(line.getLevel()).isEqualTo(Level.WARNING);
                assertThat(line.getMessage() + java.util.Arrays.toString(line.getParameters()))
                        .doesNotContain("\u001b", "nonsense");
            });
            assertThat(log.records().get(1).getParameters()).contains(101);
            assertThat(alice.metrics().discarded(Discard.MALFORMED_REQUEST)).isEqualTo(101);
            assertThat(alice.metrics().discarded(Discard.MALFORMED_RESPONSE)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("17.1.3 a late response and an ACK are counted, and no news")
    void strays() {
        try (LogTrap log = new LogTrap("io.websip.connection");
                Scene scene = new Scene(server -> server.noAuth().lenient())) {
            UserAgent alice = scene.started("alice");
            String vias = "Via: SIP/2.0/WS p.invalid;branch=z9hG4bKz\n";
            scene.raw("alice", "SIP/2.0 200 OK\n" + vias + "CSeq: 1 MESSAGE\n\n");
            scene.raw("alice", "SIP/2.0 200 OK\n" + vias + vias + "CSeq: 1 MESSAGE\n\n");
            assertThat(answers(scene, message("a", "", "").replace("MESSAGE", "ACK")))
                    .isEmpty();
            assertThat(alice.metrics().discarded())
                    .containsOnly(
                            java.util.Map.entry(Discard.STRAY_RESPONSE, 2L),
                            java.util.Map.entry(Discard.STRAY_ACK, 1L));
            assertThat(log.records()).isEmpty();
        }
    }

    @Test
    @DisplayName("8.1.3.4 of the contacts of a 302 the malformed ones are left out and counted, and the others tried")
    void redirect() {
        try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(
                    SipMethod.MESSAGE,
                    raw(302, "Contact: <sip:@>, <sip:carol@example.com;;x=y> ;; <sip:dave@example.com;>;;q=0.5;"));
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(200));
            CompletableFuture<SipResponse> sent = alice.sendMessage(
                    "bob",
                    "Hello",
                    "text/plain",
                    io.websip.config.MessageOptions.builder().followRedirects(3).build());
            scene.advance(AT_ONCE);
            assertThat(sent.join().status()).isEqualTo(200);
            assertThat(scene.messages().get(1).requestUriText()).isEqualTo("sip:dave@example.com");
            assertThat(alice.metrics().discarded(Discard.MALFORMED_ELEMENT)).isPositive();
        }
    }
}
