package io.websip.mime;

import io.websip.sip.MediaType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the parts of a multipart and of all those in it (RFC 2046 section 5.1.1). One budget holds for all: parts, and octets that
 * come out of encodings.
 */
final class MultipartReader {
    private static final int MAX_BOUNDARY = 70;

    private final MimeLimits limits;
    private int partsLeft;
    private int decodedLeft;

    private MultipartReader(MimeLimits limits) {
        this.limits = limits;
        this.partsLeft = limits.maxParts();
        this.decodedLeft = limits.maxDecodedBytes();
    }

    static Multipart read(MediaType type, BodyPart.Slice body, Nesting nesting) throws MimeParseException {
        return new MultipartReader(nesting.limits()).multipart(type, body, nesting);
    }

    private Multipart multipart(MediaType type, BodyPart.Slice body, Nesting nesting) throws MimeParseException {
        if (!type.type().equals("multipart")) {
            throw MimeParseException.malformed("the content is no multipart");
        }
        Nesting inside = nesting.inMultipart();
        byte[] b = body.bytes();
        int end = body.end();
        byte[] delimiter = delimiter(type, b, body.start(), end);
        List<BodyPart> parts = new ArrayList<>();
        int partStart = -1; // none before the first delimiter
        int at = body.start();
        while (at < end) {
            int behind = delimiterEnd(b, at, end, delimiter);
            if (behind < 0) {
                at = Octets.nextLine(b, at, end);
                continue;
            }
            if (partStart >= 0) {
                parts.add(part(b, partStart, Math.max(partStart, lineBreakBefore(b, at, partStart)), inside));
            }
            boolean last = b[behind - 1] == '-' && behind - at > delimiter.length;
            at = Octets.nextLine(b, at, end);
            if (last || Octets.skipWhite(b, at, end) == end) { // RFC 5438 section 8.3 shows a last one without hyphens
                partStart = -1;
                break;
            }
            partStart = at;
        }
        if (partStart >= 0) {
            parts.add(part(b, partStart, end, inside));
        }
        if (parts.isEmpty()) {
            throw MimeParseException.malformed("the multipart has no part");
        }
        return new Multipart(type, b, body.start(), end, parts);
    }

    private static byte[] delimiter(MediaType type, byte[] b, int start, int end) throws MimeParseException {
        byte[] boundary = Octets.utf8(type.parameters().get("boundary").orElse(""));
        if (boundary.length > MAX_BOUNDARY) {
            throw MimeParseException.malformed("the boundary is longer than " + MAX_BOUNDARY + " octets");
        }
        if (boundary.length > 0) {
            byte[] delimiter = new byte[boundary.length + 2];
            delimiter[0] = '-';
            delimiter[1] = '-';
            System.arraycopy(boundary, 0, delimiter, 2, boundary.length);
            return delimiter;
        }
        for (int at = start; at < end; at = Octets.nextLine(b, at, end)) {
            int lineEnd = Octets.whiteBefore(b, Octets.nextLine(b, at, end), at);
            if (Octets.startsWith(b, at, lineEnd, "--") && lineEnd - at > 2 && lineEnd - at <= MAX_BOUNDARY + 2) {
                return Arrays.copyOfRange(b, at, lineEnd);
            }
        }
        throw MimeParseException.malformed("the multipart has no boundary");
    }

    /** Behind the delimiter, and behind the hyphens of the last, if the line is one; else -1. Only blanks may follow. */
    private static int delimiterEnd(byte[] b, int at, int end, byte[] delimiter) {
        int behind = at + delimiter.length;
        if (behind > end || !Arrays.equals(b, at, behind, delimiter, 0, delimiter.length)) {
            return -1;
        }
        if (Octets.startsWith(b, behind, end, "--")) {
            behind += 2;
        }
        int rest = behind;
        while (rest < end && Octets.isBlank(b[rest])) {
            rest++;
        }
        boolean ends = rest == end || b[rest] == '\n' || b[rest] == '\r' && (rest + 1 == end || b[rest + 1] == '\n');
        return ends ? behind : -1;
    }

    /** The line break in front of a delimiter is a part of it. */
    private static int lineBreakBefore(byte[] b, int at, int start) {
        int i = at;
        if (i > start && b[i - 1] == '\n') {
            i--;
            if (i > start && b[i - 1] == '\r') {
                i--;
            }
        }
        return i;
    }

    private BodyPart part(byte[] b, int start, int end, Nesting nesting) throws MimeParseException {
        if (partsLeft-- == 0) {
            throw MimeParseException.malformed("more than " + limits.maxParts() + " parts");
        }
        BodyPart part = BodyPart.read(b, start, end, HeaderBlock.part(b, start, end, limits), nesting);
        if (!Multipart.isMultipart(part)) {
            return part;
        }
        BodyPart.Slice content = part.decoded(decodedLeft);
        if (content.bytes() != b) {
            decodedLeft -= content.bytes().length;
        }
        return part.with(multipart(part.contentType(), content, nesting));
    }
}
