package io.websip.sip;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;

/** A media type or range with its parameters, as Content-Type and Accept hold them (RFC 3261 section 20.15). Immutable. */
public final class MediaType {
    private final byte[] bytes;
    private final int start;
    private final int end;
    private final int typeEnd;
    private final int subtypeStart;
    private final int subtypeEnd;
    private final Parameters parameters;

    private MediaType(
            byte[] bytes, int start, int end, int typeEnd, int subtypeStart, int subtypeEnd, Parameters parameters) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.typeEnd = typeEnd;
        this.subtypeStart = subtypeStart;
        this.subtypeEnd = subtypeEnd;
        this.parameters = parameters;
    }

    /**
     * Reads a value such as {@code text/plain;charset=UTF-8}.
     *
     * @throws SipParseException if it is malformed
     */
    public static MediaType parse(String text) throws SipParseException {
        byte[] b = Bytes.utf8(text);
        return parse(b, 0, b.length);
    }

    /**
     * Reads a value that the program itself gives.
     *
     * @throws IllegalArgumentException if it is malformed, or holds CR, LF or NUL
     */
    public static MediaType of(String text) {
        Bytes.checked("content type", text);
        try {
            return parse(text);
        } catch (SipParseException e) {
            throw new IllegalArgumentException("'" + text + "' is not a content type: " + e.getMessage(), e);
        }
    }

    static MediaType parse(byte[] b, int start, int end) throws SipParseException {
        Lexer in = new Lexer(b, start, end);
        in.skipLws();
        int from = in.at;
        in.token("content type");
        int typeEnd = in.at;
        in.expectAfterLws('/', "content type");
        in.skipLws();
        int subtypeStart = in.at;
        in.token("content subtype");
        int subtypeEnd = in.at;
        Parameters parameters = Parameters.ofHeader(in, "content type");
        if (!in.done()) {
            throw new SipParseException("content type: unexpected character behind it");
        }
        return new MediaType(b, from, end, typeEnd, subtypeStart, subtypeEnd, parameters);
    }

    /** The type in lower case, such as {@code text}. */
    public String type() {
        return Bytes.string(bytes, start, typeEnd).toLowerCase(Locale.ROOT);
    }

    /** The subtype in lower case, such as {@code plain}. */
    public String subtype() {
        return Bytes.string(bytes, subtypeStart, subtypeEnd).toLowerCase(Locale.ROOT);
    }

    /** The parameters, such as charset. */
    public Parameters parameters() {
        return parameters;
    }

    /** The charset parameter, UTF-8 where there is none (RFC 3261 section 7.4.1); empty if this JVM does not know it. */
    public Optional<Charset> charset() {
        String name = parameters.value("charset");
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
