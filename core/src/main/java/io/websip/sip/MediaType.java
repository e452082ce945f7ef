package io.websip.sip;

import io.websip.text.Visible;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;

/** A media type or range with its parameters, as Content-Type and Accept hold them (RFC 3261 section 20.15). Immutable. */
public final class MediaType {
    private static final String[] USUAL = {"text", "plain"};

    private final byte[] bytes;
    private final int start;
    private final int subtypeStart;
    private final int subtypeEnd; // where the parameters start
    private final int end;

    private MediaType(byte[] bytes, int start, int subtypeStart, int subtypeEnd, int end) {
        this.bytes = bytes;
        this.start = start;
        this.subtypeStart = subtypeStart;
        this.subtypeEnd = subtypeEnd;
        this.end = end;
    }

    /**
     * Reads a value such as {@code text/plain;charset=UTF-8} as peers send it: one semicolon at its end is left out.
     *
     * @throws SipParseException if it is malformed
     */
    public static MediaType parse(String text) throws SipParseException {
        return parse(text, Tolerance.RECEIVED);
    }

    static MediaType parse(String text, Tolerance tolerance) throws SipParseException {
        byte[] b = Bytes.utf8(text);
        return parse(b, 0, b.length, tolerance);
    }

    /**
     * Reads a value that the program itself gives, without any of the tolerance of {@link #parse}.
     *
     * @throws IllegalArgumentException if it is malformed, or holds a control character
     */
    public static MediaType of(String text) {
        Bytes.checked("content type", text);
        try {
            MediaType type = parse(text, Tolerance.STRICT);
            if (!type.parameters().areStrict()) {
                throw new SipParseException("the value of a parameter is no token, host or quoted string");
            }
            return type;
        } catch (SipParseException e) {
            throw new IllegalArgumentException(
                    "'" + Visible.line(text) + "' is not a content type: " + e.getMessage(), e);
        }
    }

    static MediaType parse(byte[] b, int from, int end, Tolerance tolerance) throws SipParseException {
        int start = Scan.lws(b, from, end);
        int typeEnd = Scan.token(b, start, end, "content type");
        int subtypeStart = Scan.lws(b, Scan.expect('/', b, typeEnd, end, "content type"), end);
        int subtypeEnd = Scan.token(b, subtypeStart, end, "content subtype");
        int stop = tolerance == Tolerance.LOOSE
                ? end
                : Parameters.headerEnd(b, subtypeEnd, end, "content type", tolerance);
        if (Parameters.behind(b, stop, end) < end) {
            throw new SipParseException("content type: unexpected character behind it");
        }
        return new MediaType(b, start, subtypeStart, subtypeEnd, Scan.lwsBefore(b, stop, subtypeEnd));
    }

    /** The type in lower case, such as {@code text}. */
    public String type() {
        return lowerCase(start, Scan.anyToken(bytes, start, subtypeStart));
    }

    /** The subtype in lower case, such as {@code plain}. */
    public String subtype() {
        return lowerCase(subtypeStart, subtypeEnd);
    }

    private String lowerCase(int from, int to) {
        for (String usual : USUAL) {
            if (Bytes.equals(bytes, from, to, usual)) {
                return usual; // nearly always, and without a new text
            }
        }
        return Bytes.ascii(bytes, from, to).toLowerCase(Locale.ROOT);
    }

    /** The parameters, such as charset. */
    public Parameters parameters() {
        return Parameters.ofHeader(bytes, subtypeEnd, end);
    }

    /** The charset parameter, UTF-8 where there is none (RFC 3261 section 7.4.1); empty if this JVM does not know it. */
    public Optional<Charset> charset() {
        String name = Parameters.headerValue(bytes, subtypeEnd, end, "charset");
        if (name == null) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    /** Whether this range, such as {@code text/*}, takes in the other type; parameters do not count. */
    public boolean includes(MediaType other) {
        return type().equals("*")
                || type().equals(other.type())
                        && (subtype().equals("*") || subtype().equals(other.subtype()));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof MediaType m && toString().equals(m.toString());
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
