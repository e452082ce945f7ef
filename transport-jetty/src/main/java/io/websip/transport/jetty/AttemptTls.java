package io.websip.transport.jetty;

import java.util.Map;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.ssl.SslClientConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * TLS with the host of the server's URL, in SNI and in the check of the certificate. Jetty takes the name or the digits of the
 * address that it has reached, and behind a proxy those that the proxy was given.
 */
final class AttemptTls extends SslContextFactory.Client implements SslClientConnectionFactory.SslEngineFactory {
    private final SslContextFactory.Client engines;

    /** With settings of its own. */
    AttemptTls() {
        engines = this;
    }

    /** With those of an application's client, which has started it. */
    AttemptTls(SslContextFactory.Client lent) {
        engines = lent;
        setSslContext(lent.getSslContext());
        setHostnameVerifier(lent.getHostnameVerifier());
    }

    @Override
    public SSLEngine newSslEngine(String reached, int port, Map<String, Object> context) {
        Attempt attempt = Attempt.in(context);
        if (attempt == null) {
            return engines.newSSLEngine(reached, port);
        }
        SSLEngine engine = engines.newSSLEngine(attempt.tlsName(), port);
        attempt.securedBy(engine);
        return engine;
    }
}
