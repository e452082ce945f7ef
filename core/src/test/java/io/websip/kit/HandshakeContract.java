package io.websip.kit;

import static io.websip.kit.KitOptions.DEFAULTS;
import static io.websip.kit.KitOptions.SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import io.websip.transport.Connection;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The upgrade in octets of HTTP: what is asked, and every answer that opens nothing. */
public abstract class HandshakeContract extends OctetContract {
    @Test
    void offersTheSubprotocolSip() {
        RawWebSocketServer server = rawServer();
        connect(transport(DEFAULTS), server.address());
        UpgradeRequest request = server.accept().readRequest();
        assertThat(request.line()).isEqualTo("GET / HTTP/1.1");
        assertThat(request.header("Host"))
                .isEqualTo("127.0.0.1:" + server.address().port());
        assertThat(request.header("Upgrade")).isEqualToIgnoringCase("websocket");
        assertThat(request.header("Connection")).isEqualToIgnoringCase("upgrade");
        assertThat(request.header("Sec-WebSocket-Version")).isEqualTo("13");
        assertThat(request.header("Sec-WebSocket-Protocol")).isEqualTo("sip");
        assertThat(Base64.getDecoder().decode(request.header("Sec-WebSocket-Key")))
                .hasSize(16);
    }

    @Test
    void eachHandshakeHasAKeyOfItsOwn() {
        RawWebSocketServer server = rawServer();
        Transport transport = transport(DEFAULTS);
        connect(transport, server.address());
        connect(transport, server.address());
        String first = server.accept().readRequest().header("Sec-WebSocket-Key");
        String second = server.accept().readRequest().header("Sec-WebSocket-Key");
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void asksForThePathAndQueryOfTheAddress() {
        RawWebSocketServer server = rawServer();
        connect(transport(DEFAULTS), server.address("127.0.0.1", "/sip/a%20b?tenant=1&x=%2F"));
        assertThat(server.accept().readRequest().line()).isEqualTo("GET /sip/a%20b?tenant=1&x=%2F HTTP/1.1");
    }

    /** What no URI may hold goes out as UTF-8 in escapes (RFC 3986 section 2.5), whatever library writes it. */
    @Test
    void escapesWhatNoUrlMayHold() {
        RawWebSocketServer server = rawServer();
        connect(transport(DEFAULTS), server.address("127.0.0.1", "/\u010dadmin/{a}?token=a|b{c}\u20ac&x[]=%2f"));
        assertThat(server.accept().readRequest().line())
                .isEqualTo("GET /%C4%8Dadmin/%7Ba%7D?token=a%7Cb%7Bc%7D%E2%82%AC&x[]=%2f HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kamailio_1", "_sip.a_b.example.com", "1af019b2ba08", "a_b."})
    void aHostWithAnUnderscoreIsReached(String host) {
        RawWebSocketServer server = rawServer();
        int port = server.address().port();
        RecordingListener listener = connect(
                transport(DEFAULTS),
                ServerAddress.parse("ws://" + host + "/sip?x").at(InetAddress.getLoopbackAddress(), port));
        RawWebSocket peer = server.accept();
        UpgradeRequest request = peer.readRequest();
        assertThat(request.line()).isEqualTo("GET /sip?x HTTP/1.1");
        assertThat(request.header("Host")).isEqualTo(host + ":" + port);
        peer.write(request.goodAnswer());
        listener.awaitOpen();
    }

    @Test
    void aRedirectIsRefusedAndNamesWhereTo() {
        RawWebSocketServer server = rawServer();
        RecordingListener listener = connect(transport(DEFAULTS), server.address());
        RawWebSocket peer = server.accept();
        peer.readRequest();
        peer.write("HTTP/1.1 302 Found\r\nLocation: ws://me:s3cret@h/ws?token=s3cret\r\nContent-Length: 0\r\n\r\n");
        Closure.Refused refused = listener.awaitClosed(Closure.Refused.class);
        assertThat(refused.httpStatus()).isEqualTo(302);
        assertThat(refused.toString())
                .isEqualTo("refused with HTTP 302 (Found, Location: ws://...@h/ws)")
                .doesNotContain("s3cret");
    }

    @Test
    void theTokenInAQueryIsInNoMessage() {
        ServerAddress nobody = nobody();
        ServerAddress withToken = ServerAddress.parse(nobody + "/?token=s3cret");
        RecordingListener listener = connect(transport(DEFAULTS), withToken);
        Throwable cause = listener.awaitClosed(Closure.Failed.class).cause();
        while (cause != null) {
            assertThat(cause.toString()).doesNotContain("s3cret");
            cause = cause.getCause();
        }
    }

    @Test
    void anInterimAnswerIsPassedOver() {
        RawWebSocketServer server = rawServer();
        RecordingListener listener = connect(transport(DEFAULTS), server.address());
        RawWebSocket peer = server.accept();
        peer.write("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
                + peer.readRequest().goodAnswer());
        listener.awaitOpen();
    }

    @Test
    void looksUpAHostName() {
        RawWebSocketServer server = rawServer();
        RecordingListener listener = connect(transport(DEFAULTS), server.address("localhost", "/"));
        server.accept().open();
        listener.awaitOpen();
    }

    /** A host that was located, as by DNS, stays what the Host header says, whether or not it has an address of its own. */
    @Test
    void aHostThatWasLocatedIsNotLookedUpAndStaysInTheHostHeader() {
        RawWebSocketServer server = rawServer();
        int port = server.address().port();
        connect(
                transport(DEFAULTS),
                ServerAddress.parse("ws://located.invalid/sip").at(InetAddress.getLoopbackAddress(), port));
        UpgradeRequest request = server.accept().readRequest();
        assertThat(request.line()).isEqualTo("GET /sip HTTP/1.1");
        assertThat(request.header("Host")).isEqualTo("located.invalid:" + port);
    }

    @Test
    void aMessageInOnePieceWithTheAnswerIsToldAfterTheOpening() {
        RawWebSocketServer server = rawServer();
        RecordingListener listener = connect(transport(DEFAULTS), server.address());
        RawWebSocket peer = server.accept();
        peer.write(peer.readRequest().goodAnswer() + "\u0081\u0002hi");
        assertThat(listener.awaitTexts(1)).containsExactly("hi");
    }

    @Test
    void anAnswerByteByByteOpens() {
        RawWebSocketServer server = rawServer();
        RecordingListener listener = connect(transport(DEFAULTS), server.address());
        RawWebSocket peer = server.accept();
        for (char octet : peer.readRequest().goodAnswer().toCharArray()) {
            peer.write(String.valueOf(octet));
        }
        listener.awaitOpen();
    }

    @Test
    void headerNamesAndTokensAreReadWithoutRegardToCase() {
        RawWebSocketServer server = rawServer();
        RecordingListener listener = connect(transport(DEFAULTS), server.address());
        RawWebSocket peer = server.accept();
        peer.write(UpgradeRequest.answer(
                "UPGRADE: WebSocket",
                "connection: keep-alive, upgrade",
                "sec-websocket-ACCEPT: " + peer.readRequest().acceptKey(),
                "Sec-Websocket-Protocol: sip"));
        listener.awaitOpen();
    }

    // ---- no connection ----

    @Test
    void anUnknownHostFailsAndNamesTheAddress() {
        ServerAddress unknown = ServerAddress.parse("ws://nowhere.invalid:9/");
        failsNaming(unknown, connect(transport(DEFAULTS.withConnectTimeout(SHORT)), unknown));
    }

    @Test
    void aServerThatDoesNotAcceptFailsAtTheConnectTimeout() {
        ServerAddress deaf = closeLater(RawWebSocketServer.deaf()).address();
        failsNaming(deaf, connect(transport(DEFAULTS.withConnectTimeout(SHORT)), deaf));
    }

    @Test
    void aSilentServerFailsAtTheHandshakeTimeout() {
        RawWebSocketServer server = rawServer();
        RecordingListener listener = connect(transport(DEFAULTS.withHandshakeTimeout(SHORT)), server.address());
        RawWebSocket peer = server.accept();
        peer.readRequest();
        failsNaming(server.address(), listener);
        assertThat(peer.endsWithoutAnotherByte()).isTrue();
    }

    @Test
    void aServerThatStopsWithinItsAnswerFailsAtTheHandshakeTimeout() {
        RawWebSocketServer server = rawServer();
        RecordingListener listener = connect(transport(DEFAULTS.withHandshakeTimeout(SHORT)), server.address());
        RawWebSocket peer = server.accept();
        peer.readRequest();
        peer.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n");
        failsNaming(server.address(), listener);
    }

    @Test
    void aServerThatHangsUpInsteadOfAnsweringFails() {
        RawWebSocketServer server = rawServer();
        RecordingListener listener = connect(transport(DEFAULTS), server.address());
        RawWebSocket peer = server.accept();
        peer.readRequest();
        peer.close();
        failsNaming(server.address(), listener);
    }

    @Test
    void anAnswerThatIsNotHttpFails() {
        RawWebSocketServer server = rawServer();
        RecordingListener listener = connect(transport(DEFAULTS), server.address());
        RawWebSocket peer = server.accept();
        peer.readRequest();
        peer.write("SIP/2.0 200 OK\r\n\r\n");
        failsNaming(server.address(), listener);
    }

    private static void failsNaming(ServerAddress address, RecordingListener listener) {
        Closure.Failed failed = listener.awaitClosed(Closure.Failed.class);
        assertThat(failed.cause()).hasMessageContaining(address.toString());
        assertThat(listener.wasOpened()).isFalse();
    }

    // ---- refused ----

    @ParameterizedTest
    @CsvSource({
        "200, OK",
        "301, Moved Permanently",
        "400, Bad Request",
        "401, Unauthorized",
        "403, Forbidden",
        "404, Not Found",
        "407, Proxy Authentication Required",
        "426, Upgrade Required",
        "500, Internal Server Error",
        "503, Come Back Later"
    })
    void anotherHttpStatusIsRefusedWithItsReason(int status, String reason) {
        RawWebSocketServer server = rawServer();
        RecordingListener listener = connect(transport(DEFAULTS), server.address());
        RawWebSocket peer = server.accept();
        peer.readRequest();
        peer.write("HTTP/1.1 " + status + " " + reason + "\r\nContent-Length: 5\r\n\r\nhello");
        assertThat(listener.awaitClosed()).isEqualTo(new Closure.Refused(status, reason));
        assertThat(peer.endsWithoutAnotherByte()).isTrue();
    }

    /** None is left out but 101: no status is for the transport to treat, and not for its user. */
    @Test
    void eachHttpStatusIsRefused() {
        RawWebSocketServer server = rawServer();
        Transport transport = transport(DEFAULTS);
        for (int status = 200; status < 600; status++) {
            RecordingListener listener = connect(transport, server.address());
            RawWebSocket peer = server.accept();
            peer.readRequest();
            peer.write("HTTP/1.1 " + status + " Just So\r\nContent-Length: 0\r\n\r\n");
            assertThat(listener.awaitClosed()).isEqualTo(new Closure.Refused(status, "Just So"));
        }
    }

    @Test
    void aRefusalWhoseBodyNeverEndsIsToldAtOnce() {
        RawWebSocketServer server = rawServer();
        RecordingListener listener = connect(transport(DEFAULTS), server.address());
        RawWebSocket peer = server.accept();
        peer.readRequest();
        peer.write("HTTP/1.1 503 Busy\r\nContent-Type: text/plain\r\n\r\nwait");
        assertThat(listener.awaitClosed()).isEqualTo(new Closure.Refused(503, "Busy"));
    }

    @ParameterizedTest
    @CsvSource({
        "120, 120",
        "0, 0",
        "99999999999999999999, 2592000",
        "'Wed, 21 Oct 2015 07:28:00 GMT', 0",
        "'Fri, 31 Dec 9999 23:59:59 GMT', 2592000",
        "-5,",
        "soon,"
    })
    void retryAfterOfARefusalIsTold(String header, @Nullable Long seconds) {
        RawWebSocketServer server = rawServer();
        RecordingListener listener = connect(transport(DEFAULTS), server.address());
        RawWebSocket peer = server.accept();
        peer.readRequest();
        peer.write("HTTP/1.1 503 Busy\r\nRetry-After: " + header + "\r\nContent-Length: 0\r\n\r\n");
        assertThat(listener.awaitClosed(Closure.Refused.class).retryAfter())
                .isEqualTo(Optional.ofNullable(seconds).map(Duration::ofSeconds));
    }

    @Test
    void aRedirectIsNotFollowed() {
        RawWebSocketServer server = rawServer();
        Transport transport = transport(DEFAULTS);
        RecordingListener listener = connect(transport, server.address());
        RawWebSocket peer = server.accept();
        peer.readRequest();
        peer.write("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:"
                + server.address().port() + "/elsewhere\r\nContent-Length: 0\r\n\r\n");
        assertThat(listener.awaitClosed())
                .isEqualTo(new Closure.Refused(
                        302,
                        "Found, Location: http://127.0.0.1:" + server.address().port() + "/elsewhere"));
        connect(transport, server.address("127.0.0.1", "/next"));
        assertThat(server.accept().readRequest().line()).startsWith("GET /next ");
    }

    static Stream<Arguments> brokenAnswers() {
        return Stream.of(
                broken("no subprotocol", r -> good(r, 3, "X-Nothing: 1")),
                broken("another subprotocol", r -> good(r, 3, "Sec-WebSocket-Protocol: xmpp")),
                broken("two subprotocols", r -> good(r, 3, "Sec-WebSocket-Protocol: sip, xmpp")),
                broken("an empty subprotocol", r -> good(r, 3, "Sec-WebSocket-Protocol: ")),
                broken("a wrong accept key", r -> good(r, 2, "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")),
                broken("no accept key", r -> good(r, 2, "X-Nothing: 1")),
                broken("another connection option", r -> good(r, 1, "Connection: keep-alive")),
                broken("no connection option", r -> good(r, 1, "X-Nothing: 1")),
                broken("another upgrade", r -> good(r, 0, "Upgrade: h2c")),
                broken("no upgrade", r -> good(r, 0, "X-Nothing: 1")));
    }

    private static Arguments broken(String what, Function<UpgradeRequest, String> answer) {
        return Arguments.of(what, answer);
    }

    private static String good(UpgradeRequest request, int line, String instead) {
        String[] headers = {
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: " + request.acceptKey(),
            "Sec-WebSocket-Protocol: sip"
        };
        headers[line] = instead;
        return UpgradeRequest.answer(headers);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenAnswers")
    void aHandshakeThatBreaksARuleIsRefusedWith101(String what, Function<UpgradeRequest, String> answer) {
        RawWebSocketServer server = rawServer();
        RecordingListener listener = connect(transport(DEFAULTS), server.address());
        RawWebSocket peer = server.accept();
        peer.write(answer.apply(peer.readRequest()));
        Closure.Refused refused = listener.awaitClosed(Closure.Refused.class);
        assertThat(refused.httpStatus()).isEqualTo(101);
        assertThat(refused.reason()).isNotBlank();
        assertThat(listener.wasOpened()).isFalse();
    }

    @Test
    void anExtensionThatWasNotOfferedIsRefused() {
        RawWebSocketServer server = rawServer();
        RecordingListener listener = connect(transport(DEFAULTS), server.address());
        RawWebSocket peer = server.accept();
        peer.write(good(peer.readRequest(), 3, "Sec-WebSocket-Protocol: sip\r\nSec-WebSocket-Extensions: x-mystery"));
        assertThat(listener.awaitClosed(Closure.Refused.class).httpStatus()).isEqualTo(101);
    }

    // ---- given up ----

    @Test
    void anAttemptGivenUpWhileItsHostIsLookedUpIsToldItsEnd() {
        RawWebSocketServer server = rawServer();
        Transport transport = transport(DEFAULTS);
        EventLoop loop = transport.newEventLoop();
        RecordingListener listener = listener(loop);
        onLoop(loop, () -> {
            Connection connection = transport.connect(server.address("localhost", "/"), loop, listener);
            listener.hearsNothingDuring(connection::abort);
        });
        listener.awaitClosed(Closure.Failed.class);
    }
}
