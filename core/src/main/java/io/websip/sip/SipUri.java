package io.websip.sip;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A SIP or SIPS URI, {@code sip:user:password@host:port;parameters?headers} (RFC 3261 section 19.1). Immutable; kept as
 * the octets it came in and read when asked for.
 */
public final class SipUri implements Uri {
    private final byte[] bytes;
    private final int start;
    private final int userStart;
    private final int userEnd; // equal to userStart where there is no user part
    private final int passwordEnd; // equal to userEnd where there is no password
    private final int hostStart;
    private final int hostEnd;
    private final int port; // -1 where there is none
    private final Parameters parameters;
    private final int headersStart; // the question mark, or end
    private final int end;
    private @Nullable String text; // racy cache: any thread computes the same

    /** Reads the URI that goes to the lexer's end. */
    private SipUri(Lexer in) throws SipParseException {
        bytes = in.bytes;
        start = in.at;
        end = in.end;
        while (!in.done() && in.peek() != ':') {
            in.at++;
        }
        if (!Bytes.equalsIgnoreCase(bytes, start, in.at, "sip")
                && !Bytes.equalsIgnoreCase(bytes, start, in.at, "sips")) {
            throw new SipParseException("SIP URI: the scheme must be sip or sips");
        }
        in.at++;
        userStart = in.at;
        int atSign = atSign(in);
        if (atSign >= 0) {
            user(in, atSign);
            userEnd = in.at;
            password(in, atSign);
            passwordEnd = in.at;
            in.at = atSign + 1;
        } else {
            userEnd = userStart;
            passwordEnd = userStart;
        }
        hostStart = in.at;
        in.host("SIP URI");
        hostEnd = in.at;
        if (in.peek() == ':') {
            in.at++;
            port = in.port("SIP URI");
        } else {
            port = -1;
        }
        parameters = Parameters.ofUri(in);
        headersStart = in.at;
        if (in.peek() == '?') {
            in.at++;
            headers(in);
        }
        if (!in.done()) {
            throw new SipParseException("SIP URI: unexpected character at position " + (in.at - start));
        }
    }

    /** A user part may hold ; ? and /, so it is there exactly if an at sign is. */
    private static int atSign(Lexer in) {
        for (int i = in.at; i < in.end; i++) {
            if (in.bytes[i] == '@') {
                return i;
            }
        }
        return -1;
    }

    private static void user(Lexer in, int atSign) throws SipParseException {
        int start = in.at;
        while (in.at < atSign && in.peek() != ':') {
            characters(in, Bytes.isUser(in.peek()) || in.peek() == '#' || in.peek() > 127, "user");
        }
        if (in.at == start) {
            throw new SipParseException("SIP URI: the user part is empty");
        }
    }

    private static void password(Lexer in, int atSign) throws SipParseException {
        if (in.peek() == ':') {
            in.at++;
            while (in.at < atSign) {
                characters(in, Bytes.isPassword(in.peek()), "password");
            }
        }
    }

    private static void characters(Lexer in, boolean allowed, String part) throws SipParseException {
        if (in.peek() == '%') {
            checkEscape(in);
        } else if (!allowed) {
            throw new SipParseException("SIP URI: the " + part + " holds a character that must be escaped");
        }
        in.at++;
    }

    private static void headers(Lexer in) throws SipParseException {
        int nameStart = in.at;
        boolean named = false;
        while (!in.done()) {
            int c = in.peek();
            if (c == '%') {
                checkEscape(in);
            } else if (c == '=') {
                if (in.at == nameStart) {
                    break;
                }
                named = true;
            } else if (c == '&') {
                if (!named) {
                    break;
                }
                named = false;
                nameStart = in.at + 1;
            } else if (!Bytes.isUriHeader(c) && c <= 127) {
                break;
            }
            in.at++;
        }
        if (!named) {
            throw new SipParseException("SIP URI: the headers behind '?' are malformed");
        }
    }

    /**
     * Reads a complete SIP or SIPS URI.
     *
     * @throws SipParseException if it is none; the message says what is wrong with it
     */
    public static SipUri parse(String text) throws SipParseException {
        byte[] b = Bytes.utf8(text);
        return parse(b, 0, b.length);
    }

    /**
     * Reads a URI that the program itself gives.
     *
     * @throws IllegalArgumentException if it is malformed, naming it and what is wrong
     */
    public static SipUri of(String text) {
        try {
            return parse(text);
        } catch (SipParseException e) {
            throw new IllegalArgumentException("'" + text + "' is not a SIP URI: " + e.getMessage(), e);
        }
    }

    /**
     * Makes a URI from its parts. Characters of the user that may not stand in a URI are escaped.
     *
     * @param user without escapes; null for none
     * @param host name, IPv4 address or IPv6 reference in brackets
     * @param port -1 for none
     * @throws IllegalArgumentException if the host or the port is malformed
     */
    public static SipUri of(boolean secure, @Nullable String user, String host, int port) {
        if (!Lexer.isHost(host)) {
            throw new IllegalArgumentException("'" + host + "' is not a host (RFC 3261 section 25.1)");
        }
        StringBuilder out = new StringBuilder(secure ? "sips:" : "sip:");
        if (user != null) {
            out.append(escapeUser(user)).append('@');
        }
        out.append(host);
        if (port != -1) {
            out.append(':').append(port);
        }
        return of(out.toString());
    }

    /**
     * The user part with every octet escaped that may not stand in one (RFC 3261 section 19.1.2).
     *
     * @throws IllegalArgumentException if it holds half of a surrogate pair
     */
    public static String escapeUser(String user) {
        Bytes.checkUnicode("user", user);
        StringBuilder out = new StringBuilder(user.length() + 8);
        for (byte b : Bytes.utf8(user)) {
            if (b > 0 && Bytes.isUser(b)) {
                out.append((char) b);
            } else {
                out.append('%').append(String.format(Locale.ROOT, "%02X", b & 0xff));
            }
        }
        return out.toString();
    }

    static SipUri parse(byte[] b, int start, int end) throws SipParseException {
        return new SipUri(new Lexer(b, start, end));
    }

    /** The cursor stands on a percent sign that two hexadecimal digits must follow. */
    static void checkEscape(Lexer in) throws SipParseException {
        if (in.at + 2 >= in.end || Bytes.hex(in.bytes[in.at + 1]) < 0 || Bytes.hex(in.bytes[in.at + 2]) < 0) {
            throw new SipParseException("SIP URI: '%' must be followed by two hexadecimal digits");
        }
    }

    @Override
    public String scheme() {
        return secure() ? "sips" : "sip";
    }

    /** Whether the scheme is sips. */
    public boolean secure() {
        return Bytes.equalsIgnoreCase(bytes, start, start + 4, "sips");
    }

    /** The user with its escapes undone, once; empty if there is none. */
    public Optional<String> user() {
        return userEnd == userStart
                ? Optional.empty()
                : Optional.of(new String(unescape(bytes, userStart, userEnd), StandardCharsets.UTF_8));
    }

    /** The user as it stands, escapes and all; empty if there is none. */
    public Optional<String> rawUser() {
        return userEnd == userStart ? Optional.empty() : Optional.of(Bytes.string(bytes, userStart, userEnd));
    }

    /** The password in the URI, which RFC 3261 section 19.1.1 advises against, escapes undone. */
    public Optional<String> password() {
        return passwordEnd == userEnd
                ? Optional.empty()
                : Optional.of(new String(unescape(bytes, userEnd + 1, passwordEnd), StandardCharsets.UTF_8));
    }

    Optional<String> rawPassword() {
        return passwordEnd == userEnd ? Optional.empty() : Optional.of(Bytes.string(bytes, userEnd + 1, passwordEnd));
    }

    /** Host name, IPv4 address or IPv6 reference with its brackets, as it stands. */
    public String host() {
        return Bytes.string(bytes, hostStart, hostEnd);
    }

    /** The port, or -1 where the URI names none. */
    public int port() {
        return port;
    }

    /** The URI's own parameters, escapes kept. */
    public Parameters parameters() {
        return parameters;
    }

    /** What follows the question mark, escapes kept; empty if there is none. */
    public Optional<String> headers() {
        return headersStart == end ? Optional.empty() : Optional.of(Bytes.string(bytes, headersStart + 1, end));
    }

    /** Whether the parameter {@code lr} marks it as a loose router (RFC 3261 section 19.1.1). */
    public boolean isLooseRouter() {
        return parameters.contains("lr");
    }

    /** The same URI without its headers, as a Request-URI must be (RFC 3261 section 19.1.1, table 1). */
    public SipUri withoutHeaders() {
        return headersStart == end ? this : of(Bytes.string(bytes, start, headersStart));
    }

    /** The address-of-record in it: scheme, user and host, nothing else (RFC 3261 section 10.3). */
    public SipUri toAor() {
        String user = userEnd == userStart ? "" : Bytes.string(bytes, userStart, userEnd) + "@";
        return of(scheme() + ":" + user + host().toLowerCase(Locale.ROOT));
    }

    /**
     * Whether both mean the same by RFC 3261 section 19.1.4. The relation is not transitive, so it is no
     * {@code equals}; two URIs that match have the same {@link #matchKey()}.
     */
    public boolean matches(SipUri other) {
        return SipUriComparison.matches(this, other);
    }

    /** A key that is equal for any two URIs that match, fit for a hash table; the reverse does not hold. */
    public String matchKey() {
        return SipUriComparison.key(this);
    }

    static byte[] unescape(byte[] b, int start, int end) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(end - start);
        for (int i = start; i < end; i++) {
            if (b[i] == '%' && i + 2 < end) {
                out.write(Bytes.hex(b[i + 1]) << 4 | Bytes.hex(b[i + 2]));
                i += 2;
            } else {
                out.write(b[i]);
            }
        }
        return out.toByteArray();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof SipUri u && toString().equals(u.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        String t = text;
        if (t == null) {
            t = Bytes.string(bytes, start, end);
            text = t;
        }
        return t;
    }
}
