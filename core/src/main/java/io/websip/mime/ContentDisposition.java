package io.websip.mime;

import io.websip.sip.MediaType;
import io.websip.sip.Parameters;
import io.websip.sip.QuotedString;
import io.websip.sip.SipParseException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The purpose of a part, and how a receiver handles it (RFC 3261 section 20.11, RFC 2183, RFC 5621 section 8). Immutable. */
public final class ContentDisposition {
    /** Shown as it comes. */
    public static final ContentDisposition RENDER = of("render");

    /** A report (RFC 5438 section 7.2.1). */
    public static final ContentDisposition NOTIFICATION = of("notification");

    /** The recipients of a message that a list service sends on (RFC 5363 section 4). */
    public static final ContentDisposition RECIPIENT_LIST = of("recipient-list");

    private static final Set<String> KNOWN = Set.of(
            "render",
            "inline",
            "attachment",
            "notification",
            "recipient-list",
            "recipient-list-history",
            "by-reference");

    private final String value;
    private final MediaType parsed; // with a type in front that this grammar does not have: the rest is the same

    private ContentDisposition(String value, MediaType parsed) {
        this.value = value;
        this.parsed = parsed;
    }

    /**
     * Reads a value such as {@code attachment;filename="a.png"}.
     *
     * @throws MimeParseException if it is malformed
     */
    public static ContentDisposition parse(String value) throws MimeParseException {
        try {
            return new ContentDisposition(value.strip(), MediaType.parse("disposition/" + value.strip()));
        } catch (SipParseException e) {
            throw MimeParseException.malformed("Content-Disposition is malformed");
        }
    }

    /**
     * Reads a value that the program itself gives.
     *
     * @throws IllegalArgumentException if it is malformed, or holds a control character
     */
    public static ContentDisposition of(String value) {
        Octets.line("Content-Disposition", value);
        try {
            return parse(value);
        } catch (MimeParseException e) {
            throw new IllegalArgumentException(
                    "'" + value + "' is not a Content-Disposition (RFC 3261 section 20.11)", e);
        }
    }

    /**
     * A file to be kept, not shown.
     *
     * @param fileName quoted as it is, in UTF-8
     * @throws IllegalArgumentException if the name is blank, or holds a control character
     */
    public static ContentDisposition attachment(String fileName) {
        if (fileName.isBlank()) {
            throw new IllegalArgumentException("a file name must not be blank (RFC 2183 section 2.3)");
        }
        return of("attachment;filename=" + QuotedString.quote(Octets.line("file name", fileName)));
    }

    /** The same, but a receiver that does not know the part may leave it out: {@code handling=optional}. */
    public ContentDisposition optional() {
        return isRequired() ? of(value + ";handling=optional") : this;
    }

    /** The type in lower case, such as {@code attachment}. */
    public String type() {
        return parsed.subtype().toLowerCase(Locale.ROOT);
    }

    /** Whether the type has a meaning for messages. */
    public boolean isKnown() {
        return KNOWN.contains(type());
    }

    /** The parameters, such as {@code handling}. */
    public Parameters parameters() {
        return parsed.parameters();
    }

    /** Whether a receiver that does not know the part must refuse the whole; so it is where nothing is said (RFC 5621 section 8.1). */
    public boolean isRequired() {
        return !parameters().get("handling").orElse("required").equalsIgnoreCase("optional");
    }

    /**
     * The name of the file, without any path in front and without control characters; empty if there is none. A name in the form
     * of RFC 2231, such as {@code UTF-8''a%20b}, comes first.
     */
    public Optional<String> fileName() {
        return parameters()
                .get("filename*")
                .flatMap(ContentDisposition::extended)
                .or(() -> parameters().get("filename"))
                .flatMap(ContentDisposition::safe);
    }

    private static Optional<String> extended(String value) {
        int charset = value.indexOf('\'');
        int language = value.indexOf('\'', charset + 1);
        if (charset < 0 || language < 0) {
            return Optional.empty();
        }
        String name = value.substring(0, charset);
        if (!name.equalsIgnoreCase("UTF-8") && !name.equalsIgnoreCase("ISO-8859-1")) {
            return Optional.empty();
        }
        byte[] in = Octets.utf8(value.substring(language + 1));
        byte[] out = new byte[in.length];
        int n = 0;
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '%' && i + 2 < in.length && Octets.hex(in[i + 1]) >= 0 && Octets.hex(in[i + 2]) >= 0) {
                out[n++] = (byte) (Octets.hex(in[i + 1]) << 4 | Octets.hex(in[i + 2]));
                i += 2;
            } else {
                out[n++] = in[i];
            }
        }
        return Optional.of(new String(
                out, 0, n, name.equalsIgnoreCase("UTF-8") ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
    }

    /** A peer's name for a file must not lead out of the folder to which it is written. */
    static Optional<String> safe(String name) {
        int path = Math.max(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')), name.lastIndexOf(':'));
        StringBuilder out = new StringBuilder();
        name.substring(path + 1).codePoints().forEach(c -> out.appendCodePoint(isPlain(c) ? c : '_'));
        String safe = out.toString().strip();
        return safe.isEmpty() || safe.equals(".") || safe.equals("..") ? Optional.empty() : Optional.of(safe);
    }

    /** Neither a control character nor one that turns the direction of text, which would hide a file's true ending. */
    private static boolean isPlain(int c) {
        boolean turns = c == 0x200e || c == 0x200f || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
        return !Character.isISOControl(c) && !turns;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ContentDisposition d && value.equals(d.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** The value as it stood. */
    @Override
    public String toString() {
        return value;
    }
}
