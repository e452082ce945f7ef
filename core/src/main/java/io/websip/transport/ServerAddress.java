package io.websip.transport;

import io.websip.text.HostNames;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
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
    /** Besides letters and digits, what path and query may hold as it is (RFC 3986 sections 3.3 and 3.4). */
    private static final String LEGAL = "-._~!$&'()*+,;=:@/?%";

    /** Of path and query: what every server takes (RFC 9110 section 4.1). */
    private static final int MAX_RESOURCE = 8_000;

    private static final String HEX = "0123456789ABCDEF";

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

    /**
     * Reads a URL such as {@code wss://sip.example.com/sip?tenant=1}. Its host may have underscores, as names of containers
     * do. In path and query, what no URI may hold is escaped as UTF-8 (RFC 3986 sections 2.1 and 2.5), such as {@code |} in a
     * token.
     *
     * @throws IllegalArgumentException if it is no absolute ws or wss URL with a host, has user information or a fragment
     *     (RFC 6455 section 3), a port outside 1 to 65535, or a blank, a control character or a malformed escape, or path and
     *     query are longer than 8,000 octets (RFC 9110 section 4.1). The message
     *     shows neither user information nor query
     */
    public static ServerAddress parse(String url) {
        int separator = url.indexOf("://");
        String scheme = url.substring(0, Math.max(separator, 0)).toLowerCase(Locale.ROOT);
        if (!scheme.equals("ws") && !scheme.equals("wss")) {
            throw invalid(url, "must start with ws:// or wss://");
        }
        int start = separator + 3;
        int end = HostNames.first(url, "/?#", start);
        String authority = url.substring(start, end);
        if (authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException("server URL must not hold a user name or password (RFC 6455 section 3)");
        }
        if (url.indexOf('#', end) >= 0) {
            throw invalid(url, "must not have a fragment (RFC 6455 section 3)");
        }
        int portStart = authority.indexOf(':', authority.lastIndexOf(']') + 1);
        String host;
        try {
            host = HostNames.normal(portStart < 0 ? authority : authority.substring(0, portStart));
        } catch (IllegalArgumentException e) {
            throw invalid(url, "names no valid host: " + e.getMessage());
        }
        boolean secure = scheme.equals("wss");
        String digits = portStart < 0 ? "" : authority.substring(portStart + 1);
        int port = digits.isEmpty() ? (secure ? 443 : 80) : port(url, digits);
        return new ServerAddress(secure, host, port, resource(url, end), null);
    }

    private static IllegalArgumentException invalid(String url, String why) {
        return new IllegalArgumentException("server '" + HostNames.shown(url) + "' " + why);
    }

    private static int port(String url, String digits) {
        boolean number = digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = number ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65_535) {
            throw invalid(url, "has a port outside 1 to 65535");
        }
        return port;
    }

    /** Path and query from there on, in ASCII alone: so all transports send the same. */
    private static String resource(String url, int start) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(url)) {
            throw invalid(url, "is not valid Unicode: it holds half of a surrogate pair");
        }
        StringBuilder out = new StringBuilder(url.length() - start + 1);
        if (start == url.length() || url.charAt(start) == '?') {
            out.append('/');
        }
        boolean query = false;
        byte[] octets = url.substring(start).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < octets.length; i++) {
            int c = octets[i] & 0xff;
            if (c <= ' ' || c == 0x7f) {
                throw invalid(url, "has a blank or a control character in its path or query (RFC 3986 section 2)");
            }
            if (c == '%' && !isEscape(octets, i)) {
                throw invalid(url, "has a '%' that two hexadecimal digits do not follow (RFC 3986 section 2.1)");
            }
            query |= c == '?';
            boolean bracket = query && (c == '[' || c == ']'); // which everybody takes there
            if (c < 128 && (Character.isLetterOrDigit(c) || LEGAL.indexOf(c) >= 0 || bracket)) {
                out.append((char) c);
            } else {
                out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        if (out.length() > MAX_RESOURCE) {
            throw invalid(url, "has a path and query of " + out.length() + " octets, " + MAX_RESOURCE + " are allowed");
        }
        return out.toString();
    }

    private static boolean isEscape(byte[] octets, int percent) {
        return percent + 2 < octets.length
                && Character.digit(octets[percent + 1], 16) >= 0
                && Character.digit(octets[percent + 2], 16) >= 0;
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
