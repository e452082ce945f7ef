package io.websip.kit;

import static io.websip.kit.KitOptions.DEFAULTS;
import static io.websip.kit.KitOptions.SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.text.TimeText;
import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import io.websip.transport.socket.ProxyServer;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SNIHostName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way through a proxy: HTTP CONNECT (RFC 9110 section 9.3.6) and SOCKS 5 (RFC 1928, RFC 1929). */
public abstract class ProxyContract extends SettingsContract {
    private static final String ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n";
    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("me:s3cret".getBytes(StandardCharsets.UTF_8));

    /** For longer than a transport may wait for more of a connection that has ended. */
    private static final Duration LONG_AFTER_THE_END = Duration.ofMillis(1_500);

    private RawProxy proxy() {
        return closeLater(new RawProxy());
    }

    private static ProxyServer http(RawProxy proxy) {
        return ProxyServer.http("127.0.0.1", proxy.port());
    }

    private static ProxyServer socks(RawProxy proxy) {
        return ProxyServer.socks5("127.0.0.1", proxy.port());
    }

    // ---- HTTP CONNECT ----

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void httpConnectOpensATunnelForWsAndWss(boolean secure) {
        RawProxy proxy = proxy();
        RawWebSocketServer server =
                secure ? closeLater(RawWebSocketServer.secure(KitCertificates.localhost())) : rawServer();
        ServerAddress address = server.address("127.0.0.1", "/sip?x=1");
        KitOptions options = secure ? DEFAULTS.trustingKitCa() : DEFAULTS;
        Dialed dialed = dial(newBuilder(options).proxy(http(proxy)), address);
        proxy.accept();
        String head = proxy.readHead();
        assertThat(head)
                .startsWith("CONNECT 127.0.0.1:" + address.port() + " HTTP/1.1\r\n")
                .containsIgnoringCase("\r\nHost: 127.0.0.1:" + address.port() + "\r\n")
                .doesNotContainIgnoringCase("Proxy-Authorization");
        proxy.write(ESTABLISHED);
        proxy.relayTo(address.port());
        RawWebSocket peer = server.accept();
        assertThat(peer.open().line()).isEqualTo("GET /sip?x=1 HTTP/1.1");
        dialed.listener().awaitOpen();
        talks(dialed, peer);
    }

    @Test
    void httpCredentialsGoToTheProxyAndNoFurther() {
        RawProxy proxy = proxy();
        RawWebSocketServer server = rawServer();
        Dialed dialed = dial(builder().proxy(http(proxy).withCredentials("me", "s3cret")), server.address());
        proxy.accept();
        assertThat(proxy.readHead()).containsIgnoringCase("\r\nProxy-Authorization: " + BASIC + "\r\n");
        proxy.write(ESTABLISHED);
        proxy.relayTo(server.address().port());
        RawWebSocket peer = server.accept();
        assertThat(peer.open().headers()).doesNotContainKeys("proxy-authorization", "authorization");
        dialed.listener().awaitOpen();
        talks(dialed, peer);
    }

    @Test
    void aServersNameIsLookedUpByTheHttpProxyAlone() {
        RawProxy proxy = proxy();
        ServerAddress far = ServerAddress.parse("ws://sip.example.invalid:5062/");
        Dialed dialed = dial(
                builder().proxy(http(proxy)).hostLookup(host -> {
                    throw new UnknownHostException(host);
                }),
                far);
        proxy.accept();
        assertThat(proxy.readHead()).startsWith("CONNECT sip.example.invalid:5062 ");
        proxy.write(ESTABLISHED);
        assertThat(proxy.readHead()).contains("GET / HTTP/1.1\r\n").containsIgnoringCase("Host: sip.example.invalid");
        proxy.hangUp();
        dialed.listener().awaitClosed(Closure.Failed.class);
    }

    /** Names of containers have underscores, which the URI of the JDK does not know: that of the server and of the proxy. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hostsWithUnderscoresAreReachedThroughAProxyWithOne(boolean credentials) {
        RawProxy proxy = proxy();
        RawWebSocketServer server = rawServer();
        ServerAddress far = ServerAddress.parse("ws://kamailio_1:5062/sip?x=1");
        ProxyServer through = ProxyServer.http("squid_1", proxy.port());
        Dialed dialed = dial(
                builder()
                        .proxy(credentials ? through.withCredentials("me", "s3cret") : through)
                        .hostLookup(host -> {
                            assertThat(host).isEqualTo("squid_1");
                            return List.of(InetAddress.getByName("127.0.0.1"));
                        }),
                far);
        proxy.accept();
        assertThat(proxy.readHead())
                .startsWith("CONNECT kamailio_1:5062 HTTP/1.1\r\n")
                .matches(head -> credentials == head.contains(BASIC));
        proxy.write(ESTABLISHED);
        proxy.relayTo(server.address().port());
        RawWebSocket peer = server.accept();
        assertThat(peer.open().header("Host")).isEqualTo("kamailio_1:5062");
        dialed.listener().awaitOpen();
        talks(dialed, peer);
    }

    /** One that was located, as by DNS: the proxy gets the address that was found, and the server sees its name. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theHttpProxyIsAskedForTheAddressOfALocatedServer(boolean secure) {
        RawProxy proxy = proxy();
        RawWebSocketServer server =
                secure ? closeLater(RawWebSocketServer.secure(KitCertificates.otherHost())) : rawServer();
        int port = server.address().port();
        KitOptions options = secure ? DEFAULTS.trustingKitCa() : DEFAULTS;
        Dialed dialed = dial(newBuilder(options).proxy(http(proxy)), located(secure ? "wss" : "ws", port));
        proxy.accept();
        assertThat(proxy.readHead()).startsWith("CONNECT 127.0.0.1:" + port + " HTTP/1.1\r\n");
        proxy.write(ESTABLISHED);
        proxy.relayTo(port);
        RawWebSocket peer = server.accept();
        assertThat(peer.open().header("Host")).isEqualTo("other.example:" + port);
        dialed.listener().awaitOpen();
        if (secure) {
            assertThat(peer.tlsSession().getRequestedServerNames()).containsExactly(new SNIHostName("other.example"));
        }
        talks(dialed, peer);
    }

    /** The way through it is open before the thread that has written the CONNECT has come back from that. */
    @RepeatedTest(20)
    void anHttpProxyMayAnswerAtOnce() {
        httpConnectOpensATunnelForWsAndWss(false);
    }

    private static ServerAddress located(String scheme, int port) {
        return ServerAddress.parse(scheme + "://other.example/sip").at(InetAddress.getLoopbackAddress(), port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"407 Proxy Authentication Required", "403 Forbidden", "502 Bad Gateway"})
    void aRefusalOfTheHttpProxyIsToldWithItsStatus(String status) {
        RawProxy proxy = proxy();
        ProxyServer through = http(proxy).withCredentials("me", "s3cret");
        ServerAddress address = RawWebSocketServer.nobody();
        Dialed dialed = dial(builder().proxy(through), address);
        proxy.accept();
        proxy.readHead();
        proxy.write("HTTP/1.1 " + status + "\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n");
        failsNaming(dialed, address, through, status.substring(0, 3));
    }

    @Test
    void aRefusalOfTheHttpProxyIsToldForWssToo() {
        RawProxy proxy = proxy();
        ServerAddress address = ServerAddress.parse("wss://127.0.0.1:5061/");
        Dialed dialed = dial(newBuilder(DEFAULTS.trustingKitCa()).proxy(http(proxy)), address);
        proxy.accept();
        proxy.readHead();
        proxy.write("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
        failsNaming(dialed, address, http(proxy), "407");
    }

    // ---- SOCKS 5 ----

    @Test
    void socksOpensATunnel() {
        RawProxy proxy = proxy();
        RawWebSocketServer server = rawServer();
        Dialed dialed = dial(builder().proxy(socks(proxy)), server.address());
        proxy.accept();
        assertThat(proxy.read(3)).containsExactly(5, 1, 0);
        proxy.write(new byte[] {5, 0});
        int port = server.address().port();
        assertThat(proxy.read(10)).containsExactly(5, 1, 0, 1, 127, 0, 0, 1, port >> 8, port);
        proxy.write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 1});
        proxy.relayTo(port);
        RawWebSocket peer = server.accept();
        peer.open();
        dialed.listener().awaitOpen();
        talks(dialed, peer);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSocksProxyIsAskedForTheAddressOfALocatedServer(boolean secure) {
        RawProxy proxy = proxy();
        RawWebSocketServer server =
                secure ? closeLater(RawWebSocketServer.secure(KitCertificates.otherHost())) : rawServer();
        int port = server.address().port();
        KitOptions options = secure ? DEFAULTS.trustingKitCa() : DEFAULTS;
        Dialed dialed = dial(newBuilder(options).proxy(socks(proxy)), located(secure ? "wss" : "ws", port));
        proxy.accept();
        proxy.read(3);
        proxy.write(new byte[] {5, 0});
        assertThat(proxy.read(10)).containsExactly(5, 1, 0, 1, 127, 0, 0, 1, port >> 8, port);
        proxy.write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 1});
        proxy.relayTo(port);
        RawWebSocket peer = server.accept();
        assertThat(peer.open().header("Host")).isEqualTo("other.example:" + port);
        dialed.listener().awaitOpen();
        if (secure) {
            assertThat(peer.tlsSession().getRequestedServerNames()).containsExactly(new SNIHostName("other.example"));
        }
        talks(dialed, peer);
    }

    @Test
    void theSocksProxyIsAskedForAnIpv6Address() {
        RawProxy proxy = proxy();
        RawWebSocketServer server = rawServer();
        int port = server.address().port();
        Dialed dialed = dial(builder().proxy(socks(proxy)), ServerAddress.parse("ws://[2001:db8::7]:" + port + "/"));
        proxy.accept();
        proxy.read(3);
        proxy.write(new byte[] {5, 0});
        assertThat(proxy.read(4)).containsExactly(5, 1, 0, 4);
        assertThat(proxy.read(16)).containsExactly(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7);
        assertThat(proxy.read(2)).containsExactly(port >> 8, port);
        proxy.write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 1});
        proxy.relayTo(port);
        RawWebSocket peer = server.accept();
        assertThat(peer.open().header("Host")).isEqualTo("[2001:db8::7]:" + port);
        dialed.listener().awaitOpen();
        talks(dialed, peer);
    }

    @Test
    void socksTakesCredentials() {
        RawProxy proxy = proxy();
        RawWebSocketServer server = rawServer();
        Dialed dialed = dial(builder().proxy(socks(proxy).withCredentials("me", "s3cret")), server.address());
        askForPassword(proxy);
        proxy.write(new byte[] {1, 0});
        proxy.read(10);
        proxy.write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 1});
        proxy.relayTo(server.address().port());
        RawWebSocket peer = server.accept();
        peer.open();
        dialed.listener().awaitOpen();
        talks(dialed, peer);
    }

    private static void askForPassword(RawProxy proxy) {
        proxy.accept();
        byte[] greeting = proxy.read(2);
        assertThat(proxy.read(greeting[1])).contains((byte) 2);
        proxy.write(new byte[] {5, 2});
        byte[] login = "..me.s3cret".getBytes(StandardCharsets.US_ASCII);
        login[0] = 1;
        login[1] = 2;
        login[4] = 6;
        assertThat(proxy.read(login.length)).isEqualTo(login);
    }

    @Test
    void aWrongPasswordForSocksFails() {
        RawProxy proxy = proxy();
        ProxyServer through = socks(proxy).withCredentials("me", "s3cret");
        ServerAddress address = RawWebSocketServer.nobody();
        Dialed dialed = dial(builder().proxy(through), address);
        askForPassword(proxy);
        proxy.write(new byte[] {1, 1});
        failsNaming(dialed, address, through, "");
    }

    @Test
    void aServersNameIsLookedUpByTheSocksProxyAlone() {
        RawProxy proxy = proxy();
        ServerAddress far = ServerAddress.parse("ws://far.invalid:5062/");
        Dialed dialed = dial(
                builder().proxy(socks(proxy)).hostLookup(host -> {
                    throw new UnknownHostException(host);
                }),
                far);
        proxy.accept();
        proxy.read(3);
        proxy.write(new byte[] {5, 0});
        assertThat(proxy.read(5)).containsExactly(5, 1, 0, 3, "far.invalid".length());
        assertThat(new String(proxy.read("far.invalid".length()), StandardCharsets.US_ASCII))
                .isEqualTo("far.invalid");
        assertThat(proxy.read(2)).containsExactly(5062 >> 8, 5062 & 0xff);
        proxy.write(new byte[] {5, 4, 0, 1, 0, 0, 0, 0, 0, 0}); // host unreachable
        failsNaming(dialed, far, socks(proxy), "");
    }

    // ---- either ----

    @ParameterizedTest
    @ValueSource(strings = {"HTTP", "SOCKS5"})
    void aSilentProxyFailsAtTheConnectTimeout(ProxyServer.Kind kind) {
        RawProxy proxy = proxy();
        ProxyServer through = new ProxyServer(kind, "127.0.0.1", proxy.port(), null, null);
        ServerAddress address = RawWebSocketServer.nobody();
        Dialed dialed = dial(newBuilder(DEFAULTS.withConnectTimeout(SHORT)).proxy(through), address);
        proxy.accept();
        failsNaming(dialed, address, through, TimeText.of(SHORT));
    }

    /** What it says may have no end; told it must be, and in time. */
    @Test
    void aRefusalOfTheHttpProxyWhoseBodyNeverEndsFailsInTime() {
        RawProxy proxy = proxy();
        ServerAddress address = RawWebSocketServer.nobody();
        Dialed dialed = dial(newBuilder(DEFAULTS.withConnectTimeout(SHORT)).proxy(http(proxy)), address);
        proxy.accept();
        proxy.readHead();
        proxy.write("HTTP/1.1 503 Busy\r\nContent-Type: text/plain\r\n\r\nwait");
        failsNaming(dialed, address, http(proxy), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP", "SOCKS5"})
    void aProxyThatHangsUpFails(ProxyServer.Kind kind) {
        RawProxy proxy = proxy();
        ProxyServer through = new ProxyServer(kind, "127.0.0.1", proxy.port(), null, null);
        ServerAddress address = RawWebSocketServer.nobody();
        Dialed dialed = dial(builder().proxy(through), address);
        proxy.accept();
        proxy.read(3);
        proxy.hangUp();
        failsNaming(dialed, address, through, "");
    }

    /** The second takes its time, in which the end of the connection to the first is no end of the attempt. */
    @ParameterizedTest
    @ValueSource(strings = {"HTTP", "SOCKS5"})
    void theNextAddressOfAProxyIsTriedWhereOneHangsUp(ProxyServer.Kind kind) throws UnknownHostException {
        List<InetAddress> addresses = List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("127.0.0.2"));
        RawProxy first = proxy();
        RawProxy second = closeLater(new RawProxy("127.0.0.2", first.port()));
        RawWebSocketServer server = rawServer();
        Dialed dialed = dial(
                builder()
                        .proxy(new ProxyServer(kind, "proxy.example", first.port(), null, null))
                        .hostLookup(host -> addresses),
                server.address());
        first.accept();
        first.read(3);
        first.hangUp();
        long end = System.nanoTime();
        second.accept();
        Await.until("the end to be long ago", () -> System.nanoTime() - end > LONG_AFTER_THE_END.toNanos());
        openTheWay(second, kind);
        second.relayTo(server.address().port());
        RawWebSocket peer = server.accept();
        peer.open();
        dialed.listener().awaitOpen();
        talks(dialed, peer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP", "SOCKS5"})
    void theCheckOfACertificateThatFailedIsNamedBehindAProxyToo(ProxyServer.Kind kind) {
        RawProxy proxy = proxy();
        RawWebSocketServer server = closeLater(RawWebSocketServer.secure(KitCertificates.localhost()));
        int port = server.address().port();
        Dialed dialed = dial(
                builder().proxy(new ProxyServer(kind, "127.0.0.1", proxy.port(), null, null)),
                ServerAddress.parse("wss://127.0.0.1:" + port + "/"));
        proxy.accept();
        openTheWay(proxy, kind);
        proxy.relayTo(port);
        assertThatThrownBy(() -> server.accept().readRequest()).isInstanceOf(UncheckedIOException.class);
        assertThat(dialed.listener().awaitClosed(Closure.Failed.class).cause())
                .hasMessageContaining("is of no trusted authority");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP", "SOCKS5"})
    void aProxyThatIsNotThereFails(ProxyServer.Kind kind) {
        ServerAddress address = ServerAddress.parse("ws://far.invalid:5062/");
        ProxyServer through =
                new ProxyServer(kind, "127.0.0.1", RawWebSocketServer.nobody().port(), null, null);
        failsNaming(dial(builder().proxy(through), address), address, through, "");
    }

    /** All that a proxy says to one who wants to go to an IPv4 address. */
    private static void openTheWay(RawProxy proxy, ProxyServer.Kind kind) {
        if (kind == ProxyServer.Kind.HTTP) {
            proxy.readHead();
            proxy.write(ESTABLISHED);
        } else {
            proxy.read(3);
            proxy.write(new byte[] {5, 0});
            proxy.read(10);
            proxy.write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 1});
        }
    }

    private static void talks(Dialed dialed, RawWebSocket peer) {
        assertThat(dialed.connection().send("out".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(peer.read(Frame.TEXT).asText()).isEqualTo("out");
        peer.send(Frame.text("in"));
        assertThat(dialed.listener().awaitTexts(1)).containsExactly("in");
    }

    private static void failsNaming(Dialed dialed, ServerAddress address, ProxyServer proxy, String detail) {
        Exception cause = dialed.listener().awaitClosed(Closure.Failed.class).cause();
        assertThat(cause)
                .hasMessageContaining(address.toString())
                .hasMessageContaining(proxy.toString())
                .hasMessageContaining(detail);
        for (Throwable each = cause; each != null; each = each.getCause()) {
            assertThat(each.toString()).doesNotContain("s3cret").doesNotContain(BASIC);
        }
    }
}
