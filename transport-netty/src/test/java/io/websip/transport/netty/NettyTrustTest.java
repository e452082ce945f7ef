package io.websip.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.websip.kit.Await;
import io.websip.kit.KitCertificates;
import io.websip.kit.RawWebSocketServer;
import io.websip.kit.RecordingListener;
import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways to say whom to trust, and what is said where somebody is not trusted. */
class NettyTrustTest {
    @TempDir
    Path folder;

    @Test
    void aPemFileIsTrusted() throws IOException {
        opens(NettyTransport.builder().trust(pemFile()), KitCertificates.localhost());
    }

    @Test
    void aPemStreamIsTrusted() throws IOException {
        try (InputStream pem = KitCertificates.caPem()) {
            opens(NettyTransport.builder().trust(pem), KitCertificates.localhost());
        }
    }

    @Test
    void trustAllAcceptsAnyCertificateForAnyHost() {
        opens(NettyTransport.builder().insecureTrustAll(), KitCertificates.otherHost());
        opens(NettyTransport.builder().insecureTrustAll(), KitCertificates.expired());
    }

    @Test
    void anotherHostIsNamedInTheFailure() {
        fails(NettyTransport.builder().trust(KitCertificates.ca()), KitCertificates.otherHost(), "localhost");
    }

    @Test
    void anUnknownAuthorityIsNamedInTheFailure() {
        fails(NettyTransport.builder(), KitCertificates.localhost(), "certification path");
    }

    @Test
    void anExpiredCertificateIsNamedInTheFailure() {
        fails(NettyTransport.builder().trust(KitCertificates.ca()), KitCertificates.expired(), "NotAfter");
    }

    @Test
    void aTrustFileThatIsNotThereIsNamed() {
        Path missing = folder.resolve("missing.pem");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NettyTransport.builder().trust(missing))
                .withMessageContaining("trust file '" + missing + "'");
    }

    @Test
    void aTrustFileWithoutCertificatesIsRefused() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        Path prose = Files.writeString(folder.resolve("prose.pem"), "no certificate at all");
        for (Path file : new Path[] {empty, prose}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> NettyTransport.builder().trust(file))
                    .withMessageContaining("trust file '" + file + "' holds no X.509 certificates");
        }
        InputStream stream = new ByteArrayInputStream("nor here".getBytes(StandardCharsets.US_ASCII));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NettyTransport.builder().trust(stream))
                .withMessageContaining("trust stream");
    }

    @Test
    void trustAndTrustAllExcludeEachOther() {
        NettyTransport.Builder both =
                NettyTransport.builder().trust(KitCertificates.ca()).insecureTrustAll();
        assertThatIllegalArgumentException().isThrownBy(both::build).withMessageContaining("exclude each other");
    }

    private Path pemFile() throws IOException {
        Path file = folder.resolve("ca.pem");
        try (InputStream pem = KitCertificates.caPem()) {
            Files.copy(pem, file);
        }
        return file;
    }

    private static void opens(NettyTransport.Builder builder, SSLContext certificate) {
        try (NettyTransport transport = builder.build();
                RawWebSocketServer server = RawWebSocketServer.secure(certificate)) {
            connect(transport, server, true).awaitOpen();
        }
    }

    private static void fails(NettyTransport.Builder builder, SSLContext certificate, String expected) {
        try (NettyTransport transport = builder.build();
                RawWebSocketServer server = RawWebSocketServer.secure(certificate)) {
            assertThat(connect(transport, server, false)
                            .awaitClosed(Closure.Failed.class)
                            .cause())
                    .hasMessageContaining("TLS with wss://localhost:")
                    .hasMessageContaining(expected);
        }
    }

    private static RecordingListener connect(NettyTransport transport, RawWebSocketServer server, boolean opens) {
        EventLoop loop = transport.newEventLoop();
        RecordingListener listener = new RecordingListener(loop, Await::until);
        transport.connect(server.address("localhost", "/"), loop, listener);
        try {
            server.accept().open();
        } catch (UncheckedIOException e) {
            assertThat(opens).as("a trusted TLS handshake failed: %s", e).isFalse();
        }
        return listener;
    }
}
