package io.websip.kit;

import static io.websip.kit.KitOptions.DEFAULTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import io.websip.transport.socket.TransportBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be set for TLS, and which check is named where one fails (RFC 7118 section 9.1). */
public abstract class TlsOptionsContract extends SettingsContract {
    private static final KitOptions TRUSTING = DEFAULTS.trustingKitCa();

    // ---- whom to trust ----

    @Test
    void aPemStreamIsTrusted() throws IOException {
        try (InputStream pem = KitCertificates.caPem()) {
            opens(builder().trust(pem), "localhost", server(KitCertificates.localhost(), wishless()));
        }
    }

    @Test
    void anOwnContextBringsItsTrust() {
        opens(
                builder().sslContext(KitCertificates.trusting()),
                "localhost",
                server(KitCertificates.localhost(), wishless()));
    }

    @Test
    void theHostNameIsCheckedWithAnOwnContextToo() {
        fails(builder().sslContext(KitCertificates.trusting()), KitCertificates.otherHost(), "is for another host");
    }

    static Stream<Arguments> badCertificates() {
        return Stream.of(
                Arguments.of("name", TRUSTING, KitCertificates.otherHost(), "is for another host"),
                Arguments.of("trust chain", DEFAULTS, KitCertificates.localhost(), "is of no trusted authority"),
                Arguments.of("expiry", TRUSTING, KitCertificates.expired(), "has expired"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badCertificates")
    void theCheckThatFailedIsNamed(String check, KitOptions options, SSLContext certificate, String said) {
        fails(newBuilder(options), certificate, said);
    }

    @Test
    void aCertificateOfTheFutureIsNamedSo() {
        fails(builder().trust(KitCertificates.laterCa()), KitCertificates.notYetValid(), "is not valid yet");
    }

    @Test
    void trustAllChecksNothing() {
        for (SSLContext any : List.of(KitCertificates.otherHost(), KitCertificates.expired())) {
            opens(builder().insecureTrustAll(), "localhost", server(any, wishless()));
        }
    }

    // ---- the client's own certificate ----

    @Test
    void aClientCertificateIsShownToAServerThatAsks() throws SSLPeerUnverifiedException {
        RawWebSocketServer server = server(KitCertificates.mutual(), socket -> socket.setNeedClientAuth(true));
        RawWebSocket peer = opens(
                newBuilder(TRUSTING).clientCertificate(KitCertificates.keys(), KitCertificates.password()),
                "localhost",
                server);
        assertThat(peer.tlsSession().getPeerPrincipal().getName()).isEqualTo("CN=alice");
    }

    @Test
    void aServerThatDemandsAClientCertificateIsNotReachedWithoutOne() {
        RawWebSocketServer server = server(KitCertificates.mutual(), socket -> socket.setNeedClientAuth(true));
        ServerAddress address = server.address("localhost", "/");
        Dialed dialed = dial(newBuilder(TRUSTING), address);
        assertThat(isAccepted(server)).isFalse();
        assertThat(dialed.listener().awaitClosed(Closure.Failed.class).cause())
                .hasMessageContaining(address.toString());
    }

    // ---- versions ----

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theVersionIsTheOneThatWasSet(String protocol) {
        RawWebSocket peer = opens(
                newBuilder(TRUSTING).tlsProtocols(protocol),
                "localhost",
                server(KitCertificates.localhost(), wishless()));
        assertThat(peer.tlsSession().getProtocol()).isEqualTo(protocol);
    }

    @Test
    void aServerThatHasOnlyAnotherVersionIsNotReached() {
        RawWebSocketServer server =
                server(KitCertificates.localhost(), socket -> socket.setEnabledProtocols(new String[] {"TLSv1.2"}));
        ServerAddress address = server.address("localhost", "/");
        Dialed dialed = dial(newBuilder(TRUSTING).tlsProtocols("TLSv1.3"), address);
        assertThat(isAccepted(server)).isFalse();
        assertThat(dialed.listener().awaitClosed(Closure.Failed.class).cause())
                .hasMessageContaining("TLS with " + address);
    }

    @Test
    void anUnknownVersionIsRefusedAtBuildAndWhatThereIsIsNamed() {
        TransportBuilder<?> builder = builder().tlsProtocols("TLSv1.3", "TLSv9");
        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContaining("'TLSv9'")
                .withMessageContaining("TLSv1.3");
    }

    // ---- the server's name ----

    @Test
    void theServersNameIsToldInTheHandshake() {
        RawWebSocket peer = opens(
                newBuilder(TRUSTING).hostLookup(host -> List.of(InetAddress.getByName("127.0.0.1"))),
                "other.example",
                server(KitCertificates.otherHost(), wishless()));
        assertThat(peer.tlsSession().getRequestedServerNames()).containsExactly(new SNIHostName("other.example"));
    }

    /** The JDK's own check takes no certificate for such a name. */
    @ParameterizedTest
    @ValueSource(strings = {"a_b", "x.c_d.example", "sip_1.plain.example", "x.plain.example"})
    void aCertificateIsCheckedForAHostWithAnUnderscoreToo(String host) {
        RawWebSocket peer = opens(
                builder()
                        .trust(KitCertificates.underscoreCertificate())
                        .hostLookup(each -> List.of(InetAddress.getByName("127.0.0.1"))),
                host,
                server(KitCertificates.underscore(), wishless()));
        // SNI has LDH names alone (RFC 6066 section 3), and servers in Java break a handshake with another
        assertThat(peer.tlsSession().getRequestedServerNames()).hasSize(host.equals("x.plain.example") ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a_c", "c_d.example", "x.y_z.plain.example", "under_score"})
    void aCertificateForAnotherNameIsRefusedForAHostWithAnUnderscore(String host) {
        refuses(host, KitCertificates.underscoreCertificate(), KitCertificates.underscore());
        refuses("a_b", KitCertificates.ca(), KitCertificates.underscore());
        refuses("a_b", KitCertificates.ca(), KitCertificates.localhost());
    }

    private void refuses(String host, X509Certificate trusted, SSLContext certificate) {
        RawWebSocketServer server = server(certificate, wishless());
        Dialed dialed = dial(
                builder().trust(trusted).hostLookup(each -> List.of(InetAddress.getByName("127.0.0.1"))),
                server.address(host, "/"));
        assertThat(isAccepted(server)).isFalse();
        dialed.listener().awaitClosed(Closure.Failed.class);
    }

    /** As DNS may have it: the target of a SRV record has a name too, and it is not that of the domain (RFC 3263 section 4). */
    @Test
    void theNameOfALocatedServerIsToldInTheHandshake() throws UnknownHostException {
        RawWebSocketServer server = server(KitCertificates.otherHost(), wishless());
        InetAddress target = InetAddress.getByAddress("target.example", new byte[] {127, 0, 0, 1});
        Dialed dialed = dial(
                newBuilder(TRUSTING),
                ServerAddress.parse("wss://other.example")
                        .at(target, server.address().port()));
        RawWebSocket peer = server.accept();
        peer.open();
        dialed.listener().awaitOpen();
        assertThat(peer.tlsSession().getRequestedServerNames()).containsExactly(new SNIHostName("other.example"));
    }

    private static Consumer<SSLSocket> wishless() {
        return socket -> {};
    }

    private RawWebSocketServer server(SSLContext certificate, Consumer<SSLSocket> wishes) {
        return closeLater(RawWebSocketServer.secure(certificate, wishes));
    }

    private RawWebSocket opens(TransportBuilder<?> builder, String host, RawWebSocketServer server) {
        Dialed dialed = dial(builder, server.address(host, "/"));
        RawWebSocket peer = server.accept();
        peer.open();
        dialed.listener().awaitOpen();
        return peer;
    }

    private void fails(TransportBuilder<?> builder, SSLContext certificate, String said) {
        RawWebSocketServer server = server(certificate, wishless());
        ServerAddress address = server.address("localhost", "/");
        Dialed dialed = dial(builder, address);
        assertThat(isAccepted(server))
                .as("upgrade request sent to a server that is not trusted")
                .isFalse();
        assertThat(dialed.listener().awaitClosed(Closure.Failed.class).cause())
                .hasMessageContaining("TLS with " + address)
                .hasMessageContaining(said);
    }

    /** Whether the client came as far as its upgrade request. */
    private static boolean isAccepted(RawWebSocketServer server) {
        try {
            return !server.accept().readRequest().line().isEmpty();
        } catch (UncheckedIOException e) {
            return false; // the end of the TLS handshake
        }
    }
}
