package io.websip.transport.socket;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts as the JDK does, and checks the name of a host with an underscore too, for which the JDK takes no certificate
 * whatever: by the names in it, of which a star may stand for the first label (RFC 6125 section 6.4). Thread-safe.
 */
final class UnderscoreTrust extends X509ExtendedTrustManager {
    private static final int DNS_NAME = 2; // X509Certificate.getSubjectAlternativeNames

    private final X509ExtendedTrustManager jdk;

    UnderscoreTrust(X509ExtendedTrustManager jdk) {
        this.jdk = jdk;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        String host = Objects.requireNonNullElse(engine.getPeerHost(), "");
        boolean named = engine.getSSLParameters().getEndpointIdentificationAlgorithm() != null;
        if (named && host.indexOf('_') >= 0) {
            jdk.checkServerTrusted(chain, authType);
            checkName(chain[0], host.toLowerCase(Locale.ROOT));
        } else {
            jdk.checkServerTrusted(chain, authType, engine);
        }
    }

    private static void checkName(X509Certificate certificate, String host) throws CertificateException {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        boolean good = names != null
                && names.stream()
                        .filter(each -> Integer.valueOf(DNS_NAME).equals(each.get(0)))
                        .anyMatch(each ->
                                matches(name, String.valueOf(each.get(1)).toLowerCase(Locale.ROOT)));
        if (!good) {
            throw new CertificateException("No subject alternative DNS name matching " + name + " found.");
        }
    }

    /** A star stands for one whole label, and not above a domain of one label. */
    static boolean matches(String name, String pattern) {
        if (!pattern.startsWith("*.")) {
            return name.equals(pattern);
        }
        int dot = name.indexOf('.');
        return pattern.indexOf('.', 2) > 0 && dot > 0 && name.substring(dot).equals(pattern.substring(1));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        jdk.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        jdk.checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        jdk.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        jdk.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        jdk.checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return jdk.getAcceptedIssuers();
    }
}
