package io.websip.transport.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.websip.transport.ServerAddress;
import io.websip.transport.socket.TlsFailure;
import io.websip.transport.socket.TlsOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** A transport's TLS handlers, by its {@link TlsOptions}. Thread-safe. */
final class Tls {
    private final TlsOptions options;
    private volatile @Nullable SslContext context;

    Tls(TlsOptions options) {
        this.options = options;
    }

    /** Whether {@link #load} has been done, so that {@link #newHandler} will not have to read a trust store. */
    boolean loaded() {
        return context != null;
    }

    /** Reads the trust store, which may block. */
    SslContext load() throws GeneralSecurityException, IOException {
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
    SslHandler newHandler(ByteBufAllocator allocator, ServerAddress server)
            throws GeneralSecurityException, IOException {
        String host = server.host();
        String peer = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        SslHandler handler = load().newHandler(allocator, peer, server.port());
        handler.setHandshakeTimeoutMillis(0);
        SSLParameters parameters = handler.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(options.checksHostName() ? "HTTPS" : null);
        handler.engine().setSSLParameters(parameters);
        return handler;
    }

    /** Why a TLS handshake failed, in one line. */
    static String reason(Throwable failure) {
        return failure instanceof NotSslRecordException ? "the server does not speak TLS" : TlsFailure.reason(failure);
    }

    private SslContext build() throws GeneralSecurityException, IOException {
        String[] protocols =
                options.protocols().isEmpty() ? null : options.protocols().toArray(String[]::new);
        return new JdkSslContext(
                options.newContext(),
                true,
                null,
                IdentityCipherSuiteFilter.INSTANCE,
                null,
                ClientAuth.NONE,
                protocols,
                false);
    }
}
