package io.websip.mime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** How a body was made smaller (RFC 3261 section 20.12): the value of Content-Encoding. */
public enum ContentEncoding {
    /** As it is. */
    IDENTITY("identity"),
    /** RFC 1950, that is deflate in a zlib frame. Bare deflate (RFC 1951) is read too, as some peers send it. */
    DEFLATE("deflate"),
    /** RFC 1952. */
    GZIP("gzip");

    private static final int BUFFER = 4_096;

    private final String token;

    ContentEncoding(String token) {
        this.token = token;
    }

    /** The name in Content-Encoding and Accept-Encoding. */
    public String token() {
        return token;
    }

    /** The one of this name, in any case; empty if there is none. */
    public static Optional<ContentEncoding> of(String token) {
        String bare = token.strip();
        for (ContentEncoding one : values()) {
            if (one.token.equalsIgnoreCase(bare)) {
                return Optional.of(one);
            }
        }
        return bare.equalsIgnoreCase("x-gzip") ? Optional.of(GZIP) : Optional.empty();
    }

    /** As {@link #decode(byte[], MimeLimits)} with the default limits. */
    public byte[] decode(byte[] octets) throws MimeParseException {
        return decode(octets, MimeLimits.DEFAULT);
    }

    /**
     * The octets that were encoded.
     *
     * @throws MimeParseException if these are none of this encoding, or if they would grow beyond {@link
     *     MimeLimits#maxDecodedBytes} or {@link MimeLimits#maxInflation}; not more memory than that is taken
     */
    public byte[] decode(byte[] octets, MimeLimits limits) throws MimeParseException {
        return decode(octets, limits.inflated(octets.length));
    }

    byte[] decode(byte[] octets, int max) throws MimeParseException {
        return switch (this) {
            case IDENTITY -> octets.clone();
            case DEFLATE -> Inflation.deflate(octets, max);
            case GZIP -> Inflation.gzip(octets, max);
        };
    }

    /** The octets encoded. */
    public byte[] encode(byte[] octets) {
        return switch (this) {
            case IDENTITY -> octets.clone();
            case DEFLATE -> deflate(octets);
            case GZIP -> gzip(octets);
        };
    }

    private static byte[] deflate(byte[] octets) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(octets);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length / 2 + 16);
            byte[] buffer = new byte[BUFFER];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static byte[] gzip(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length / 2 + 32);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(octets);
        } catch (IOException e) {
            throw new IllegalStateException("an array in memory cannot fail", e);
        }
        return out.toByteArray();
    }
}
