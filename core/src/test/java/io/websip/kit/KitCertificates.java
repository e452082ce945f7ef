package io.websip.kit;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Certificates of a test authority, good for decades, and servers' TLS contexts made from them. */
public final class KitCertificates {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private KitCertificates() {}

    /** The authority that has signed all the others. */
    public static X509Certificate ca() {
        try (InputStream pem = resource("ca.pem")) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The authority's certificate as PEM; to be closed. */
    public static InputStream caPem() {
        return resource("ca.pem");
    }

    /** For {@code localhost} and the loopback addresses. */
    public static SSLContext localhost() {
        return server("localhost.p12");
    }

    /** For {@code other.example} alone. */
    public static SSLContext otherHost() {
        return server("other-host.p12");
    }

    /** For {@code localhost}, but in the past. */
    public static SSLContext expired() {
        return server("expired.p12");
    }

    private static SSLContext server(String name) {
        try (InputStream in = resource(name)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static InputStream resource(String name) {
        @Nullable InputStream in = KitCertificates.class.getResourceAsStream(name);
        if (in == null) {
            throw new AssertionError("no test resource " + name);
        }
        return in;
    }
}
