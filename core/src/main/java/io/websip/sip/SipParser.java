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

    private final byte[] bytes;
    private final int length;
    private final SipLimits limits;

    private int at;
    private int[] index = new int[FIRST_ROWS * SipHeaders.STRIDE];
    private int count;
    private long seen;
    private long contentLength = -1;
    private int bodyStart = -1;
    private @Nullable SipParseException fault;

    private boolean response;
    private int status;
    private @Nullable SipMethod method;
    private int partStart; // of the Request-URI, or of the reason phrase
    private int partEnd;

    private SipParser(byte[] bytes, SipLimits limits) {
        this.bytes = bytes;
        this.length = bytes.length;
        this.limits = limits;
    }

    /** Frames the message; the array belongs to it from now on. */
    static SipMessage parse(byte[] bytes, SipLimits limits) throws SipParseException {
        return new SipParser(bytes, limits).run();
    }

    private SipMessage run() throws SipParseException {
        if (length > limits.maxMessageBytes()) {
            fail("the message is longer than " + limits.maxMessageBytes() + " bytes", 513);
        }
        if (length > SipLimits.MAX_MESSAGE_BYTES) {
            throw new SipParseException("the message is longer than any limit allows", 513, null);
        }
        while (at < length && (bytes[at] == '\r' || bytes[at] == '\n')) {
            at++; // RFC 3261 section 7.5
        }
        startLine();
        headers();
        int bodyEnd = body();
        mandatory();
        SipHeaders headers = new SipHeaders(bytes, index, count);
        if (fault != null) {
            throw response ? fault : fault.with(headers);
        }
        if (response) {
            return new SipResponse(bytes, headers, bodyStart, bodyEnd, status, partStart, partEnd);
        }
        SipMethod m = method;
        if (m == null) {
            throw new IllegalStateException("a request line without fault has a method");
        }
        return new SipRequest(bytes, headers, bodyStart, bodyEnd, m, partStart, partEnd);
    }

    /** Only the first fault is reported; what follows may come from it. */
    private void fail(String message, int hint) {
        if (fault == null) {
            fault = new SipParseException(message, hint, null);
        }
    }

    // ------------------------------------------------------------------------------------------------ start line

    private void startLine() {
        int start = at;
        int end = lineEnd(start);
        if (end < 0) {
            fail("the start line does not end with CRLF", 400);
            at = length;
            return;
        }
        at = end + 2;
        if (end - start > limits.maxHeaderBytes()) {
            fail("the start line is longer than " + limits.maxHeaderBytes() + " bytes", 400);
        }
        response = end - start >= 4 && Bytes.equalsIgnoreCase(bytes, start, start + 4, "SIP/");
        if (response) {
            statusLine(start, end);
        } else {
            requestLine(start, end);
        }
    }

    /** RFC 3261 section 7.1: exactly one space between the three parts. */
    private void requestLine(int start, int end) {
        int firstSpace = indexOf(' ', start, end);
        int secondSpace = firstSpace < 0 ? -1 : indexOf(' ', firstSpace + 1, end);
        if (secondSpace < 0) {
            fail("the request line has not three parts", 400);
            return;
        }
        method = SipMethod.of(bytes, start, firstSpace);
        if (method == null) {
            fail("the method is not a token", 400);
        }
        partStart = firstSpace + 1;
        partEnd = secondSpace;
        if (partStart == partEnd || indexOf(' ', secondSpace + 1, end) >= 0) {
            fail("the request line must have exactly one space between its parts", 400);
            return;
        }
        for (int i = partStart; i < partEnd; i++) {
            if (bytes[i] >= 0 && bytes[i] < ' ' || bytes[i] == 0x7f) {
                fail("the Request-URI holds a control character", 400);
            }
        }
        version(secondSpace + 1, end);
    }

    private void version(int start, int end) {
        if (Bytes.equalsIgnoreCase(bytes, start, end, "SIP/2.0")) {
            return;
        }
        boolean otherVersion = end - start > 4 && Bytes.equalsIgnoreCase(bytes, start, start + 4, "SIP/");
        for (int i = start + 4; otherVersion && i < end; i++) {
            otherVersion = Bytes.isDigit(bytes[i]) || bytes[i] == '.';
        }
        fail("the version is not SIP/2.0", otherVersion ? 505 : 400);
    }

    /** RFC 3261 section 7.2: the code has exactly three digits; the phrase may be empty. */
    private void statusLine(int start, int end) {
        int space = indexOf(' ', start, end);
        if (space < 0 || !Bytes.equalsIgnoreCase(bytes, start, space, "SIP/2.0")) {
            fail("the status line does not start with SIP/2.0", 400);
            return;
        }
        int codeEnd = space + 4;
        if (codeEnd > end || codeEnd < end && bytes[codeEnd] != ' ') {
            fail("the status code has not three digits", 400);
            return;
        }
        status = (int) Bytes.number(bytes, space + 1, codeEnd, 699);
        if (status < 100) {
            fail("the status code is not 100 to 699", 400);
        }
        partStart = Math.min(codeEnd + 1, end);
        partEnd = end;
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
        for (int i = from; i < length; i++) {
            byte c = bytes[i];
            if (c > '\r') {
                continue;
            }
            if (c == '\r' && i + 1 < length && bytes[i + 1] == '\n') {
                return i;
            }
            if (c == '\r' || c == '\n') {
                fail("a CR or LF stands alone", 400);
            }
        }
        return -1;
    }

    // --------------------------------------------------------------------------------------------------- headers

    private void headers() {
        while (at < length) {
            if (bytes[at] == '\r' && at + 1 < length && bytes[at + 1] == '\n') {
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
        int end = lineEnd(start);
        while (end >= 0 && end + 2 < length && (bytes[end + 2] == ' ' || bytes[end + 2] == '\t')) {
            end = lineEnd(end + 2); // RFC 3261 section 7.3.1
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
        int nameEnd = start;
        while (Bytes.isToken(bytes[nameEnd])) {
            nameEnd++;
        }
        int colon = nameEnd;
        while (Bytes.isLws(bytes[colon]) && colon < end) {
            colon++;
        }
        if (nameEnd == start || bytes[colon] != ':') {
            fail("a header row is not a name, a colon and a value", 400);
            return true;
        }
        int valueStart = colon + 1;
        int valueEnd = end;
        while (valueStart < valueEnd && Bytes.isLws(bytes[valueStart])) {
            valueStart++;
        }
        while (valueEnd > valueStart && Bytes.isLws(bytes[valueEnd - 1])) {
            valueEnd--;
        }
        add(KnownHeader.of(bytes, start, nameEnd), start, valueStart, valueEnd);
        return true;
    }

    private void add(@Nullable KnownHeader header, int nameStart, int valueStart, int valueEnd) {
        if (header != null) {
            long bit = 1L << header.ordinal();
            if ((seen & bit) != 0 && header.single()) {
                fail(header.text() + " stands twice", 400);
            }
            seen |= bit;
            if (header == KnownHeader.CONTENT_LENGTH) {
                contentLength = Bytes.number(bytes, valueStart, valueEnd, Integer.MAX_VALUE);
                if (contentLength < 0) {
                    fail("Content-Length is not a number of bytes", 400);
                }
            }
        }
        int base = count * SipHeaders.STRIDE;
        if (base == index.length) {
            index = Arrays.copyOf(index, base * 2);
        }
        index[base] = SipHeaders.pack(header, nameStart);
        index[base + 1] = valueStart;
        index[base + 2] = valueEnd;
        count++;
    }

    // ------------------------------------------------------------------------------------------------------ body

    /** RFC 3261 section 18.3: octets beyond Content-Length are discarded, too few are a fault. */
    private int body() {
        if (bodyStart < 0) {
            bodyStart = length;
        }
        int available = length - bodyStart;
        if (contentLength < 0) {
            return length;
        }
        if (contentLength > available) {
            fail("Content-Length is " + contentLength + ", but " + available + " bytes follow", 400);
            return length;
        }
        return bodyStart + (int) contentLength;
    }

    private void mandatory() {
        for (KnownHeader header : MANDATORY) {
            if ((seen & 1L << header.ordinal()) == 0) {
                fail(header.text() + " is missing", 400);
            }
        }
    }
}
