package io.websip.transport.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.websip.transport.ServerAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Whom a transport trusts, and its TLS handlers. The certificate chain and the host name are checked (RFC 7118 section
 * 9.1), unless it was told to trust all. Thread-safe.
 */
final class Tls {
    /** Null means the JDK's own trust store. */
    private final @Nullable List<X509Certificate> trusted;

    private final boolean trustAll;
    private volatile @Nullable SslContext context;

    private Tls(@Nullable List<X509Certificate> trusted, boolean trustAll) {
        this.trusted = trusted;
        this.trustAll = trustAll;
    }

    static Tls trustingJdk() {
        return new Tls(null, false);
    }

    static Tls trusting(Collection<X509Certificate> certificates) {
        return new Tls(List.copyOf(certificates), false);
    }

    static Tls trustingAll() {
        return new Tls(null, true);
    }

    /** Reads PEM (or one certificate in DER). */
    static List<X509Certificate> read(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            return read(in, "trust file '" + pem + "'");
        } catch (IOException e) {
            throw new IllegalArgumentException("trust file '" + pem + "' cannot be read: " + e.getMessage(), e);
        }
    }

    /** Reads PEM (or one certificate in DER) to the end of the stream, and does not close it. */
    static List<X509Certificate> read(InputStream in, String name) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                certificates.add((X509Certificate) certificate);
            }
        } catch (CertificateException e) {
            throw new IllegalArgumentException(name + " holds no X.509 certificates: " + e.getMessage(), e);
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException(name + " holds no X.509 certificates");
        }
        return certificates;
    }

    /** Whether {@link #load} has been done, so that {@link #newHandler} will not have to read a trust store. */
    boolean loaded() {
        return context != null;
    }

    /** Reads the trust store, which may block. */
    SslContext load() throws SSLException {
        SslContext loaded = context;
        if (loaded == null) {
            synchronized (this) {
                loaded = context;
                if (loaded == null) {
                    loaded = build();
                    context = loaded;
                }
            }
        }
        return loaded;
    }

    /** A handler for one connection; who uses it keeps the time. */
    SslHandler newHandler(ByteBufAllocator allocator, ServerAddress server) throws SSLException {
        String host = server.host();
        String peer = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        SslHandler handler = load().newHandler(allocator, peer, server.port());
        handler.setHandshakeTimeoutMillis(0);
        return handler;
    }

    /** Why a TLS handshake failed, in one line. */
    static String reason(Throwable failure) {
        if (failure instanceof NotSslRecordException) {
            return "the server does not speak TLS";
        }
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause(); // the one that says which check failed
        }
        String name = deepest.getClass().getSimpleName();
        return deepest.getMessage() == null ? name : name + ": " + deepest.getMessage();
    }

    private SslContext build() throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
        if (trustAll) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm("");
        } else {
            builder.endpointIdentificationAlgorithm("HTTPS");
            if (trusted != null) {
                builder.trustManager(trusted);
            }
        }
        return builder.build();
    }
}
