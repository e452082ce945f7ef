package io.websip.sip;

import io.websip.text.UriText;
import io.websip.text.Visible;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A SIP or SIPS URI, {@code sip:user:password@host:port;parameters?headers} (RFC 3261 section 19.1). Immutable; kept as
 * the octets it came in and read when asked for.
 */
public final class SipUri implements Uri {
    final byte[] bytes;
    final int start;
    private final int hostStart; // if there is a user, behind the at sign
    private final int hostEnd;
    final int end;

    /** Reads the URI that fills the slice, but for the semicolons behind its parameters that are overlooked. */
    private SipUri(byte[] b, int start, int end, Tolerance tolerance) throws SipParseException {
        int colon = schemeEnd(b, start, end);
        if (colon < 0) {
            throw new SipParseException("SIP URI: the scheme must be sip or sips");
        }
        this.bytes = b;
        this.start = start;
        int user = colon + 1;
        int userEnd = userEnd(b, user, end);
        hostStart = userEnd == user ? user : hostStart(b, userEnd, end);
        hostEnd = Scan.host(b, hostStart, end, "SIP URI");
        int parameters = Scan.is(b, hostEnd, end, ':') ? Scan.port(b, hostEnd + 1, end, "SIP URI") : hostEnd;
        int headersStart = Parameters.uriEnd(b, parameters, end, tolerance);
        int stop = headersStart;
        if (Scan.is(b, headersStart, end, '?')) {
            stop = tolerance == Tolerance.LOOSE
                    ? end
                    : headersEnd(b, headersStart + 1, end); // never used (section 19.1.5)
        }
        if (stop < end) {
            throw new SipParseException("SIP URI: unexpected character at position " + (stop - start));
        }
        this.end = headersStart == end ? withoutSemicolons(b, parameters, end) : end;
    }

    /** Another one in the same octets, which ends earlier. */
    private SipUri(SipUri whole, int end) {
        bytes = whole.bytes;
        start = whole.start;
        hostStart = whole.hostStart;
        hostEnd = whole.hostEnd;
        this.end = withoutSemicolons(bytes, hostEnd, end);
    }

    private static int withoutSemicolons(byte[] b, int start, int end) {
        int at = end;
        while (at > start && b[at - 1] == ';') {
            at--;
        }
        return at;
    }

    /** Where the colon stands behind sip or sips; -1 if the scheme is neither. */
    static int schemeEnd(byte[] b, int start, int end) {
        if (end - start < 4
                || Bytes.lower(b[start]) != 's'
                || Bytes.lower(b[start + 1]) != 'i'
                || Bytes.lower(b[start + 2]) != 'p') {
            return -1;
        }
        int colon = start + (Bytes.lower(b[start + 3]) == 's' ? 4 : 3);
        return Scan.is(b, colon, end, ':') ? colon : -1;
    }

    /** A user part may hold ; ? and /, so it is there exactly if an at sign is: its end, or where it would start. */
    private static int userEnd(byte[] b, int start, int end) throws SipParseException {
        int at = start;
        while (at < end && Bytes.isUser(b[at])) {
            at++;
        }
        if (at > start && Scan.is(b, at, end, '@')) {
            return at; // nearly always
        }
        int atSign = at;
        while (atSign < end && b[atSign] != '@') {
            atSign++;
        }
        if (atSign == end) {
            return start;
        }
        while (at < atSign && b[at] != ':') {
            character(b, at, atSign, Bytes.isUser(b[at]) || b[at] == '#' || b[at] < 0, "user");
            at++;
        }
        if (at == start) {
            throw new SipParseException("SIP URI: the user part is empty");
        }
        return at;
    }

    /** Over the at sign, and the password in front of it. */
    private static int hostStart(byte[] b, int userEnd, int end) throws SipParseException {
        if (b[userEnd] == '@') {
            return userEnd + 1;
        }
        int atSign = userEnd + 1;
        while (atSign < end && b[atSign] != '@') {
            atSign++;
        }
        for (int at = userEnd + 1; at < atSign; at++) {
            character(b, at, atSign, Bytes.isPassword(b[at]), "password");
        }
        return atSign + 1;
    }

    private static void character(byte[] b, int at, int end, boolean allowed, String part) throws SipParseException {
        if (b[at] == '%') {
            checkEscape(b, at, end);
        } else if (!allowed) {
            throw new SipParseException("SIP URI: the " + part + " holds a character that must be escaped");
        }
    }

    private static int headersEnd(byte[] b, int start, int end) throws SipParseException {
        int nameStart = start;
        boolean named = false;
        int at = start;
        for (; at < end; at++) {
            int c = b[at];
            if (c == '%') {
                checkEscape(b, at, end);
            } else if (c == '=') {
                if (at == nameStart) {
                    break;
                }
                named = true;
            } else if (c == '&') {
                if (!named) {
                    break;
                }
                named = false;
                nameStart = at + 1;
            } else if (c >= 0 && !Bytes.isUriHeader(c)) {
                break;
            }
        }
        if (!named) {
            throw new SipParseException("SIP URI: the headers behind '?' are malformed");
        }
        return at;
    }

    /**
     * Reads a complete SIP or SIPS URI as peers send it: one semicolon behind the last parameter is left out, and quotes and
     * equals signs in the value of a parameter are taken.
     *
     * @throws SipParseException if it is none; the message says what is wrong with it
     */
    public static SipUri parse(String text) throws SipParseException {
        byte[] b = Bytes.utf8(text);
        return parse(b, 0, b.length, Tolerance.RECEIVED);
    }

    /**
     * Reads a URI that the program itself gives, without any of the tolerance of {@link #parse}.
     *
     * @throws IllegalArgumentException if it is malformed, naming it and what is wrong
     */
    public static SipUri of(String text) {
        byte[] b = Bytes.utf8(text);
        try {
            return parse(b, 0, b.length, Tolerance.STRICT);
        } catch (SipParseException e) {
            throw new IllegalArgumentException(
                    "'" + Visible.line(UriText.withoutPassword(text)) + "' is not a SIP URI: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a URI that the program gives to be sent. It stays as it is, octet by octet; but what the grammar forbids in user,
     * password and parameters, such as a blank, {@code #} or a letter beyond ASCII, is escaped (RFC 3261 sections 19.1.2 and
     * 25.1). Where {@link #parse} is lenient towards peers this is not: hyphens around a label, IPv6 groups, port 0, and a
     * parameter with {@code =} but no value are malformed.
     *
     * @throws SipParseException if it is malformed; the message says what is wrong with it
     */
    public static SipUri given(String text) throws SipParseException {
        return GivenUri.read(text);
    }

    /**
     * The same URI as it may be sent: what the grammar forbids and {@link #parse} has taken from a peer is escaped (RFC 3261
     * section 19.1.2). This URI itself where there is nothing to escape.
     */
    public SipUri escaped() {
        return GivenUri.escaped(this);
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
        if (!Scan.isHost(host)) {
            throw new IllegalArgumentException("'" + Visible.line(host) + "' is not a host (RFC 3261 section 25.1)");
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
            if (Bytes.isUser(b)) {
                out.append((char) b);
            } else {
                out.append('%').append(String.format(Locale.ROOT, "%02X", b & 0xff));
            }
        }
        return out.toString();
    }

    static SipUri parse(byte[] b, int start, int end, Tolerance tolerance) throws SipParseException {
        return new SipUri(b, start, end, tolerance);
    }

    /** Whether {@link #of} would take it: a URI that a peer has sent need not be fit to be sent on. */
    public boolean isWellFormed() {
        try {
            return parse(bytes, start, end, Tolerance.STRICT).end == end;
        } catch (SipParseException e) {
            return false;
        }
    }

    /** A percent sign stands here, which two hexadecimal digits must follow. */
    static void checkEscape(byte[] b, int at, int end) throws SipParseException {
        if (at + 2 >= end || Bytes.hex(b[at + 1]) < 0 || Bytes.hex(b[at + 2]) < 0) {
            throw new SipParseException("SIP URI: '%' must be followed by two hexadecimal digits");
        }
    }

    @Override
    public String scheme() {
        return secure() ? "sips" : "sip";
    }

    /** Whether the scheme is sips. */
    public boolean secure() {
        return Bytes.lower(bytes[start + 3]) == 's';
    }

    private int userStart() {
        return start + (secure() ? 5 : 4);
    }

    private boolean hasUser() {
        return hostStart != userStart();
    }

    /** Of the user, which is there: at the colon in front of a password, or at the at sign. */
    private int userEnd() {
        int at = userStart();
        while (bytes[at] != ':' && bytes[at] != '@') {
            at++;
        }
        return at;
    }

    private boolean hasPassword() {
        return hasUser() && bytes[userEnd()] == ':';
    }

    /** The user with its escapes undone, once; empty if there is none. */
    public Optional<String> user() {
        return hasUser()
                ? Optional.of(new String(unescape(bytes, userStart(), userEnd()), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /** The user as it stands, escapes and all; empty if there is none. */
    public Optional<String> rawUser() {
        return hasUser() ? Optional.of(Bytes.string(bytes, userStart(), userEnd())) : Optional.empty();
    }

    /** The password in the URI, which RFC 3261 section 19.1.1 advises against, escapes undone. */
    public Optional<String> password() {
        return hasPassword()
                ? Optional.of(new String(unescape(bytes, userEnd() + 1, hostStart - 1), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    Optional<String> rawPassword() {
        return hasPassword() ? Optional.of(Bytes.string(bytes, userEnd() + 1, hostStart - 1)) : Optional.empty();
    }

    /** Host name, IPv4 address or IPv6 reference with its brackets, as it stands. */
    public String host() {
        return Bytes.ascii(bytes, hostStart, hostEnd);
    }

    /** The port, or -1 where the URI names none. */
    public int port() {
        return Scan.is(bytes, hostEnd, end, ':')
                ? (int) Bytes.number(bytes, hostEnd + 1, parametersStart(), 65_535)
                : -1;
    }

    private int parametersStart() {
        return Scan.is(bytes, hostEnd, end, ':') ? Scan.digits(bytes, hostEnd + 1, end) : hostEnd;
    }

    /** Where the question mark stands, which nothing in front of it may hold; or the end. */
    private int headersStart() {
        int at = hostEnd;
        while (at < end && bytes[at] != '?') {
            at++;
        }
        return at;
    }

    /** The URI's own parameters, escapes kept. */
    public Parameters parameters() {
        return Parameters.ofUri(bytes, parametersStart(), headersStart());
    }

    /** What follows the question mark, escapes kept; empty if there is none. */
    public Optional<String> headers() {
        int headersStart = headersStart();
        return headersStart == end ? Optional.empty() : Optional.of(Bytes.string(bytes, headersStart + 1, end));
    }

    /** Whether the parameter {@code lr} marks it as a loose router (RFC 3261 section 19.1.1). */
    public boolean isLooseRouter() {
        return parameters().contains("lr");
    }

    /** The same URI without its headers, as a Request-URI must be (RFC 3261 section 19.1.1, table 1). */
    public SipUri withoutHeaders() {
        int headersStart = headersStart();
        return headersStart == end ? this : new SipUri(this, headersStart);
    }

    /** The address-of-record in it: scheme, user and host, nothing else (RFC 3261 section 10.3). */
    public SipUri toAor() {
        String user = hasUser() ? Bytes.string(bytes, userStart(), userEnd()) + "@" : "";
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

    /** The slice with its escapes undone; a percent sign without its two digits stands for itself. */
    static byte[] unescape(byte[] b, int start, int end) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(end - start);
        for (int i = start; i < end; i++) {
            if (b[i] == '%' && i + 2 < end && Bytes.hex(b[i + 1]) >= 0 && Bytes.hex(b[i + 2]) >= 0) {
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
        return o instanceof SipUri u && Arrays.equals(bytes, start, end, u.bytes, u.start, u.end);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return Bytes.string(bytes, start, end);
    }
}
