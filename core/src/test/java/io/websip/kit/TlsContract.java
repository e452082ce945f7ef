package io.websip.kit;

import static io.websip.kit.KitOptions.DEFAULTS;
import static io.websip.kit.KitOptions.SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import io.websip.transport.Connection;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** wss: whom a transport trusts, and that nothing is said to anybody else. */
public abstract class TlsContract extends OctetContract {
    private static final KitOptions TRUSTING = DEFAULTS.trustingKitCa();

    /** Which side notices first is a race. */
    private static final int HANG_UPS = 20;

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void aCertificateForTheHostFromATrustedAuthorityOpens(String host) {
        RawWebSocketServer server = secureServer(KitCertificates.localhost());
        Transport transport = transport(TRUSTING);
        EventLoop loop = transport.newEventLoop();
        RecordingListener listener = listener(loop);
        Connection connection = transport.connect(server.address(host, "/"), loop, listener);
        RawWebSocket peer = server.accept();
        peer.open();
        listener.awaitOpen();
        byte[] large = "x".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        assertThat(connection.send(large)).isTrue();
        assertThat(peer.read().payload()).isEqualTo(large);
        peer.send(Frame.of(Frame.TEXT, large), Frame.ping("p"));
        assertThat(listener.awaitMessages(1)).containsExactly(large);
        assertThat(peer.read()).isEqualTo(Frame.pong("p"));
        connection.close(1000, "");
        assertThat(peer.readClose().closeCode()).isEqualTo(1000);
        peer.send(Frame.close(1000, ""));
        assertThat(listener.awaitClosed()).isEqualTo(new Closure.Closed(1000, ""));
    }

    @Test
    void anAuthorityThatIsNotTrustedFails() {
        fails(DEFAULTS, KitCertificates.localhost());
    }

    @Test
    void aCertificateForAnotherHostFails() {
        fails(TRUSTING, KitCertificates.otherHost());
    }

    @Test
    void anExpiredCertificateFails() {
        fails(TRUSTING, KitCertificates.expired());
    }

    /** As DNS may have it: the name is that of the domain, whatever has led to the address (RFC 3263 section 4.1). */
    @Test
    void aHostThatWasLocatedMustHaveACertificateForItsName() {
        RawWebSocketServer server = secureServer(KitCertificates.otherHost());
        RecordingListener listener = connect(transport(TRUSTING), located("other.example", server));
        server.accept().open();
        listener.awaitOpen();
        RawWebSocketServer impostor = secureServer(KitCertificates.localhost());
        fails(TRUSTING, impostor, located("other.example", impostor));
    }

    /** Its address has a name already, of the target that DNS has named. */
    private static ServerAddress located(String host, RawWebSocketServer server) {
        try {
            InetAddress named = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
            return ServerAddress.parse("wss://" + host)
                    .at(named, server.address().port());
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private void fails(KitOptions options, SSLContext certificate) {
        RawWebSocketServer server = secureServer(certificate);
        fails(options, server, server.address("localhost", "/"));
    }

    private void fails(KitOptions options, RawWebSocketServer server, ServerAddress address) {
        RecordingListener listener = connect(transport(options), address);
        boolean requestCame = false;
        try {
            requestCame = !server.accept().readRequest().line().isEmpty();
        } catch (UncheckedIOException e) {
            assertThat(e).as("an end of the TLS handshake").isNotNull();
        }
        assertThat(requestCame)
                .as("upgrade request sent to a server that is not trusted")
                .isFalse();
        assertThat(listener.awaitClosed(Closure.Failed.class).cause()).hasMessageContaining(address.toString());
        assertThat(listener.wasOpened()).isFalse();
    }

    @Test
    void aServerThatDoesNotSpeakTlsFails() {
        RawWebSocketServer server = rawServer();
        ServerAddress address =
                ServerAddress.parse("wss://localhost:" + server.address().port());
        RecordingListener listener = connect(transport(TRUSTING), address);
        server.accept().write("HTTP/1.1 400 Bad Request\r\n\r\n");
        assertThat(listener.awaitClosed(Closure.Failed.class).cause()).hasMessageContaining(address.toString());
    }

    @Test
    void aServerThatIsSilentInTlsFailsAtTheHandshakeTimeout() {
        RawWebSocketServer server = rawServer();
        ServerAddress address =
                ServerAddress.parse("wss://localhost:" + server.address().port());
        RecordingListener listener = connect(transport(TRUSTING.withHandshakeTimeout(SHORT)), address);
        server.accept();
        assertThat(listener.awaitClosed(Closure.Failed.class).cause()).hasMessageContaining(address.toString());
    }

    /** As one that is being stopped or started does. That is told when it happens, and not when a time is over. */
    @ParameterizedTest
    @EnumSource
    void aServerThatHangsUpInTlsFailsAtOnce(HangUp hangUp) {
        RawWebSocketServer server = rawServer();
        ServerAddress address =
                ServerAddress.parse("wss://localhost:" + server.address().port());
        Transport transport = transport(TRUSTING);
        for (int i = 0; i < HANG_UPS; i++) {
            RecordingListener listener = connect(transport, address);
            RawWebSocket peer = server.accept();
            hangUp.way.accept(peer);
            assertThat(listener.awaitClosed(Closure.Failed.class).cause())
                    .isNotInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining(address.toString());
        }
    }

    /** Where in a TLS handshake, and how. */
    enum HangUp {
        END_AT_ONCE(RawWebSocket::finish),
        CLOSE_AT_ONCE(RawWebSocket::close),
        RESET_AT_ONCE(RawWebSocket::reset),
        END_AFTER_HELLO(peer -> {
            readHello(peer);
            peer.finish();
        }),
        RESET_AFTER_HELLO(peer -> {
            readHello(peer);
            peer.reset();
        }),
        END_WITHIN_ANSWER(peer -> {
            readHello(peer);
            peer.write(new byte[] {22, 3, 3, 0, 80, 2}); // 80 bytes of handshake, of which one comes
            peer.finish();
        });

        private final Consumer<RawWebSocket> way;

        HangUp(Consumer<RawWebSocket> way) {
            this.way = way;
        }

        private static void readHello(RawWebSocket peer) {
            assertThat(peer.endsWithoutAnotherByte()).isFalse();
        }
    }

    @Test
    void abortEndsAnOpenConnection() {
        RawWebSocketServer server = secureServer(KitCertificates.localhost());
        Transport transport = transport(TRUSTING);
        EventLoop loop = transport.newEventLoop();
        RecordingListener listener = listener(loop);
        Connection connection = transport.connect(server.address("localhost", "/"), loop, listener);
        server.accept().open();
        listener.awaitOpen();
        connection.abort();
        listener.awaitClosed(Closure.Failed.class);
    }

    private RawWebSocketServer secureServer(SSLContext certificate) {
        return closeLater(RawWebSocketServer.secure(certificate));
    }
}
