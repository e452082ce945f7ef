package io.websip.transport;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a SIP-over-WebSocket server listens: a {@code ws:} or {@code wss:} URL (RFC 6455 section 3).
 *
 * <p>Its host may have been resolved already, as by DNS (RFC 3263): then the connection goes to that {@link #address()},
 * while {@link #host()} stays what the Host header and the server name of TLS say and the certificate must be for.
 *
 * <p>Immutable. Equal if scheme, host (without regard to case), port, resource and address are.
 */
public final class ServerAddress {
    private final boolean secure;
    private final String host;
    private final int port;
    private final String resource;
    private final @Nullable InetAddress address;

    private ServerAddress(boolean secure, String host, int port, String resource, @Nullable InetAddress address) {
        this.secure = secure;
        this.host = host;
        this.port = port;
        this.resource = resource;
        this.address = address;
    }

    /** For the text of an exception: without what stands in front of the host. */
    private static String shown(String url) {
        int host = url.indexOf("//") + 2;
        int path = url.indexOf('/', host);
        int at = url.lastIndexOf('@', path < 0 ? url.length() : path);
        return host < 2 || at < host ? url : url.substring(0, host) + "..." + url.substring(at);
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
            throw new IllegalArgumentException( // without the cause, which repeats what was given
                    "server '" + shown(url) + "' is not a URL: " + e.getReason() + " at index " + e.getIndex());
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("ws") && !scheme.equals("wss")) {
            throw new IllegalArgumentException("server '" + shown(url) + "' must start with ws:// or wss://");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("server URL must not hold a user name or password (RFC 6455 section 3)");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("server '" + shown(url) + "' names no valid host");
        }
        if (uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "server '" + shown(url) + "' must not have a fragment (RFC 6455 section 3)");
        }
        boolean secure = scheme.equals("wss");
        int port = uri.getPort() == -1 ? (secure ? 443 : 80) : uri.getPort();
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("server '" + url + "' has a port outside 1 to 65535");
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String resource = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        return new ServerAddress(secure, uri.getHost().toLowerCase(Locale.ROOT), port, resource, null);
    }

    /**
     * The same server at an address to which its host has been resolved.
     *
     * @param port 1 to 65535
     * @throws IllegalArgumentException if the port is out of its bounds
     */
    public ServerAddress at(InetAddress address, int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " of " + host + " is outside 1 to 65535");
        }
        return new ServerAddress(secure, host, port, resource, address);
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

    /** The address to connect to in place of looking {@link #host()} up; empty if it is still to be looked up. */
    public Optional<InetAddress> address() {
        return Optional.ofNullable(address);
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
                && resource.equals(a.resource)
                && Objects.equals(address, a.address);
    }

    @Override
    public int hashCode() {
        return Objects.hash(secure, host, port, resource, address);
    }

    /** The URL with its port and the address if there is one, but without the query, which may hold a token. */
    @Override
    public String toString() {
        int query = resource.indexOf('?');
        String path = query < 0 ? resource : resource.substring(0, query);
        String where = address == null ? "" : " at " + address.getHostAddress();
        return (secure ? "wss://" : "ws://") + host + ":" + port + path + where;
    }
}
