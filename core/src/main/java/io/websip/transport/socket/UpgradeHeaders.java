package io.websip.transport.socket;

import io.websip.text.Visible;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Headers of the application in the upgrade request (RFC 7118 section 7). Immutable; {@code toString} shows their names
 * alone, since their values may be secret.
 */
public final class UpgradeHeaders {
    /** No header. */
    public static final UpgradeHeaders NONE = new UpgradeHeaders(List.of());

    /** The handshake's own (RFC 6455 section 4.1), and those by which HTTP tells where a message ends. */
    private static final Set<String> OURS = Set.of(
            "host",
            "upgrade",
            "connection",
            "sec-websocket-key",
            "sec-websocket-version",
            "sec-websocket-protocol",
            "sec-websocket-extensions",
            "sec-websocket-accept",
            "content-length",
            "transfer-encoding");

    /** A header with one value. {@code toString} shows the name alone. */
    public record Header(String name, String value) {
        @Override
        public String toString() {
            return name;
        }
    }

    private final List<Header> headers;

    private UpgradeHeaders(List<Header> headers) {
        this.headers = List.copyOf(headers);
    }

    /** In the order in which they were added. */
    public List<Header> all() {
        return headers;
    }

    /**
     * These and a further one.
     *
     * @throws IllegalArgumentException if the name is no token (RFC 9110 section 5.6.2) or one of the handshake's own, or the
     *     value has a control character; the message does not show the value
     */
    public UpgradeHeaders with(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(UpgradeHeaders::isTokenCharacter)) {
            throw new IllegalArgumentException("header name '" + Visible.line(name, 80) + "' is not a token of HTTP");
        }
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("header " + name + " belongs to the handshake and cannot be set");
        }
        checkValue("header " + name, value);
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value.strip()));
        return new UpgradeHeaders(more);
    }

    /**
     * These and a cookie; all cookies share one header (RFC 6265 section 5.4).
     *
     * @throws IllegalArgumentException if the name is no token, or the value has a character that no cookie may have
     */
    public UpgradeHeaders withCookie(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(UpgradeHeaders::isTokenCharacter)) {
            throw new IllegalArgumentException("cookie name '" + Visible.line(name, 80) + "' is not a token of HTTP");
        }
        if (!value.chars().allMatch(UpgradeHeaders::isCookieCharacter)) {
            throw new IllegalArgumentException(
                    "the value of cookie " + name + " has a character that RFC 6265 section 4.1.1 does not allow");
        }
        List<Header> more = new ArrayList<>(headers);
        String cookie = name + "=" + value;
        for (int i = 0; i < more.size(); i++) {
            if (more.get(i).name().equals("Cookie")) {
                more.set(i, new Header("Cookie", more.get(i).value() + "; " + cookie));
                return new UpgradeHeaders(more);
            }
        }
        more.add(new Header("Cookie", cookie));
        return new UpgradeHeaders(more);
    }

    /** Whether one of them may be a secret: any but Origin and User-Agent, which tell nothing that a peer may not know. */
    public boolean haveSecrets() {
        return headers.stream()
                .anyMatch(header -> !header.name().equalsIgnoreCase("Origin")
                        && !header.name().equalsIgnoreCase("User-Agent"));
    }

    /** The value of an Authorization header for Basic (RFC 7617): a user name cannot hold a colon. */
    static String basic(String user, String password) {
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("a user name for HTTP Basic cannot hold a colon (RFC 7617 section 2)");
        }
        checkValue("user name", user);
        checkValue("password", password);
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static void checkValue(String what, String value) {
        if (value.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f || c > 0xff)) {
            throw new IllegalArgumentException(
                    "the value of " + what + " has a control character, or one beyond ISO 8859-1");
        }
    }

    private static boolean isTokenCharacter(int c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c < 0x7f && "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    private static boolean isCookieCharacter(int c) {
        return c > 0x20 && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
    }

    @Override
    public String toString() {
        return headers.toString();
    }
}
