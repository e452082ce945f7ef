package io.websip.mime;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates, and takes no more memory than it may. It is closed at once, not by the collector: zlib's memory is none of the heap's. */
final class Inflation implements AutoCloseable {
    private static final int BUFFER = 4_096;
    private static final int FIXED_HEADER = 10;
    private static final int TRAILER = 8;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final byte[] in;
    private final int max;
    private final Inflater inflater;
    private final ByteArrayOutputStream out;
    private final CRC32 crc = new CRC32();

    private Inflation(byte[] in, int max, boolean bare) {
        this.in = in;
        this.max = max;
        this.inflater = new Inflater(bare);
        this.out = new ByteArrayOutputStream((int) Math.min(max, 2L * in.length));
    }

    static byte[] deflate(byte[] in, int max) throws MimeParseException {
        try (Inflation run = new Inflation(in, max, !hasZlibHeader(in))) {
            run.stream(0);
            return run.out.toByteArray();
        }
    }

    /** RFC 1950 section 2.2. No encoder starts a bare deflate stream with octets like these. */
    private static boolean hasZlibHeader(byte[] b) {
        return b.length >= 2 && (b[0] & 0x0f) == 8 && ((b[0] & 0xff) << 8 | b[1] & 0xff) % 31 == 0;
    }

    /** One member or several; other octets behind the last member are ignored (RFC 1952 section 2.2). */
    static byte[] gzip(byte[] in, int max) throws MimeParseException {
        try (Inflation run = new Inflation(in, max, true)) {
            int at = 0;
            do {
                run.crc.reset();
                run.inflater.reset();
                int before = run.out.size();
                at = run.stream(headerEnd(in, at));
                run.checkTrailer(at, run.out.size() - before);
                at += TRAILER;
            } while (hasGzipHeader(in, at));
            return run.out.toByteArray();
        }
    }

    private static boolean hasGzipHeader(byte[] b, int at) {
        return b.length - at >= FIXED_HEADER && b[at] == 0x1f && (b[at + 1] & 0xff) == 0x8b && b[at + 2] == 8;
    }

    /** RFC 1952 section 2.3.1. */
    private static int headerEnd(byte[] b, int start) throws MimeParseException {
        if (!hasGzipHeader(b, start)) {
            throw MimeParseException.malformed("the content is not gzipped");
        }
        int flags = b[start + 3];
        int at = start + FIXED_HEADER;
        if ((flags & EXTRA) != 0) {
            at += at + 2 <= b.length ? 2 + (b[at] & 0xff | (b[at + 1] & 0xff) << 8) : 2;
        }
        if ((flags & NAME) != 0) {
            at = Octets.find(b, 0, Math.min(at, b.length), b.length) + 1;
        }
        if ((flags & COMMENT) != 0) {
            at = Octets.find(b, 0, Math.min(at, b.length), b.length) + 1;
        }
        if ((flags & HEADER_CRC) != 0) {
            at += 2;
        }
        if (at > b.length) {
            throw MimeParseException.malformed("the gzip header ends too early");
        }
        return at;
    }

    private void checkTrailer(int at, int length) throws MimeParseException {
        if (in.length - at < TRAILER || number(at) != (int) crc.getValue() || number(at + 4) != length) {
            throw MimeParseException.malformed("the gzip checksum does not fit");
        }
    }

    private int number(int at) {
        return in[at] & 0xff | (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff) << 16 | in[at + 3] << 24;
    }

    /** Inflates the stream that starts there, and gives where it ends. */
    private int stream(int start) throws MimeParseException {
        inflater.setInput(in, start, in.length - start);
        byte[] buffer = new byte[BUFFER];
        try {
            while (!inflater.finished()) {
                int n = inflater.inflate(buffer);
                if (n == 0 && !inflater.finished()) {
                    throw MimeParseException.malformed("the deflated content ends too early");
                }
                if (out.size() + n > max) {
                    throw MimeParseException.tooLarge("the content inflates to more than " + max + " octets");
                }
                out.write(buffer, 0, n);
                crc.update(buffer, 0, n);
            }
        } catch (DataFormatException e) {
            throw MimeParseException.malformed("the content is not deflated");
        }
        return in.length - inflater.getRemaining();
    }

    @Override
    public void close() {
        inflater.end();
    }
}
