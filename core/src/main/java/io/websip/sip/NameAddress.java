package io.websip.sip;

import io.websip.text.Visible;
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
    private final int start; // of the display name, if there is one
    private final Uri uri;
    private final int parametersStart;
    private final int end;

    private NameAddress(byte[] bytes, int start, Uri uri, int parametersStart, int end) {
        this.bytes = bytes;
        this.start = start;
        this.uri = uri;
        this.parametersStart = parametersStart;
        this.end = end;
    }

    /**
     * Reads one value as peers send it, with or without angle brackets: white space within the brackets, one semicolon at the end
     * of the URI and of the value, and the tolerance of {@link SipUri#parse(String)}.
     *
     * @throws SipParseException if it is malformed
     */
    public static NameAddress parse(String text) throws SipParseException {
        byte[] b = Bytes.utf8(text);
        return parse(b, 0, b.length, "address", Tolerance.RECEIVED);
    }

    /** A URI without display name and parameters. */
    public static NameAddress of(Uri uri) {
        return of(null, uri);
    }

    /**
     * A URI with a display name, which is quoted as needed.
     *
     * @throws IllegalArgumentException if the display name holds a control character
     */
    public static NameAddress of(@Nullable String displayName, Uri uri) {
        String name = displayName == null || displayName.isEmpty() ? "" : QuotedString.quote(displayName) + " ";
        return trusted(name + "<" + uri + ">", Tolerance.STRICT);
    }

    /**
     * The same with this parameter behind the others, in the place of any of that name.
     *
     * @param value a token, a host or a quoted string; null for none
     * @throws IllegalArgumentException if the name is not a token, or the value none of these
     */
    public NameAddress with(String name, @Nullable String value) {
        String one = Parameters.one(name, value);
        int nameEnd = nameEnd();
        String displayName = nameEnd == start ? "" : Bytes.unfoldedString(bytes, start, nameEnd) + " ";
        String text = displayName + "<" + uri + ">" + parameters().without(name) + one;
        try {
            byte[] b = Bytes.utf8(text);
            return parse(b, 0, b.length, "address", Tolerance.STRICT);
        } catch (SipParseException e) { // as a peer has sent it
            NameAddress fit = wellFormed().orElse(this);
            return trusted("<" + fit.uri + ">" + fit.parameters().without(name) + one, Tolerance.LOOSE);
        }
    }

    /** The same with its URI as it may be sent, see {@link SipUri#escaped}; itself where nothing is to be escaped. */
    public NameAddress escaped() {
        if (!(uri instanceof SipUri sip) || sip.escaped() == sip) {
            return this;
        }
        int nameEnd = nameEnd();
        String displayName = nameEnd == start ? "" : Bytes.unfoldedString(bytes, start, nameEnd) + " ";
        return trusted(displayName + "<" + sip.escaped() + ">" + parameters(), Tolerance.LOOSE);
    }

    /**
     * The same by the letter of RFC 3261 section 25.1, fit to be sent: itself, if it is well-formed; else without what is not,
     * the display name too. Empty if its URI is malformed.
     */
    public Optional<NameAddress> wellFormed() {
        try {
            byte[] b = Bytes.utf8(toString());
            return Optional.of(parse(b, 0, b.length, "address", Tolerance.STRICT));
        } catch (SipParseException e) {
            return uri instanceof SipUri sip && !sip.isWellFormed()
                    ? Optional.empty()
                    : Optional.of(trusted("<" + uri + ">" + parameters().wellFormed(), Tolerance.STRICT));
        }
    }

    private static NameAddress trusted(String text, Tolerance tolerance) {
        byte[] b = Bytes.utf8(text);
        try {
            return parse(b, 0, b.length, "address", tolerance);
        } catch (SipParseException e) {
            throw new IllegalArgumentException(
                    "'" + Visible.line(text) + "' is not a name address: " + e.getMessage(), e);
        }
    }

    /** Reads the one value that fills the slice. */
    static NameAddress parse(byte[] b, int from, int limit, String what, Tolerance tolerance) throws SipParseException {
        try {
            return strict(b, from, limit, what);
        } catch (SipParseException e) {
            NameAddress found =
                    tolerance == Tolerance.STRICT ? null : new AddressFinder(b, limit, tolerance).find(from);
            if (found == null) {
                throw e;
            }
            return found;
        }
    }

    static NameAddress of(byte[] b, int start, Uri uri, int parametersStart, int end) {
        return new NameAddress(b, start, uri, parametersStart, end);
    }

    private static NameAddress strict(byte[] b, int from, int limit, String what) throws SipParseException {
        int start = Scan.lws(b, from, limit);
        int bracket;
        if (Scan.is(b, start, limit, '"')) {
            bracket = Scan.expect('<', b, Scan.quoted(b, start, limit, what), limit, what) - 1;
        } else {
            bracket = angleBracket(b, start, limit);
            if (bracket < 0) {
                return bare(b, start, limit, what);
            }
            checkTokens(b, start, bracket, what);
        }
        int uriEnd = bracket + 1;
        while (uriEnd < limit && b[uriEnd] != '>') {
            uriEnd++;
        }
        if (uriEnd >= limit) {
            throw new SipParseException(what + ": '>' is missing");
        }
        Uri uri = UriReader.read(b, bracket + 1, uriEnd, Tolerance.STRICT);
        return finish(b, start, uri, uriEnd + 1, limit, what);
    }

    /** Without brackets the first semicolon starts the header's parameters, not the URI's (RFC 3261 section 20). */
    private static NameAddress bare(byte[] b, int start, int limit, String what) throws SipParseException {
        int end = start;
        while (end < limit && b[end] != ';' && b[end] != ',' && !Bytes.isLws(b[end])) {
            if (b[end] == '?') {
                throw new SipParseException(what + ": a URI with '?' must stand in angle brackets");
            }
            end++;
        }
        return finish(b, start, UriReader.read(b, start, end, Tolerance.STRICT), end, limit, what);
    }

    private static NameAddress finish(byte[] b, int start, Uri uri, int parametersStart, int limit, String what)
            throws SipParseException {
        int stop = Parameters.headerEnd(b, parametersStart, limit, what, Tolerance.STRICT);
        if (Scan.lws(b, stop, limit) < limit) {
            throw new SipParseException(what + ": one value expected, but more follows");
        }
        return new NameAddress(b, start, uri, parametersStart, Scan.lwsBefore(b, stop, parametersStart));
    }

    /** Where the opening bracket stands, if it comes before anything that ends an address without brackets. */
    private static int angleBracket(byte[] b, int start, int limit) {
        for (int i = start; i < limit; i++) {
            int c = b[i];
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
    static void checkTokens(byte[] b, int start, int bracket, String what) throws SipParseException {
        for (int i = start; i < bracket; i++) {
            int c = b[i];
            if (!Bytes.isToken(c) && c >= 0 && !Bytes.isLws(c)) {
                throw new SipParseException(what + ": the display name must be quoted");
            }
        }
    }

    /**
     * Behind the display name, white space left out; where it would start, if there is none. No URI holds a bracket, nor one
     * without brackets white space.
     */
    private int nameEnd() {
        int at = parametersStart - 1;
        if (bytes[at] == '>') {
            while (bytes[at] != '<') {
                at--;
            }
            while (at > start && (bytes[at - 1] == '<' || Bytes.isLws(bytes[at - 1]))) {
                at--;
            }
            return at;
        }
        while (at > start && !Bytes.isLws(bytes[at - 1])) {
            at--;
        }
        return Scan.lwsBefore(bytes, at, start);
    }

    /**
     * The display name, unquoted, each run of white space in an unquoted one made one space; empty if there is none. Of one whose
     * quotes do not end only the quotes are left out.
     */
    public Optional<String> displayName() {
        int nameEnd = nameEnd();
        if (nameEnd == start) {
            return Optional.empty();
        }
        if (bytes[start] == '"' && Scan.closedQuote(bytes, start, nameEnd) == nameEnd) {
            String name = QuotedString.unquote(bytes, start, nameEnd);
            return name.isEmpty() ? Optional.empty() : Optional.of(name);
        }
        StringBuilder name = new StringBuilder();
        StringTokenizer words = new StringTokenizer(Bytes.string(bytes, start, nameEnd), " \t\r\n\"");
        while (words.hasMoreTokens()) {
            name.append(name.isEmpty() ? "" : " ").append(words.nextToken());
        }
        return name.isEmpty() ? Optional.empty() : Optional.of(name.toString());
    }

    /** Where the value ends in the octets that it was read from. */
    int end() {
        return end;
    }

    /** The URI. */
    public Uri uri() {
        return uri;
    }

    /** The parameters of the header value, not those of the URI. */
    public Parameters parameters() {
        return Parameters.ofHeader(bytes, parametersStart, end);
    }

    /** The tag of a From or To (RFC 3261 section 19.3). */
    public Optional<String> tag() {
        return Optional.ofNullable(parameter("tag"));
    }

    private @Nullable String parameter(String name) {
        return Parameters.headerValue(bytes, parametersStart, end, name);
    }

    /** The {@code expires} of a Contact in seconds, at most 2**32-1; empty if absent or malformed. */
    public OptionalLong expires() {
        String value = parameter("expires");
        return value == null ? OptionalLong.empty() : SipHeaders.deltaSeconds(value);
    }

    /** The {@code q} of a Contact, 0 to 1; empty if absent or malformed (RFC 3261 section 20.10). */
    public OptionalDouble q() {
        String value = parameter("q");
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
