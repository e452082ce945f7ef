package io.websip.sip;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * A display name, a URI and parameters, as From, To, Contact, Route and their like hold them (RFC 3261 section 20.10).
 * Immutable; kept as the octets it came in and read when asked for.
 */
public final class NameAddress {
    private final byte[] bytes;
    private final int start;
    private final int end;
    private final int nameStart;
    private final int nameEnd; // equal to nameStart where there is no display name
    private final Uri uri;
    private final Parameters parameters;

    private NameAddress(byte[] bytes, int start, int end, int nameStart, int nameEnd, Uri uri, Parameters parameters) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.nameStart = nameStart;
        this.nameEnd = nameEnd;
        this.uri = uri;
        this.parameters = parameters;
    }

    /**
     * Reads one value, with or without angle brackets.
     *
     * @throws SipParseException if it is malformed
     */
    public static NameAddress parse(String text) throws SipParseException {
        byte[] b = Bytes.utf8(text);
        return parse(b, 0, b.length);
    }

    /** A URI without display name and parameters. */
    public static NameAddress of(Uri uri) {
        return of(null, uri);
    }

    /**
     * A URI with a display name, which is quoted as needed.
     *
     * @throws IllegalArgumentException if the display name holds CR, LF or NUL
     */
    public static NameAddress of(@Nullable String displayName, Uri uri) {
        String name = displayName == null || displayName.isEmpty() ? "" : QuotedString.quote(displayName) + " ";
        return trusted(name + "<" + uri + ">");
    }

    /**
     * The same with this parameter behind the others, in the place of any of that name.
     *
     * @param value a token, a host or a quoted string; null for none
     * @throws IllegalArgumentException if the name is not a token, or the value none of these
     */
    public NameAddress with(String name, @Nullable String value) {
        String one = Parameters.one(name, value);
        String displayName = nameEnd == nameStart ? "" : Bytes.unfoldedString(bytes, nameStart, nameEnd) + " ";
        return trusted(displayName + "<" + uri + ">" + parameters.without(name) + one);
    }

    private static NameAddress trusted(String text) {
        try {
            return parse(text);
        } catch (SipParseException e) {
            throw new IllegalArgumentException("'" + text + "' is not a name address: " + e.getMessage(), e);
        }
    }

    static NameAddress parse(byte[] b, int start, int end) throws SipParseException {
        Lexer in = new Lexer(b, start, end);
        NameAddress value = read(in, "address");
        if (!in.done()) {
            throw new SipParseException("address: one value expected, but more follows");
        }
        return value;
    }

    /** Reads one value and leaves the cursor on the comma behind it, or at the end. */
    static NameAddress read(Lexer in, String what) throws SipParseException {
        in.skipLws();
        int start = in.at;
        int nameStart = in.at;
        int nameEnd = in.at;
        if (in.peek() == '"') {
            in.quoted(what);
            nameEnd = in.at;
            in.skipLws();
        } else {
            int bracket = angleBracket(in);
            if (bracket >= 0) {
                nameEnd = tokens(in, bracket, what);
                in.at = bracket;
            } else {
                return bare(in, start, what);
            }
        }
        in.expectAfterLws('<', what);
        int uriStart = in.at;
        while (!in.done() && in.peek() != '>') {
            in.at++;
        }
        if (in.done()) {
            throw new SipParseException(what + ": '>' is missing");
        }
        Uri uri = Uri.parse(in.bytes, uriStart, in.at);
        in.at++;
        return finish(in, start, nameStart, nameEnd, uri, what);
    }

    /** Without brackets the first semicolon starts the header's parameters, not the URI's (RFC 3261 section 20). */
    private static NameAddress bare(Lexer in, int start, String what) throws SipParseException {
        while (!in.done() && in.peek() != ';' && in.peek() != ',' && !Bytes.isLws(in.peek())) {
            if (in.peek() == '?') {
                throw new SipParseException(what + ": a URI with '?' must stand in angle brackets");
            }
            in.at++;
        }
        Uri uri = Uri.parse(in.bytes, start, in.at);
        return finish(in, start, start, start, uri, what);
    }

    private static NameAddress finish(Lexer in, int start, int nameStart, int nameEnd, Uri uri, String what)
            throws SipParseException {
        int end = in.at;
        Parameters parameters = Parameters.ofHeader(in, what);
        if (!in.done() && in.peek() != ',') {
            throw new SipParseException(what + ": unexpected character behind the address");
        }
        if (!parameters.isEmpty()) {
            end = in.at;
            while (Bytes.isLws(in.bytes[end - 1])) {
                end--;
            }
        }
        return new NameAddress(in.bytes, start, end, nameStart, nameEnd, uri, parameters);
    }

    /** Where the opening bracket stands, if it comes before anything that ends an address without brackets. */
    private static int angleBracket(Lexer in) {
        for (int i = in.at; i < in.end; i++) {
            int c = in.bytes[i];
            if (c == '<') {
                return i;
            }
            if (c == ',' || c == ';' || c == '"') {
                return -1;
            }
        }
        return -1;
    }

    /** A display name without quotes: tokens and white space, and the bytes of UTF-8, which peers leave unquoted. */
    private static int tokens(Lexer in, int bracket, String what) throws SipParseException {
        int last = in.at;
        for (int i = in.at; i < bracket; i++) {
            int c = in.bytes[i];
            if (Bytes.isLws(c)) {
                continue;
            }
            if (!Bytes.isToken(c) && c >= 0) {
                throw new SipParseException(what + ": the display name must be quoted");
            }
            last = i + 1;
        }
        return last;
    }

    /** The display name, unquoted, each run of white space in an unquoted one made one space; empty if there is none. */
    public Optional<String> displayName() {
        if (nameEnd == nameStart) {
            return Optional.empty();
        }
        if (bytes[nameStart] == '"') {
            String name = QuotedString.unquote(bytes, nameStart, nameEnd);
            return name.isEmpty() ? Optional.empty() : Optional.of(name);
        }
        StringBuilder name = new StringBuilder();
        StringTokenizer words = new StringTokenizer(Bytes.string(bytes, nameStart, nameEnd), " \t\r\n");
        while (words.hasMoreTokens()) {
            name.append(name.isEmpty() ? "" : " ").append(words.nextToken());
        }
        return Optional.of(name.toString());
    }

    /** The URI. */
    public Uri uri() {
        return uri;
    }

    /** The parameters of the header value, not those of the URI. */
    public Parameters parameters() {
        return parameters;
    }

    /** The tag of a From or To (RFC 3261 section 19.3). */
    public Optional<String> tag() {
        return parameters.get("tag");
    }

    /** The {@code expires} of a Contact in seconds, at most 2**32-1; empty if absent or malformed. */
    public OptionalLong expires() {
        String value = parameters.value("expires");
        return value == null ? OptionalLong.empty() : SipHeaders.deltaSeconds(value);
    }

    /** The {@code q} of a Contact, 0 to 1; empty if absent or malformed (RFC 3261 section 20.10). */
    public OptionalDouble q() {
        String value = parameters.value("q");
        if (value == null || value.isEmpty() || value.length() > 5) {
            return OptionalDouble.empty();
        }
        int dot = value.indexOf('.');
        for (int i = 0; i < value.length(); i++) {
            if (i != dot && !Bytes.isDigit(value.charAt(i))) {
                return OptionalDouble.empty();
            }
        }
        if (value.equals(".")) {
            return OptionalDouble.empty();
        }
        double q = Double.parseDouble(value);
        return q <= 1 ? OptionalDouble.of(q) : OptionalDouble.empty();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof NameAddress n && toString().equals(n.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** The value as it stood, unfolded. */
    @Override
    public String toString() {
        return Bytes.unfoldedString(bytes, start, end);
    }
}
