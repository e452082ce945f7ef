package io.websip.mime;

import io.websip.sip.MediaType;
import io.websip.sip.SipMessage;
import io.websip.sip.SipParseException;
import io.websip.text.Visible;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A content with the MIME header fields that describe it (RFC 2045 section 3): a part of a {@link Multipart}, the content of a
 * {@link Cpim} message, or the body of a SIP message. Immutable: it keeps its octets and decodes when it is asked.
 */
public final class BodyPart {
    private static final MediaType TEXT = MediaType.of("text/plain");
    private static final MediaType UNKNOWN = MediaType.of("application/octet-stream");

    private final byte[] bytes;
    private final int start;
    private final int contentStart;
    private final int end;
    private final MimeHeaders headers;
    private final Nesting nesting;
    private final @Nullable Multipart parts; // of one in a multipart, all of which is read at once

    // Racy cache: every thread computes an equal, immutable value.
    private @Nullable MediaType type;

    private BodyPart(byte[] bytes, int start, int end, HeaderBlock block, Nesting nesting, @Nullable Multipart parts) {
        this.bytes = bytes;
        this.start = start;
        this.contentStart = block.next;
        this.end = end;
        this.headers = new MimeHeaders(bytes, block.index, block.count);
        this.nesting = nesting;
        this.parts = parts;
    }

    private BodyPart(BodyPart of, Multipart parts) {
        this.bytes = of.bytes;
        this.start = of.start;
        this.contentStart = of.contentStart;
        this.end = of.end;
        this.headers = of.headers;
        this.nesting = of.nesting;
        this.parts = parts;
    }

    /** As {@link #parse(byte[], MimeLimits)} with the default limits. */
    public static BodyPart parse(byte[] octets) throws MimeParseException {
        return parse(octets, MimeLimits.DEFAULT);
    }

    /**
     * Reads header fields, an empty line and a content, as {@link #toBytes} gives them.
     *
     * @param octets copied
     * @throws MimeParseException if they are none, or go beyond a limit
     */
    public static BodyPart parse(byte[] octets, MimeLimits limits) throws MimeParseException {
        byte[] copy = octets.clone();
        return read(copy, 0, copy.length, HeaderBlock.part(copy, 0, copy.length, limits), Nesting.of(limits));
    }

    /** Reads the part that fills the slice, whose header block has been found. */
    static BodyPart read(byte[] b, int start, int end, HeaderBlock block, Nesting nesting) {
        return new BodyPart(b, start, end, block, nesting, null);
    }

    /** As {@link #of(SipMessage, MimeLimits)} with the default limits. */
    public static BodyPart of(SipMessage message) throws MimeParseException {
        return of(message, MimeLimits.DEFAULT);
    }

    /**
     * The body of a SIP message with the header fields that describe it (RFC 3261 section 7.4).
     *
     * @throws MimeParseException if these go beyond a limit
     */
    public static BodyPart of(SipMessage message, MimeLimits limits) throws MimeParseException {
        byte[] head = MimeHeaders.block(message);
        byte[] body = message.body();
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return read(all, 0, all.length, HeaderBlock.mime(all, 0, head.length, limits), Nesting.of(limits));
    }

    /**
     * Text in UTF-8.
     *
     * @throws IllegalArgumentException if it holds half of a surrogate pair
     */
    public static BodyPart text(String text) {
        return builder("text/plain;charset=UTF-8").text(text).build();
    }

    /**
     * Octets of a type.
     *
     * @param octets copied
     * @throws IllegalArgumentException if the type is malformed
     */
    public static BodyPart of(String type, byte[] octets) {
        return builder(type).content(octets).build();
    }

    /**
     * A part of a type, which gets the rest from the builder.
     *
     * @throws IllegalArgumentException if the type is malformed
     */
    public static BodyPartBuilder builder(String type) {
        return new BodyPartBuilder(MediaType.of(type));
    }

    /**
     * A part of a type, which gets the rest from the builder.
     *
     * @throws IllegalArgumentException if the type holds a control character
     */
    public static BodyPartBuilder builder(MediaType type) {
        return new BodyPartBuilder(type);
    }

    /** The header fields. */
    public MimeHeaders headers() {
        return headers;
    }

    /**
     * The type of the content: {@code text/plain} where none is said (RFC 2045 section 5.2), and {@code application/octet-stream}
     * where it is malformed.
     */
    public MediaType contentType() {
        MediaType value = type;
        if (value == null) {
            value = headers.first("Content-Type").map(BodyPart::type).orElse(TEXT);
            type = value;
        }
        return value;
    }

    private static MediaType type(String value) {
        try {
            return MediaType.parse(value);
        } catch (SipParseException e) {
            return UNKNOWN;
        }
    }

    /** Whether the content is of this type, in any case and with any parameters. */
    boolean is(String type, String subtype) {
        return contentType().type().equals(type) && contentType().subtype().equals(subtype);
    }

    /** The purpose of the part; empty if the header field is absent or malformed. */
    public Optional<ContentDisposition> disposition() {
        Optional<String> value = headers.first("Content-Disposition");
        try {
            return value.isEmpty() ? Optional.empty() : Optional.of(ContentDisposition.parse(value.get()));
        } catch (MimeParseException e) {
            return Optional.empty();
        }
    }

    /** Whether a receiver that does not know the part must refuse the whole; so it is where nothing is said (RFC 5621 section 8.1). */
    public boolean isRequired() {
        return disposition().map(ContentDisposition::isRequired).orElse(true);
    }

    /**
     * The name of the file, safe to use: that of Content-Disposition, else the parameter {@code name} of Content-Type, as old
     * mailers have it.
     *
     * @see ContentDisposition#fileName
     */
    public Optional<String> fileName() {
        return disposition()
                .flatMap(ContentDisposition::fileName)
                .or(() -> contentType().parameters().get("name").flatMap(ContentDisposition::safe));
    }

    /** The Content-ID without its angle brackets (RFC 2045 section 7). */
    public Optional<String> contentId() {
        return headers.first("Content-ID").map(BodyPart::withoutBrackets).filter(id -> !id.isEmpty());
    }

    static String withoutBrackets(String id) {
        return id.startsWith("<") && id.endsWith(">") && id.length() > 1 ? id.substring(1, id.length() - 1) : id;
    }

    /** The length of the content in octets as it stands, encoded or not. */
    public int length() {
        return end - contentStart;
    }

    /** A copy of the content as it stands, encoded or not. */
    public byte[] rawContent() {
        return Arrays.copyOfRange(bytes, contentStart, end);
    }

    /**
     * A copy of the content, all encodings undone.
     *
     * @throws MimeParseException if an encoding is not known (415), the content is not encoded so (400), or it would grow beyond
     *     the limits (413)
     */
    public byte[] content() throws MimeParseException {
        Slice decoded = decoded(nesting.limits().maxDecodedBytes());
        return decoded.bytes == bytes ? rawContent() : decoded.octets();
    }

    /**
     * The content as text in the charset of its type, else UTF-8; octets that are not valid in it become U+FFFD.
     *
     * @throws MimeParseException as {@link #content}
     */
    public String text() throws MimeParseException {
        Charset charset = contentType().charset().orElse(StandardCharsets.UTF_8);
        Slice decoded = decoded(nesting.limits().maxDecodedBytes());
        return new String(decoded.bytes, decoded.start, decoded.end - decoded.start, charset);
    }

    /** The content with all encodings undone: the part's own octets if it has none. */
    Slice decoded(int max) throws MimeParseException {
        Slice content = transferDecoded();
        List<String> codings = headers.tokens("Content-Encoding");
        if (codings.size() > nesting.limits().maxMultipartDepth()) {
            throw MimeParseException.malformed("too many content encodings");
        }
        for (int i = codings.size() - 1; i >= 0; i--) {
            ContentEncoding coding = ContentEncoding.of(codings.get(i))
                    .orElseThrow(() -> MimeParseException.unsupported("the content encoding is not known"));
            if (coding != ContentEncoding.IDENTITY) {
                byte[] encoded = content.octets();
                int most = Math.min(max, nesting.limits().inflated(encoded.length));
                content = Slice.of(coding.decode(encoded, most));
            }
        }
        return content;
    }

    private Slice transferDecoded() throws MimeParseException {
        Optional<String> name = headers.first("Content-Transfer-Encoding");
        if (name.isPresent()) {
            TransferEncoding encoding = TransferEncoding.of(name.get())
                    .orElseThrow(() -> MimeParseException.unsupported("the transfer encoding is not known"));
            if (!encoding.isIdentity()) {
                return Slice.of(encoding.decode(bytes, contentStart, end));
            }
        }
        return new Slice(bytes, contentStart, end);
    }

    Nesting nesting() {
        return nesting;
    }

    /** The parts of one that stands in a multipart and is one itself: read with it. */
    @Nullable
    Multipart parts() {
        return parts;
    }

    BodyPart with(Multipart inner) {
        return new BodyPart(this, inner);
    }

    /** A copy of the octets: header fields, empty line, content. */
    public byte[] toBytes() {
        return Arrays.copyOfRange(bytes, start, end);
    }

    /**
     * The octets as the strict writer has them: the type first, one line a field, in the usual spelling, the length counted
     * again.
     *
     * @throws IllegalArgumentException if the value of a field holds a control character, as a peer may have sent it
     */
    byte[] rewritten(boolean withLength) {
        StringBuilder head = new StringBuilder("Content-Type: ")
                .append(Octets.line("Content-Type", contentType().toString()))
                .append("\r\n");
        for (int row = 0; row < headers.size(); row++) {
            String name = MimeHeaders.usual(headers.name(row));
            String value = headers.value(row);
            if (!name.equals("Content-Type") && !name.equals("Content-Length") && !value.isEmpty()) {
                head.append(name).append(": ").append(Octets.line(name, value)).append("\r\n");
            }
        }
        if (withLength) {
            head.append("Content-Length: ").append(length()).append("\r\n");
        }
        byte[] first = Octets.utf8(head.append("\r\n").toString());
        byte[] all = Arrays.copyOf(first, first.length + length());
        System.arraycopy(bytes, contentStart, all, first.length, length());
        return all;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof BodyPart p && Arrays.equals(bytes, start, end, p.bytes, p.start, p.end);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toBytes());
    }

    /** The type and the length only: contents do not belong in a log. */
    @Override
    public String toString() {
        return Visible.line(contentType().toString()) + ", " + length() + " octets";
    }

    /** Octets of an array from a place up to another. */
    record Slice(byte[] bytes, int start, int end) {
        static Slice of(byte[] bytes) {
            return new Slice(bytes, 0, bytes.length);
        }

        /** The array itself if the slice is all of it. */
        byte[] octets() {
            return start == 0 && end == bytes.length ? bytes : Arrays.copyOfRange(bytes, start, end);
        }
    }
}
