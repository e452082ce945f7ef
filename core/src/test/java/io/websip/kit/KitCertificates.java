package io.websip.kit;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Certificates of a test authority, good for decades, and servers' TLS contexts made from them. */
public final class KitCertificates {
    private static final String LOCALHOST = "localhost.p12";
    private static final String UNDERSCORE = "underscore.p12";
    private static final String LATER = "not-yet-valid.p12";
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
        return server(LOCALHOST);
    }

    /** For {@code other.example} alone. */
    public static SSLContext otherHost() {
        return server("other-host.p12");
    }

    /** For {@code a_b} and one label in front of {@code c_d.example} and {@code plain.example}; signed by itself. */
    public static SSLContext underscore() {
        return server(UNDERSCORE);
    }

    /** That of {@link #underscore}. */
    public static X509Certificate underscoreCertificate() {
        KeyStore store = store(UNDERSCORE);
        try {
            return (X509Certificate) store.getCertificate(alias(store));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** For {@code localhost}, but in the past. */
    public static SSLContext expired() {
        return server("expired.p12");
    }

    /** For {@code localhost}, from 2090 on; by an authority of its own, {@link #laterCa}. */
    public static SSLContext notYetValid() {
        return server(LATER);
    }

    /** The authority that has signed {@link #notYetValid}, and which is good today. */
    public static X509Certificate laterCa() {
        KeyStore store = store(LATER);
        try {
            return (X509Certificate) store.getCertificateChain(alias(store))[1];
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** As {@link #localhost}, and trusting the client of {@link #keys}. */
    public static SSLContext mutual() {
        try {
            return context(store(LOCALHOST), trust(keys().getCertificate("client")));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A client's context that trusts the authority. */
    public static SSLContext trusting() {
        return context(null, trust(ca()));
    }

    /** The certificate of {@code alice}, signed by herself, and its key. */
    public static KeyStore keys() {
        return store("client.p12");
    }

    /** Of {@link #keys}. */
    public static char[] password() {
        return PASSWORD.clone();
    }

    private static SSLContext server(String name) {
        return context(store(name), null);
    }

    private static KeyStore store(String name) {
        try (InputStream in = resource(name)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyStore trust(Certificate certificate) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("trusted", certificate);
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static SSLContext context(@Nullable KeyStore own, @Nullable KeyStore trusted) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, PASSWORD);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trusted == null ? null : trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
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

    /** The certificate of {@link #localhost} as PEM, for servers that are no Java programs. */
    public static String localhostPem() {
        KeyStore store = store(LOCALHOST);
        try {
            return pem("CERTIFICATE", store.getCertificate(alias(store)).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Its private key as PEM. */
    public static String localhostKeyPem() {
        KeyStore store = store(LOCALHOST);
        try {
            return pem("PRIVATE KEY", store.getKey(alias(store), PASSWORD).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String alias(KeyStore store) throws GeneralSecurityException {
        return store.aliases().nextElement();
    }

    private static String pem(String label, byte[] der) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    }
}
