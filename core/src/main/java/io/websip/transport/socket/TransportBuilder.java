package io.websip.transport.socket;

import io.websip.transport.Connection;
import io.websip.transport.Transport;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The settings that every transport on real sockets has. What is wrong with a value is said at once. Not thread-safe.
 *
 * @param <B> the builder of one transport
 */
public abstract class TransportBuilder<B extends TransportBuilder<B>> {
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration handshakeTimeout = Duration.ofSeconds(10);
    private Duration closeTimeout = Duration.ofSeconds(5);
    private int maxMessageBytes = 1 << 20;
    private int maxQueuedBytes = 1 << 20;
    private final List<X509Certificate> trusted = new ArrayList<>();
    private boolean trustAll;
    private @Nullable SSLContext sslContext;
    private TlsOptions.@Nullable ClientKey clientKey;
    private List<String> tlsProtocols = List.of();
    private UpgradeHeaders upgrade = UpgradeHeaders.NONE;
    private boolean authorized;
    private HostLookup lookup = HostLookup.JDK;
    private @Nullable ProxyServer proxy;
    private boolean compression;

    /** With the defaults that its methods name. */
    protected TransportBuilder() {}

    /**
     * How long the lookup of the host name and the TCP connection may take together; 10 seconds unless set. Where a name has
     * several addresses they are tried in turn, each for an equal share of it.
     *
     * @throws IllegalArgumentException if it is not longer than zero
     */
    public B connectTimeout(Duration timeout) {
        connectTimeout = positive("connectTimeout", timeout);
        return self();
    }

    /**
     * How long TLS and the WebSocket handshake may take together, once TCP is connected; 10 seconds unless set.
     *
     * @throws IllegalArgumentException if it is not longer than zero
     */
    public B handshakeTimeout(Duration timeout) {
        handshakeTimeout = positive("handshakeTimeout", timeout);
        return self();
    }

    /**
     * How long the peer's close frame is awaited after ours, before the connection is cut; 5 seconds unless set.
     *
     * @throws IllegalArgumentException if it is not longer than zero
     */
    public B closeTimeout(Duration timeout) {
        closeTimeout = positive("closeTimeout", timeout);
        return self();
    }

    /**
     * The longest message that is received, in bytes, fragments together and inflated; 1 MiB unless set. A longer one closes
     * the connection with 1009 (RFC 6455 section 7.4.1).
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public B maxMessageBytes(int bytes) {
        maxMessageBytes = positive("maxMessageBytes", bytes);
        return self();
    }

    /**
     * How many bytes of messages may wait to be written on one connection; 1 MiB unless set. Where a message would exceed
     * it, {@link Connection#send} returns false; so it is also the longest message that can be sent.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public B maxQueuedBytes(int bytes) {
        maxQueuedBytes = positive("maxQueuedBytes", bytes);
        return self();
    }

    // ---- TLS ----

    /**
     * Trusts the certificates of this PEM file, and those of further calls, instead of the JDK's trust store. The file is
     * read now.
     *
     * @throws IllegalArgumentException if it cannot be read or holds no X.509 certificate
     */
    public B trust(Path pem) {
        trusted.addAll(TlsOptions.read(pem));
        return self();
    }

    /**
     * As {@link #trust(Path)}, from a stream that is read to its end now, and not closed.
     *
     * @throws IllegalArgumentException if it cannot be read or holds no X.509 certificate
     */
    public B trust(InputStream pem) {
        trusted.addAll(TlsOptions.read(pem, "trust stream"));
        return self();
    }

    /** As {@link #trust(Path)}, with certificates at hand. */
    public B trust(X509Certificate... certificates) {
        trusted.addAll(List.of(certificates));
        return self();
    }

    /**
     * Accepts every certificate for every host name.
     *
     * <p><strong>Warning:</strong> whoever is on the way then reads and changes all messages, unseen. Meant for a
     * laboratory; where a server has a certificate of its own making, use {@link #trust(Path)}.
     */
    public B insecureTrustAll() {
        trustAll = true;
        return self();
    }

    /** A TLS context of the application's own, with its trust and keys. The host name is checked all the same. */
    public B sslContext(SSLContext context) {
        sslContext = context;
        return self();
    }

    /**
     * The certificate and key with which the client shows itself, if the server asks.
     *
     * @param password of the key; copied
     */
    public B clientCertificate(KeyStore store, char[] password) {
        clientKey = new TlsOptions.ClientKey(store, password.clone());
        return self();
    }

    /**
     * The versions of TLS to speak, such as {@code TLSv1.3}; what the JDK has enabled unless set. {@link #build} refuses a
     * name that the JDK, or an own {@link #sslContext}, does not know.
     */
    public B tlsProtocols(String... protocols) {
        tlsProtocols = List.of(protocols);
        return self();
    }

    // ---- the upgrade request ----

    /**
     * Adds a header to the upgrade request (RFC 7118 section 7). Any but Origin and User-Agent may be a secret: agents of
     * this transport find the servers of a domain by wss alone then ({@link Transport#hasUpgradeSecrets}).
     *
     * @throws IllegalArgumentException if the name is no token or one of the handshake's own, or the value has a control
     *     character; the message does not show the value
     */
    public B header(String name, String value) {
        upgrade = upgrade.with(name, value);
        return self();
    }

    /**
     * Adds a cookie to the upgrade request.
     *
     * @throws IllegalArgumentException if name or value has a character that RFC 6265 does not allow
     */
    public B cookie(String name, String value) {
        upgrade = upgrade.withCookie(name, value);
        return self();
    }

    /**
     * The Origin of the upgrade request, for servers that ask for one; none unless set, as only a browser owes it (RFC 6455
     * section 4.1).
     *
     * @throws IllegalArgumentException if it has a control character
     */
    public B origin(String origin) {
        return header("Origin", origin);
    }

    /**
     * Authorizes the upgrade request with a bearer token (RFC 6750).
     *
     * @throws IllegalArgumentException if it has a control character, or credentials were set before
     */
    public B bearerToken(String token) {
        return authorization("Bearer " + token);
    }

    /**
     * Authorizes the upgrade request with HTTP Basic (RFC 7617). It has nothing to do with the SIP account.
     *
     * @throws IllegalArgumentException if the user name has a colon or either a control character, or credentials were set
     *     before
     */
    public B basicAuthentication(String user, String password) {
        return authorization(UpgradeHeaders.basic(user, password));
    }

    private B authorization(String value) {
        if (authorized) {
            throw new IllegalArgumentException("bearerToken and basicAuthentication exclude each other");
        }
        authorized = true;
        return header("Authorization", value);
    }

    // ---- the way there ----

    /**
     * How the addresses of host names are found; by the JDK unless set. Where there is a proxy it is asked for the proxy's
     * host alone, since the proxy looks the servers up.
     */
    public B hostLookup(HostLookup found) {
        lookup = found;
        return self();
    }

    /**
     * Reaches every server through this proxy. What the proxy takes to reach the server counts as time for connecting ({@link
     * #connectTimeout}).
     */
    public B proxy(ProxyServer server) {
        proxy = server;
        return self();
    }

    /**
     * Offers permessage-deflate (RFC 7692), which servers may take or leave. Not offered unless this is called: SIP messages
     * are small, and compression costs memory for each connection.
     */
    public B compression() {
        compression = true;
        return self();
    }

    /** The transport. It has no thread and no socket yet. */
    public abstract Transport build();

    /**
     * What was set.
     *
     * @throws IllegalArgumentException if settings contradict each other
     */
    protected final TransportSettings settings() {
        if (trustAll && !trusted.isEmpty()) {
            throw new IllegalArgumentException("trust and insecureTrustAll exclude each other");
        }
        if (sslContext != null && (trustAll || !trusted.isEmpty() || clientKey != null)) {
            throw new IllegalArgumentException(
                    "an sslContext brings its own trust and keys: trust, insecureTrustAll and clientCertificate exclude it");
        }
        TlsOptions tls = new TlsOptions(trusted, trustAll, sslContext, clientKey, tlsProtocols);
        tls.checkProtocols();
        return new TransportSettings(
                connectTimeout,
                handshakeTimeout,
                closeTimeout,
                maxMessageBytes,
                maxQueuedBytes,
                tls,
                upgrade,
                lookup,
                proxy,
                compression);
    }

    @SuppressWarnings("unchecked") // B is the class that extends this one
    private B self() {
        return (B) this;
    }

    /** Checks a number: {@link IllegalArgumentException} if it is less than 1. */
    protected static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + " but must be at least 1");
        }
        return value;
    }

    private static Duration positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " is " + value + " but must be longer than zero");
        }
        return value;
    }
}
