package io.websip.sip;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Frames one message: one pass over the octets that finds the start line, the header rows and the body, and reads no
 * value that framing does not need (RFC 3261 section 7, and section 18.3 for the body on a message-oriented transport).
 *
 * <p>A fault is remembered and framing goes on as far as it can, so that a broken request can be answered with the
 * header fields that could be read. Confined to one parse.
 */
final class SipParser {
    private static final int FIRST_ROWS = 12;
    private static final KnownHeader[] MANDATORY = {
        KnownHeader.VIA, KnownHeader.FROM, KnownHeader.TO, KnownHeader.CALL_ID, KnownHeader.CSEQ
    };

    private static final long MANDATORY_BITS = bits(MANDATORY);

    private static final String VERSION = "SIP/2.0";
    private static final int CODE = VERSION.length() + 1; // where the status code stands in its line
    private static final int CODE_DIGITS = 3;

    private final byte[] bytes;
    private final SipLimits limits;

    private int at;
    private int[] index = new int[FIRST_ROWS * SipHeaders.STRIDE];
    private int count;
    private int breaks; // of the row under way
    private long seen;
    private int contentLength = -1;
    private int bodyStart = -1;
    private @Nullable SipParseException fault;

    private SipParser(byte[] bytes, SipLimits limits) {
        this.bytes = bytes;
        this.limits = limits;
    }

    /** Frames the message; the array belongs to it from now on. */
    static SipMessage parse(byte[] bytes, SipLimits limits) throws SipParseException {
        return new SipParser(bytes, limits).run();
    }

    private SipMessage run() throws SipParseException {
        if (bytes.length > limits.maxMessageBytes()) {
            fail("the message is longer than " + limits.maxMessageBytes() + " bytes", 513);
        }
        if (bytes.length > SipLimits.MAX_MESSAGE_BYTES) {
            throw new SipParseException("the message is longer than any limit allows", 513, null);
        }
        while (at < bytes.length && (bytes[at] == '\r' || bytes[at] == '\n')) {
            at++; // RFC 3261 section 7.5
        }
        int start = at;
        int end = startLine();
        boolean response = end - start >= 4 && Bytes.equalsIgnoreCase(bytes, start, start + 4, "SIP/");
        int part = 0; // where the reason phrase or the Request-URI starts
        if (end >= 0) {
            part = response ? statusLine(start, end) : requestLine(start, end);
        }
        headers();
        int bodyEnd = body();
        mandatory();
        SipHeaders headers = new SipHeaders(bytes, index, count);
        if (fault != null) {
            throw response ? fault : fault.with(headers);
        }
        if (response) {
            return new SipResponse(headers, bodyStart, bodyEnd, status(start), part, end);
        }
        SipMethod method = SipMethod.of(bytes, start, part - 1);
        if (method == null) {
            throw new IllegalStateException("a request line without fault has a method");
        }
        return new SipRequest(headers, bodyStart, bodyEnd, method, part);
    }

    /** Only the first fault is reported; what follows may come from it. */
    private void fail(String message, int hint) {
        if (fault == null) {
            fault = new SipParseException(message, hint, null);
        }
    }

    // ------------------------------------------------------------------------------------------------ start line

    /** Over the start line; where its CRLF stands, or -1. */
    private int startLine() {
        int start = at;
        int end = lineEnd(start);
        if (end < 0) {
            fail("the start line does not end with CRLF", 400);
            at = bytes.length;
            return -1;
        }
        at = end + 2;
        if (end - start > limits.maxHeaderBytes()) {
            fail("the start line is longer than " + limits.maxHeaderBytes() + " bytes", 400);
        }
        return end;
    }

    /** RFC 3261 section 7.1: exactly one space between the three parts. Where the Request-URI starts. */
    private int requestLine(int start, int end) {
        int firstSpace = indexOf(' ', start, end);
        if (firstSpace < 0) {
            fail("the request line has not three parts", 400);
            return 0;
        }
        int partStart = firstSpace + 1;
        boolean control = false;
        int secondSpace = partStart;
        for (; secondSpace < end && bytes[secondSpace] != ' '; secondSpace++) {
            control |= bytes[secondSpace] >= 0 && bytes[secondSpace] < ' ' || bytes[secondSpace] == 0x7f;
        }
        if (secondSpace == end) {
            fail("the request line has not three parts", 400);
            return partStart;
        }
        if (firstSpace == start || Scan.anyToken(bytes, start, firstSpace) < firstSpace) {
            fail("the method is not a token", 400);
        }
        if (partStart == secondSpace || indexOf(' ', secondSpace + 1, end) >= 0) {
            fail("the request line must have exactly one space between its parts", 400);
            return partStart;
        }
        if (control) {
            fail("the Request-URI holds a control character", 400);
        }
        version(secondSpace + 1, end);
        return partStart;
    }

    private void version(int start, int end) {
        if (Bytes.equalsIgnoreCase(bytes, start, end, VERSION)) {
            return;
        }
        boolean otherVersion = end - start > 4 && Bytes.equalsIgnoreCase(bytes, start, start + 4, "SIP/");
        for (int i = start + 4; otherVersion && i < end; i++) {
            otherVersion = Bytes.isDigit(bytes[i]) || bytes[i] == '.';
        }
        fail("the version is not SIP/2.0", otherVersion ? 505 : 400);
    }

    /** RFC 3261 section 7.2: the code has exactly three digits; the phrase may be empty. Where the phrase starts. */
    private int statusLine(int start, int end) {
        int code = start + CODE;
        if (code > end || bytes[code - 1] != ' ' || !Bytes.equalsIgnoreCase(bytes, start, code - 1, VERSION)) {
            fail("the status line does not start with SIP/2.0", 400);
            return end;
        }
        int codeEnd = code + CODE_DIGITS;
        if (codeEnd > end || codeEnd < end && bytes[codeEnd] != ' ') {
            fail("the status code has not three digits", 400);
            return end;
        }
        if (status(start) < 100) {
            fail("the status code is not 100 to 699", 400);
        }
        return Math.min(codeEnd + 1, end);
    }

    /** Of a status line that is long enough; -1 for none. */
    private int status(int start) {
        return (int) Bytes.number(bytes, start + CODE, start + CODE + CODE_DIGITS, 699);
    }

    private int indexOf(char c, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == c) {
                return i;
            }
        }
        return -1;
    }

    /** Where the CRLF of this line stands, or -1; a lone CR or LF is a fault, and the line goes on behind it. */
    private int lineEnd(int from) {
        for (int i = from; i < bytes.length; i++) {
            byte c = bytes[i];
            if (c > '\r') {
                continue;
            }
            if (c == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
                return i;
            }
            if (c == '\r' || c == '\n') {
                fail("a CR or LF stands alone", 400);
                breaks = SipHeaders.BREAKS;
            }
        }
        return -1;
    }

    // --------------------------------------------------------------------------------------------------- headers

    private void headers() {
        while (at < bytes.length) {
            if (bytes[at] == '\r' && at + 1 < bytes.length && bytes[at + 1] == '\n') {
                bodyStart = at + 2;
                return;
            }
            if (count == limits.maxHeaders()) {
                fail("the message has more than " + limits.maxHeaders() + " header rows", 400);
                return;
            }
            if (!row()) {
                return;
            }
        }
        fail("no empty line ends the header", 400);
    }

    /** One row with its folds; false if nothing behind it can be framed. */
    private boolean row() {
        int start = at;
        breaks = 0;
        int nameEnd = start;
        while (nameEnd < bytes.length && bytes[nameEnd] != ':' && bytes[nameEnd] > ' ') {
            nameEnd++;
        }
        KnownHeader header = KnownHeader.of(bytes, start, nameEnd);
        if (header == null) {
            nameEnd = Scan.anyToken(bytes, start, nameEnd); // the name of a known one need not be looked at again
        }
        int end = lineEnd(nameEnd);
        while (end >= 0 && end + 2 < bytes.length && (bytes[end + 2] == ' ' || bytes[end + 2] == '\t')) {
            end = lineEnd(end + 2); // RFC 3261 section 7.3.1
            breaks = SipHeaders.BREAKS;
        }
        if (end < 0) {
            fail("no empty line ends the header", 400);
            return false;
        }
        at = end + 2;
        if (end - start > limits.maxHeaderBytes()) {
            fail("a header row is longer than " + limits.maxHeaderBytes() + " bytes", 400);
            return true;
        }
        int colon = bytes[nameEnd] == ':' ? nameEnd + 1 : Scan.after(':', bytes, nameEnd, end);
        if (nameEnd == start || colon < 0) {
            fail("a header row is not a name, a colon and a value", 400);
            return true;
        }
        int valueStart = Scan.lws(bytes, colon, end);
        add(header, valueStart, Scan.lwsBefore(bytes, end, valueStart));
        return true;
    }

    private void add(@Nullable KnownHeader header, int valueStart, int valueEnd) {
        if (header != null) {
            long bit = bit(header);
            if ((seen & bit) != 0 && header.single()) {
                fail(header.text() + " stands twice", 400);
            }
            seen |= bit;
            if (header == KnownHeader.CONTENT_LENGTH) {
                contentLength = (int) Bytes.number(bytes, valueStart, valueEnd, Integer.MAX_VALUE);
                if (contentLength < 0) {
                    fail("Content-Length is not a number of bytes", 400);
                }
            }
        }
        int base = count * SipHeaders.STRIDE;
        if (base == index.length) {
            index = Arrays.copyOf(index, base * 2);
        }
        index[base] = SipHeaders.pack(header, valueStart);
        index[base + 1] = valueEnd | breaks;
        count++;
    }

    // ------------------------------------------------------------------------------------------------------ body

    /** RFC 3261 section 18.3: octets beyond Content-Length are discarded, too few are a fault. */
    private int body() {
        if (bodyStart < 0) {
            bodyStart = bytes.length;
        }
        int available = bytes.length - bodyStart;
        if (contentLength < 0) {
            return bytes.length;
        }
        if (contentLength > available) {
            fail("Content-Length is " + contentLength + ", but " + available + " bytes follow", 400);
            return bytes.length;
        }
        return bodyStart + contentLength;
    }

    private static long bit(KnownHeader header) {
        return 1L << header.ordinal();
    }

    private static long bits(KnownHeader... headers) {
        long bits = 0;
        for (KnownHeader header : headers) {
            bits |= bit(header);
        }
        return bits;
    }

    private void mandatory() {
        if ((seen & MANDATORY_BITS) == MANDATORY_BITS) {
            return;
        }
        for (KnownHeader header : MANDATORY) {
            if ((seen & bit(header)) == 0) {
                fail(header.text() + " is missing", 400);
            }
        }
    }
}
