package io.websip.mime;

import io.websip.sip.MediaType;
import io.websip.text.Visible;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects a content and its header fields and writes them once: one line each, one space behind the colon, no folds. Not
 * thread-safe.
 */
public final class BodyPartBuilder {
    private final MediaType type;
    private final List<String> rows = new ArrayList<>(); // name, value, name, value
    private byte[] content = Octets.EMPTY;
    private TransferEncoding transferEncoding = TransferEncoding.BINARY;

    BodyPartBuilder(MediaType type) {
        this.type = MediaType.of(Octets.line("Content-Type", type.toString()));
    }

    /** Sets the content; copied. */
    public BodyPartBuilder content(byte[] octets) {
        content = octets.clone();
        return this;
    }

    /**
     * Sets the content to text in the charset of the type, else in UTF-8.
     *
     * @throws IllegalArgumentException if it holds half of a surrogate pair, or the charset is not known or cannot write it
     */
    public BodyPartBuilder text(String text) {
        Octets.unicode("text", text);
        Charset charset = type.charset()
                .orElseThrow(() -> new IllegalArgumentException("the charset of '" + type + "' is not known here"));
        if (!charset.equals(StandardCharsets.UTF_8)
                && !(charset.canEncode() && charset.newEncoder().canEncode(text))) {
            throw new IllegalArgumentException("the text has characters that " + charset + " has not");
        }
        content = text.getBytes(charset);
        return this;
    }

    /** Sets Content-Disposition (RFC 3261 section 20.11). */
    public BodyPartBuilder disposition(ContentDisposition disposition) {
        return header("Content-Disposition", disposition.toString());
    }

    /**
     * Sets Content-ID, by which other parts name this one (RFC 2392).
     *
     * @param id such as {@code a1@example.com}; angle brackets are put around it
     * @throws IllegalArgumentException if it holds a blank or an angle bracket
     */
    public BodyPartBuilder contentId(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '<' || c == '>' || c == '"') {
                throw new IllegalArgumentException(
                        "'" + Visible.line(id) + "' is not a Content-ID (RFC 2045 section 7)");
            }
        }
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a Content-ID must not be empty (RFC 2045 section 7)");
        }
        return header("Content-ID", "<" + id + ">");
    }

    /**
     * Writes the content down in another way than it is. SIP has no need of it (RFC 5621 section 3.2): only for a peer that has.
     *
     * @throws IllegalArgumentException if the part is a multipart, which cannot be encoded as a whole (RFC 2045 section 6.4)
     */
    public BodyPartBuilder transferEncoding(TransferEncoding encoding) {
        if (!encoding.isIdentity() && type.type().equals("multipart")) {
            throw new IllegalArgumentException(
                    "a multipart cannot be written in " + encoding.token() + " (RFC 2045 section 6.4): " + type);
        }
        transferEncoding = encoding;
        return this;
    }

    /**
     * Puts a header field in the place of any of that name.
     *
     * @throws IllegalArgumentException if the name is not a token, or is one that is set otherwise: Content-Type,
     *     Content-Length, Content-Transfer-Encoding; or if the value holds a control character or is blank
     */
    public BodyPartBuilder header(String name, String value) {
        if (!Octets.isToken(name)) {
            throw new IllegalArgumentException(
                    "header name '" + Visible.line(name) + "' is not a token (RFC 2045 section 5.1)");
        }
        String usual = MimeHeaders.usual(name);
        if (usual.equals("Content-Type")
                || usual.equals("Content-Length")
                || usual.equals("Content-Transfer-Encoding")) {
            throw new IllegalArgumentException(usual + " is written from the part and cannot be set");
        }
        String bare = Octets.line(usual, value).strip();
        if (bare.isEmpty()) {
            throw new IllegalArgumentException(usual + " must have a value");
        }
        for (int i = 0; i < rows.size(); i += 2) {
            if (rows.get(i).equalsIgnoreCase(usual)) {
                rows.set(i + 1, bare);
                return this;
            }
        }
        rows.add(usual);
        rows.add(bare);
        return this;
    }

    /**
     * Writes the part.
     *
     * @throws IllegalArgumentException if the content breaks the rule of its transfer encoding
     */
    public BodyPart build() {
        StringBuilder head = new StringBuilder("Content-Type: ").append(type).append("\r\n");
        for (int i = 0; i < rows.size(); i += 2) {
            head.append(rows.get(i)).append(": ").append(rows.get(i + 1)).append("\r\n");
        }
        byte[] octets = content;
        if (transferEncoding == TransferEncoding.SEVEN_BIT) {
            checkAscii();
        }
        if (transferEncoding != TransferEncoding.BINARY) {
            head.append("Content-Transfer-Encoding: ")
                    .append(transferEncoding.token())
                    .append("\r\n");
            octets = transferEncoding.encode(content);
        }
        byte[] start = Octets.utf8(head.append("\r\n").toString());
        byte[] all = new byte[start.length + octets.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(octets, 0, all, start.length, octets.length);
        try {
            HeaderBlock block = HeaderBlock.mime(all, 0, start.length, MimeLimits.DEFAULT);
            return BodyPart.read(all, 0, all.length, block, Nesting.DEFAULT);
        } catch (MimeParseException e) {
            throw new IllegalArgumentException("the header fields are beyond the limits: " + e.getMessage(), e);
        }
    }

    private void checkAscii() {
        for (byte octet : content) {
            if (octet <= 0) {
                throw new IllegalArgumentException(
                        "7bit content must not hold the octet " + (octet & 0xff) + " (RFC 2045 section 2.7)");
            }
        }
    }
}
