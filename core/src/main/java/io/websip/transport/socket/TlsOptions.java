package io.websip.transport.socket;

import io.websip.text.Visible;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom a transport trusts, and as whom it shows itself. The certificate chain and the host name are checked (RFC 7118
 * section 9.1), unless it was told to trust all. Immutable.
 *
 * @param trusted instead of the JDK's trust store; none means that store
 * @param trustAll whether every certificate is accepted for every host
 * @param ownContext used as it is, or null
 * @param keys the client's own certificate and key, or null
 * @param protocols such as {@code TLSv1.3}; none means what the JDK has enabled
 */
public record TlsOptions(
        List<X509Certificate> trusted,
        boolean trustAll,
        @Nullable SSLContext ownContext,
        @Nullable ClientKey keys,
        List<String> protocols) {

    /** The JDK's trust store, no certificate of our own. */
    public static final TlsOptions DEFAULTS = new TlsOptions(List.of(), false, null, null, List.of());

    /**
     * A key store with the client's certificate and key. {@code toString} leaves the password out.
     *
     * @param store loaded already
     * @param password of the key in it
     */
    public record ClientKey(KeyStore store, char[] password) {
        @Override
        public String toString() {
            return "ClientKey[" + store.getType() + "]";
        }
    }

    /** Copies the lists. */
    public TlsOptions {
        trusted = List.copyOf(trusted);
        protocols = List.copyOf(protocols);
    }

    /** Whether the certificate must be for the host of the server's URL. */
    public boolean checksHostName() {
        return !trustAll;
    }

    /**
     * The context for connections. It reads the JDK's trust store, so it may block.
     *
     * @throws GeneralSecurityException if a store or a key cannot be used
     * @throws IOException if the JDK's trust store cannot be read
     */
    public SSLContext newContext() throws GeneralSecurityException, IOException {
        if (ownContext != null) {
            return ownContext;
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers(), trustManagers(), null);
        return context;
    }

    private KeyManager @Nullable [] keyManagers() throws GeneralSecurityException {
        if (keys == null) {
            return null;
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys.store(), keys.password());
        return factory.getKeyManagers();
    }

    private TrustManager[] trustManagers() throws GeneralSecurityException, IOException {
        if (trustAll) {
            return new TrustManager[] {new TrustingAll()};
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store());
        TrustManager[] managers = factory.getTrustManagers();
        for (int i = 0; i < managers.length; i++) {
            if (managers[i] instanceof X509ExtendedTrustManager jdk) {
                managers[i] = new UnderscoreTrust(jdk);
            }
        }
        return managers;
    }

    /** Null for that of the JDK. */
    private @Nullable KeyStore store() throws GeneralSecurityException, IOException {
        if (trusted.isEmpty()) {
            return null;
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < trusted.size(); i++) {
            store.setCertificateEntry("trusted-" + i, trusted.get(i));
        }
        return store;
    }

    /** Refuses a protocol that is not known, which otherwise the first connection would. */
    void checkProtocols() {
        if (protocols.isEmpty()) {
            return;
        }
        List<String> supported = List.of(supportedProtocols());
        for (String each : protocols) {
            if (!supported.contains(each)) {
                throw new IllegalArgumentException(
                        "tlsProtocols has '" + Visible.line(each) + "' but only " + supported + " are supported here");
            }
        }
    }

    private String[] supportedProtocols() {
        try {
            SSLContext context = ownContext;
            if (context == null) {
                context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[0], null); // none, so that no trust store is read
            }
            return context.getSupportedSSLParameters().getProtocols();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    static List<X509Certificate> read(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            return read(in, "trust file '" + pem + "'");
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "trust file '" + Visible.line(pem.toString()) + "' cannot be read: " + Visible.line(e), e);
        }
    }

    static List<X509Certificate> read(InputStream in, String name) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                certificates.add((X509Certificate) certificate);
            }
        } catch (CertificateException e) {
            throw new IllegalArgumentException(name + " holds no X.509 certificates: " + Visible.line(e), e);
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException(name + " holds no X.509 certificates");
        }
        return certificates;
    }
}
