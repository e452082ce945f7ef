package io.websip.transport;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;

/**
 * Where a SIP-over-WebSocket server listens: a {@code ws:} or {@code wss:} URL (RFC 6455 section 3).
 *
 * <p>Immutable. Equal if scheme, host (without regard to case), port and resource are.
 */
public final class ServerAddress {
    private final boolean secure;
    private final String host;
    private final int port;
    private final String resource;

    private ServerAddress(boolean secure, String host, int port, String resource) {
        this.secure = secure;
        this.host = host;
        this.port = port;
        this.resource = resource;
    }

    /**
     * Reads a URL such as {@code wss://sip.example.com/sip?tenant=1}.
     *
     * @throws IllegalArgumentException if it is no absolute ws or wss URL with a host, has user information or a fragment
     *     (RFC 6455 section 3), or a port outside 1 to 65535
     */
    public static ServerAddress parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("server '" + url + "' is not a URL: " + e.getMessage(), e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("ws") && !scheme.equals("wss")) {
            throw new IllegalArgumentException("server '" + url + "' must start with ws:// or wss://");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("server URL must not hold a user name or password (RFC 6455 section 3)");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("server '" + url + "' names no valid host");
        }
        if (uri.getRawFragment() != null) {
            throw new IllegalArgumentException("server '" + url + "' must not have a fragment (RFC 6455 section 3)");
        }
        boolean secure = scheme.equals("wss");
        int port = uri.getPort() == -1 ? (secure ? 443 : 80) : uri.getPort();
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("server '" + url + "' has a port outside 1 to 65535");
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String resource = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        return new ServerAddress(secure, uri.getHost().toLowerCase(Locale.ROOT), port, resource);
    }

    /** Whether it is {@code wss:}, over TLS. */
    public boolean secure() {
        return secure;
    }

    /** Host name, IPv4 address, or IPv6 address in brackets; in lower case. */
    public String host() {
        return host;
    }

    /** The port, 80 for ws and 443 for wss where the URL named none. */
    public int port() {
        return port;
    }

    /** Path and query as they stand in the request line of the handshake, at least {@code /}. */
    public String resource() {
        return resource;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ServerAddress a
                && secure == a.secure
                && port == a.port
                && host.equals(a.host)
                && resource.equals(a.resource);
    }

    @Override
    public int hashCode() {
        return Objects.hash(secure, host, port, resource);
    }

    /** The URL with its port, but without the query, which may hold a token. */
    @Override
    public String toString() {
        int query = resource.indexOf('?');
        String path = query < 0 ? resource : resource.substring(0, query);
        return (secure ? "wss://" : "ws://") + host + ":" + port + path;
    }
}
