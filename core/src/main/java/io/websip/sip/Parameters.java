package io.websip.sip;

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
            throw new IllegalArgumentException("parameter name '" + name + "' is not a token (RFC 3261 section 25.1)");
        }
        if (value == null) {
            return ";" + name;
        }
        Bytes.checked("parameter " + name, value);
        if (!isTokenOrHost(value) && !QuotedString.isQuoted(value)) {
            throw new IllegalArgumentException("the value of parameter " + name
                    + " is not a token, host or quoted string (RFC 3261 section 25.1): " + value);
        }
        return ";" + name + "=" + value;
    }

    private static boolean isTokenOrHost(String value) {
        return !value.isEmpty()
                && value.chars().allMatch(c -> c < 128 && Bytes.isToken(c) || c == '[' || c == ']' || c == ':');
    }

    /** Reads header parameters from the cursor, up to a comma or the end; the cursor ends on what stopped it. */
    static Parameters ofHeader(Lexer in, String what) throws SipParseException {
        int start = in.at;
        int stop = in.at;
        while (in.takeAfterLws(';')) {
            in.skipLws();
            in.token(what + " parameter");
            stop = in.at;
            if (in.takeAfterLws('=')) {
                in.skipLws();
                headerValue(in, what);
                stop = in.at;
            }
        }
        in.skipLws();
        return start == stop ? NONE : new Parameters(in.bytes, start, stop, false);
    }

    /**
     * A token, host or quoted string. Other visible characters are taken too, as servers send them unquoted, and so is
     * an empty value, as in {@code ;rport=}.
     */
    private static void headerValue(Lexer in, String what) throws SipParseException {
        if (in.peek() == '"') {
            in.quoted(what + " parameter");
            return;
        }
        while (!in.done()) {
            int c = in.peek();
            if (c == ';' || c == ',' || c == '"' || c == '<' || c == '>' || c < 0x20 || c == ' ' || c == 0x7f) {
                break;
            }
            in.at++;
        }
    }

    /** Reads URI parameters from the cursor, up to a question mark or the end. An empty value is taken: {@code ;lr=}. */
    static Parameters ofUri(Lexer in) throws SipParseException {
        int start = in.at;
        while (in.peek() == ';') {
            in.at++;
            if (piece(in) == 0) {
                throw new SipParseException("SIP URI: a parameter has no name");
            }
            if (in.peek() == '=') {
                in.at++;
                piece(in);
            }
        }
        return start == in.at ? NONE : new Parameters(in.bytes, start, in.at, true);
    }

    private static int piece(Lexer in) throws SipParseException {
        int start = in.at;
        while (!in.done() && (Bytes.isUriParameter(in.peek()) || in.peek() == '%' || in.peek() > 127)) {
            if (in.peek() == '%') {
                SipUri.checkEscape(in);
            }
            in.at++;
        }
        return in.at - start;
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return start == end;
    }

    /** Whether the parameter is there, with or without a value. */
    public boolean contains(String name) {
        return find(name) != null;
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
        Cursor c = find(name);
        return c == null ? null : c.value();
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

    /** The text of all but those of this name. */
    String without(String name) {
        if (!contains(name)) {
            return toString();
        }
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

    private @Nullable Cursor find(String name) {
        if (start == end) {
            return null;
        }
        for (Cursor c = new Cursor(); c.next(); ) {
            if (c.isNamed(name)) {
                return c;
            }
        }
        return null;
    }

    /** With the semicolon in front, as it stood, unfolded; the empty string for none. */
    @Override
    public String toString() {
        return Bytes.unfoldedString(bytes, start, end);
    }

    /** Walks over parameters whose form was checked when they were read. */
    private final class Cursor {
        int at = start;
        int nameStart;
        int nameEnd;
        int valueStart;
        int valueEnd;

        boolean next() {
            if (at >= end) {
                return false;
            }
            at = lws(at);
            if (at >= end) {
                return false;
            }
            nameStart = lws(at + 1); // behind the semicolon
            at = nameStart;
            while (at < end && bytes[at] != ';' && bytes[at] != '=' && !Bytes.isLws(bytes[at])) {
                at++;
            }
            nameEnd = at;
            at = lws(at);
            valueStart = at;
            valueEnd = at;
            if (at < end && bytes[at] == '=') {
                at = lws(at + 1);
                valueStart = at;
                if (at < end && bytes[at] == '"') {
                    at++;
                    while (bytes[at] != '"') {
                        at += bytes[at] == '\\' ? 2 : 1;
                    }
                    at++;
                } else {
                    while (at < end && bytes[at] != ';' && !Bytes.isLws(bytes[at])) {
                        at++;
                    }
                }
                valueEnd = at;
            }
            return true;
        }

        private int lws(int from) {
            int i = from;
            while (i < end && Bytes.isLws(bytes[i])) {
                i++;
            }
            return i;
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
            if (valueEnd - valueStart >= 2 && bytes[valueStart] == '"') {
                return QuotedString.unquote(bytes, valueStart, valueEnd);
            }
            return Bytes.string(bytes, valueStart, valueEnd);
        }
    }
}
