package io.websip.mime;

import java.util.Arrays;

/**
 * The header lines of a block, found in one pass. Lines may end in LF alone, and blanks may stand behind them. A line that starts
 * with a blank continues the one before.
 */
final class HeaderBlock {
    final int[] index; // as MimeHeaders has it
    final int count;

    /** Where the next block or the content starts. */
    final int next;

    private HeaderBlock(int[] index, int count, int next) {
        this.index = index;
        this.count = count;
        this.next = next;
    }

    /** MIME header fields up to and with the empty line. */
    static HeaderBlock mime(byte[] b, int start, int end, MimeLimits limits) throws MimeParseException {
        return read(b, start, end, limits, false, false);
    }

    /** Those of a part, which without content has no empty line either (RFC 2046 section 5.1.1). */
    static HeaderBlock part(byte[] b, int start, int end, MimeLimits limits) throws MimeParseException {
        return read(b, start, end, limits, false, true);
    }

    /** CPIM metadata up to and with the empty line; or up to a MIME header field, as examples of RFC 5438 have no line between. */
    static HeaderBlock metadata(byte[] b, int start, int end, MimeLimits limits) throws MimeParseException {
        return read(b, start, end, limits, true, false);
    }

    private static HeaderBlock read(byte[] b, int start, int end, MimeLimits limits, boolean metadata, boolean mayEnd)
            throws MimeParseException {
        int[] index = new int[8 * MimeHeaders.STRIDE];
        int count = 0;
        int at = start;
        while (at < end) {
            int next = Octets.nextLine(b, at, end);
            if (isEmpty(b, at, next)) {
                if (next == at || b[next - 1] != '\n') {
                    break; // blanks at the very end are no line
                }
                return new HeaderBlock(index, count, next);
            }
            if (metadata && Octets.startsWithIgnoreCase(b, at, next, "Content-")) {
                return new HeaderBlock(index, count, at);
            }
            while (next < end && Octets.isBlank(b[next]) && !isEmpty(b, next, Octets.nextLine(b, next, end))) {
                next = Octets.nextLine(b, next, end);
            }
            if (count == limits.maxHeaders()) {
                throw MimeParseException.malformed("more than " + count + " header fields");
            }
            if (next - at > limits.maxHeaderBytes()) {
                throw MimeParseException.malformed(
                        "a header field is longer than " + limits.maxHeaderBytes() + " octets");
            }
            if (count * MimeHeaders.STRIDE == index.length) {
                index = Arrays.copyOf(index, 2 * index.length);
            }
            row(b, at, next, index, count++ * MimeHeaders.STRIDE);
            at = next;
        }
        if (mayEnd) {
            return new HeaderBlock(index, count, end);
        }
        throw MimeParseException.malformed("the empty line behind the header fields is missing");
    }

    private static boolean isEmpty(byte[] b, int start, int end) {
        return Octets.skipWhite(b, start, end) == end;
    }

    private static void row(byte[] b, int start, int end, int[] index, int at) throws MimeParseException {
        int nameEnd = start;
        while (nameEnd < end && Octets.isToken(b[nameEnd])) {
            nameEnd++;
        }
        int colon = nameEnd;
        while (colon < end && Octets.isBlank(b[colon])) {
            colon++;
        }
        if (nameEnd == start || colon == end || b[colon] != ':') {
            throw MimeParseException.malformed("a header field has no name or no colon");
        }
        index[at] = start;
        index[at + 1] = nameEnd;
        index[at + 2] = colon + 1;
        index[at + 3] = Octets.whiteBefore(b, end, colon + 1);
    }
}
