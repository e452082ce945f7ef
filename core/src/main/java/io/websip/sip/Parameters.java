package io.websip.sip;

import io.websip.text.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ;name=value} parameters behind a header value or in a SIP URI. Immutable; kept as the octets they came in
 * and read when asked for.
 *
 * <p>Names are compared without regard to case. Of a name that stands twice, which RFC 3261 section 7.3.1 forbids, the
 * first counts. In a URI an escaped name is found by its plain form.
 */
public final class Parameters {
    /** No parameters. */
    public static final Parameters NONE = new Parameters(new byte[0], 0, 0, false);

    private static final String NEVER_IN_A_URI = ";?<>\u007f"; // the first two end what stands in front of them

    private final byte[] bytes;
    private final int start;
    private final int end;
    private final boolean escapes; // only in a URI is %HH an escape

    private Parameters(byte[] bytes, int start, int end, boolean escapes) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.escapes = escapes;
    }

    /**
     * The text of one header parameter that the program itself gives.
     *
     * @throws IllegalArgumentException if the name is not a token, or the value no token, host or quoted string
     */
    static String one(String name, @Nullable String value) {
        if (!Bytes.isToken(name)) {
            throw new IllegalArgumentException(
                    "parameter name '" + Visible.line(name) + "' is not a token (RFC 3261 section 25.1)");
        }
        if (value == null) {
            return ";" + name;
        }
        Bytes.checked("parameter " + name, value);
        if (!isTokenOrHost(value) && !QuotedString.isQuoted(value)) {
            throw new IllegalArgumentException("the value of parameter " + name
                    + " is not a token, host or quoted string (RFC 3261 section 25.1): " + Visible.line(value));
        }
        return ";" + name + "=" + value;
    }

    /** Whether each value is a token, a host, a quoted string or empty; a peer's may be anything visible. */
    boolean areStrict() {
        for (Cursor c = new Cursor(); c.next(); ) {
            String value = Bytes.string(bytes, c.valueStart, c.valueEnd);
            if (c.nameEnd == c.nameStart
                    || !value.isEmpty() && !isTokenOrHost(value) && !QuotedString.isQuoted(value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTokenOrHost(String value) {
        return !value.isEmpty()
                && value.chars().allMatch(c -> c < 128 && Bytes.isToken(c) || c == '[' || c == ']' || c == ':');
    }

    /**
     * Over header parameters, up to what is none; white space behind the last is left, and so is one semicolon that has nothing
     * behind it, where that is overlooked.
     */
    static int headerEnd(byte[] b, int start, int end, String what, Tolerance tolerance) throws SipParseException {
        int stop = start;
        for (int at = Scan.after(';', b, stop, end); at >= 0; at = Scan.after(';', b, stop, end)) {
            int nameStart = Scan.lws(b, at, end);
            int nameEnd = Scan.anyToken(b, nameStart, end);
            if (nameEnd == nameStart) {
                if (tolerance != Tolerance.STRICT && (nameStart == end || b[nameStart] == ',')) {
                    return stop;
                }
                throw new SipParseException(what + ": a parameter has no name");
            }
            stop = nameEnd;
            int equals = Scan.after('=', b, stop, end);
            if (equals >= 0) {
                stop = headerValueEnd(b, Scan.lws(b, equals, end), end, what);
            }
        }
        return stop;
    }

    /** From where {@link #headerEnd} has stopped over white space, and the semicolon that it has left. */
    static int behind(byte[] b, int stop, int end) {
        int semicolon = Scan.after(';', b, stop, end);
        return Scan.lws(b, semicolon < 0 ? stop : semicolon, end);
    }

    /** Over whatever stands there up to a comma outside quotes: parameters, and what is none. */
    static int looseEnd(byte[] b, int start, int end) {
        int at = start;
        while (at < end && b[at] != ',') {
            int closed = b[at] == '"' ? Scan.closedQuote(b, at, end) : -1;
            if (b[at] == '"' && closed < 0) {
                return comma(b, at, end);
            }
            at = closed < 0 ? at + 1 : closed;
        }
        return at;
    }

    /** Behind a quote that does not end no other begins. */
    private static int comma(byte[] b, int start, int end) {
        int at = start;
        while (at < end && b[at] != ',') {
            at++;
        }
        return at;
    }

    /**
     * A token, host or quoted string. Other visible characters are taken too, as servers send them unquoted, and so is
     * an empty value, as in {@code ;rport=}.
     */
    private static int headerValueEnd(byte[] b, int start, int end, String what) throws SipParseException {
        if (Scan.is(b, start, end, '"')) {
            return Scan.quoted(b, start, end, what);
        }
        int at = start;
        while (at < end && (b[at] < 0 || Bytes.isParameterValue(b[at]))) {
            at++;
        }
        return at;
    }

    /** Those of a slice that {@link #headerEnd} has gone over. */
    static Parameters ofHeader(byte[] b, int start, int end) {
        return start == end ? NONE : new Parameters(b, start, end, false);
    }

    /** The value of one of a slice that {@link #headerEnd} has gone over; null if it is absent. */
    static @Nullable String headerValue(byte[] b, int start, int end, String name) {
        int valueStart = start + name.length() + 2;
        if (valueStart >= end || b[valueStart - 1] != '=' || !Bytes.equals(b, start + 1, valueStart - 1, name)) {
            return start == end ? null : new Parameters(b, start, end, false).value(name);
        }
        int valueEnd = valueStart; // the first, as spelled in the RFC: nearly always, and without a cursor
        while (valueEnd < end && Bytes.isParameterValue(b[valueEnd])) {
            valueEnd++;
        }
        return valueEnd == end || b[valueEnd] == ';'
                ? Bytes.ascii(b, valueStart, valueEnd)
                : new Parameters(b, start, end, false).value(name);
    }

    /** Over URI parameters, up to a question mark or the end. An empty value is taken: {@code ;lr=}. */
    static int uriEnd(byte[] b, int start, int end, Tolerance tolerance) throws SipParseException {
        int at = start;
        while (Scan.is(b, at, end, ';')) {
            int nameStart = at + 1;
            at = pieceEnd(b, nameStart, end, tolerance, false);
            boolean last = at == end || b[at] == '?';
            if (at == nameStart && tolerance != Tolerance.LOOSE && !(last && tolerance != Tolerance.STRICT)) {
                throw new SipParseException("SIP URI: a parameter has no name");
            }
            if (Scan.is(b, at, end, '=')) {
                at = pieceEnd(b, at + 1, end, tolerance, true);
            }
        }
        return at;
    }

    /** Quotes and equals signs in a value, which some registrars write, leave no doubt where it ends. */
    private static int pieceEnd(byte[] b, int start, int end, Tolerance tolerance, boolean value)
            throws SipParseException {
        int at = start;
        while (at < end) {
            int c = b[at];
            if (c == '%' && tolerance != Tolerance.LOOSE) {
                SipUri.checkEscape(b, at, end);
            } else if (!Bytes.isUriParameter(c) && c != '%' && c >= 0 && !isOverlooked(c, tolerance, value)) {
                return at;
            }
            at++;
        }
        return at;
    }

    private static boolean isOverlooked(int c, Tolerance tolerance, boolean value) {
        return switch (tolerance) {
            case STRICT -> false;
            case RECEIVED, NAMES -> value && (c == '"' || c == '=');
            case LOOSE -> (c >= ' ' || c == '\t') && NEVER_IN_A_URI.indexOf(c) < 0 && (value || c != '=');
        };
    }

    /** Those of a slice that {@link #uriEnd} has gone over. */
    static Parameters ofUri(byte[] b, int start, int end) {
        return start == end ? NONE : new Parameters(b, start, end, true);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return start == end;
    }

    /** Whether the parameter is there, with or without a value. */
    public boolean contains(String name) {
        return value(name) != null;
    }

    /**
     * The parameter's value, unquoted if it was quoted; empty if it is absent. A parameter without a value gives the
     * empty string.
     */
    public Optional<String> get(String name) {
        return Optional.ofNullable(value(name));
    }

    @Nullable
    String value(String name) {
        for (Cursor c = new Cursor(); c.next(); ) {
            if (c.isNamed(name)) {
                return c.value();
            }
        }
        return null;
    }

    /** All names and values in order; a parameter without a value has the empty string. */
    public void forEach(BiConsumer<String, String> action) {
        for (Cursor c = new Cursor(); c.next(); ) {
            action.accept(c.name(), c.value());
        }
    }

    /** The names in order, as they are spelled. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        forEach((name, value) -> names.add(name));
        return List.copyOf(names);
    }

    /** The text of all but those of this name, each in its place; what is none was left out when it was read. */
    String without(String name) {
        StringBuilder out = new StringBuilder();
        for (Cursor c = new Cursor(); c.next(); ) {
            if (!c.isNamed(name)) {
                out.append(';').append(c.name());
                if (c.valueEnd > c.valueStart) {
                    out.append('=').append(Bytes.unfoldedString(bytes, c.valueStart, c.valueEnd));
                }
            }
        }
        return out.toString();
    }

    /** The text of those that are well-formed. */
    String wellFormed() {
        StringBuilder out = new StringBuilder();
        for (Cursor c = new Cursor(); c.next(); ) {
            String one = ";" + c.name()
                    + (c.valueEnd > c.valueStart ? "=" + Bytes.unfoldedString(bytes, c.valueStart, c.valueEnd) : "");
            byte[] b = Bytes.utf8(one);
            try {
                if (headerEnd(b, 0, b.length, "", Tolerance.STRICT) == b.length) {
                    out.append(one);
                }
            } catch (SipParseException e) {
                continue;
            }
        }
        return out.toString();
    }

    /** With the semicolon in front, as it stood, unfolded; the empty string for none. */
    @Override
    public String toString() {
        return Bytes.unfoldedString(bytes, start, end);
    }

    /** Walks over parameters, and over what is none between them. */
    private final class Cursor {
        int at = start;
        int nameStart;
        int nameEnd;
        int valueStart;
        int valueEnd;

        boolean next() {
            do {
                while (at < end && bytes[at] != ';') {
                    at++; // nothing but white space where all is well-formed
                }
                while (at < end && (bytes[at] == ';' || Bytes.isLws(bytes[at]))) {
                    at++;
                }
                if (at >= end) {
                    return false;
                }
                readName();
                readValue();
            } while (nameEnd == nameStart);
            return true;
        }

        private void readName() {
            nameStart = at;
            while (at < end && bytes[at] != ';' && bytes[at] != '=' && !Bytes.isLws(bytes[at])) {
                at++;
            }
            nameEnd = at;
        }

        private void readValue() {
            at = lws(at);
            valueStart = at;
            if (at < end && bytes[at] == '=') {
                at = lws(at + 1);
                valueStart = at;
                int closed = Scan.is(bytes, at, end, '"') ? Scan.closedQuote(bytes, at, end) : -1;
                if (closed >= 0) {
                    at = closed;
                } else {
                    while (at < end && bytes[at] != ';' && !Bytes.isLws(bytes[at])) {
                        at++;
                    }
                }
            }
            valueEnd = at;
        }

        private int lws(int from) {
            return Scan.lws(bytes, from, end);
        }

        boolean isNamed(String wanted) {
            if (Bytes.equalsIgnoreCase(bytes, nameStart, nameEnd, wanted)) {
                return true;
            }
            if (!escapes || nameEnd - nameStart <= wanted.length()) {
                return false;
            }
            byte[] plain = SipUri.unescape(bytes, nameStart, nameEnd);
            return Bytes.equalsIgnoreCase(plain, 0, plain.length, wanted);
        }

        String name() {
            return Bytes.string(bytes, nameStart, nameEnd);
        }

        String value() {
            if (valueEnd - valueStart >= 2 && bytes[valueStart] == '"' && bytes[valueEnd - 1] == '"') {
                return QuotedString.unquote(bytes, valueStart, valueEnd);
            }
            return Bytes.string(bytes, valueStart, valueEnd);
        }
    }
}
