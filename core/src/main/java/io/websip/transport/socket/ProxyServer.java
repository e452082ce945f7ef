package io.websip.transport.socket;

import io.websip.text.HostNames;
import io.websip.text.Visible;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A proxy through which a transport reaches its servers. Immutable; {@code toString} leaves the credentials out.
 *
 * @param kind how it is spoken to
 * @param host its name, which may have underscores, or its address; IPv6 with or without brackets
 * @param port its port
 * @param user null where it asks for nobody
 * @param password null where it asks for nobody
 */
public record ProxyServer(
        Kind kind,
        String host,
        int port,
        @Nullable String user,
        @Nullable String password) {
    private static final int MAX_SOCKS_OCTETS = 255;

    /** How a proxy is spoken to. */
    public enum Kind {
        /** HTTP CONNECT (RFC 9110 section 9.3.6), with Basic where there is a user. */
        HTTP,
        /** SOCKS 5 (RFC 1928), with RFC 1929 where there is a user. */
        SOCKS5
    }

    /**
     * Checks host and port, that user and password come together, for SOCKS 5 that each has 1 to 255 octets in UTF-8 (RFC
     * 1929 section 2), and for HTTP that Basic can hold them (RFC 7617 section 2).
     *
     * @throws IllegalArgumentException if not
     */
    public ProxyServer {
        if (host.isBlank()) {
            throw new IllegalArgumentException("proxy host is empty");
        }
        checkHost(host);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("proxy port is " + port + " but must be 1 to 65535");
        }
        if ((user == null) != (password == null)) {
            throw new IllegalArgumentException("a proxy has a user and a password, or neither");
        }
        if (user != null && password != null) {
            checkCredentials(kind, user, password);
        }
    }

    private static void checkCredentials(Kind kind, String user, String password) {
        if (kind == Kind.HTTP) {
            UpgradeHeaders.basic(user, password); // refuses what it cannot bear
        } else {
            checkSocks("user", user);
            checkSocks("password", password);
        }
    }

    /** Each is sent behind one octet that holds its length (RFC 1929 section 2). The value may be secret. */
    private static void checkSocks(String what, String value) {
        int octets = value.getBytes(StandardCharsets.UTF_8).length;
        if (octets < 1 || octets > MAX_SOCKS_OCTETS) {
            throw new IllegalArgumentException("the " + what + " for a SOCKS 5 proxy has " + octets
                    + " octets but must have 1 to " + MAX_SOCKS_OCTETS + " (RFC 1929 section 2)");
        }
    }

    private static void checkHost(String host) {
        try {
            HostNames.normal(host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("proxy host '" + HostNames.shown(host) + "': " + e.getMessage());
        }
    }

    /** A proxy that is spoken to in HTTP. */
    public static ProxyServer http(String host, int port) {
        return new ProxyServer(Kind.HTTP, host, port, null, null);
    }

    /** A proxy that is spoken to in SOCKS 5; it looks host names up itself. */
    public static ProxyServer socks5(String host, int port) {
        return new ProxyServer(Kind.SOCKS5, host, port, null, null);
    }

    /** The same proxy, with credentials. */
    public ProxyServer withCredentials(String name, String secret) {
        UpgradeHeaders.basic(name, secret); // what Basic cannot bear is refused for both kinds
        return new ProxyServer(kind, host, port, name, secret);
    }

    @Override
    public String toString() {
        return kind + " proxy " + Visible.line(host) + ":" + port;
    }
}
