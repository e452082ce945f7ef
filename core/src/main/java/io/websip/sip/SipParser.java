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
    private static final KnownHeader[] OF_A_REQUEST = {
        KnownHeader.VIA, KnownHeader.FROM, KnownHeader.TO, KnownHeader.CALL_ID, KnownHeader.CSEQ
    };
    private static final KnownHeader[] OF_A_RESPONSE = {KnownHeader.VIA, KnownHeader.CSEQ};

    // Above the bits of the headers seen. In one number, since an object is made for each message.
    private static final int RESPONSE = 1 << 16;
    private static final int LF_LINES = 1 << 17; // the start line ends with LF alone, and so may each other
    private static final int FOLDED = 1 << 18; // the row that is read holds a fold
    private static final int LONE_BREAK = 1 << 19; // or a CR or LF that is part of none

    private static final String VERSION = "SIP/2.0";
    private static final int CODE_DIGITS = 3;

    private final byte[] bytes;
    private final SipLimits limits;
    private final DiscardListener listener;

    private int at;
    private int[] index = new int[FIRST_ROWS * SipHeaders.STRIDE];
    private int count;
    private int state;
    private int contentLength = -1;
    private int bodyStart = -1;
    private int @Nullable [] firstRows; // by ordinal, of the headers that stand twice
    private @Nullable SipParseException fault;

    private SipParser(byte[] bytes, SipLimits limits, DiscardListener listener) {
        this.bytes = bytes;
        this.limits = limits;
        this.listener = listener;
    }

    /** Frames the message; the array belongs to it from now on. */
    static SipMessage parse(byte[] bytes, SipLimits limits, DiscardListener listener) throws SipParseException {
        return new SipParser(bytes, limits, listener).run();
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
        boolean response = bytes.length - start >= 4 && Bytes.equalsIgnoreCase(bytes, start, start + 4, "SIP/");
        state = response ? RESPONSE : 0;
        int end = startLine();
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

    private boolean is(int flag) {
        return (state & flag) != 0;
    }

    private void discard(String why) {
        listener.discarded(Discard.MALFORMED_FIELD, why);
    }

    /** Over the start line; where its line break stands, or -1. */
    private int startLine() {
        int start = at;
        int end = start;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        if (end == bytes.length) {
            fail("the start line does not end with CRLF", 400);
            at = bytes.length;
            return -1;
        }
        if (end > start && bytes[end - 1] == '\r') {
            end--;
        } else {
            state |= LF_LINES;
            if (!is(RESPONSE)) {
                fail("a CR or LF stands alone", 400); // RFC 3261 section 7; framed all the same, to be answered
            }
        }
        at = behindBreak(end);
        if (end - start > limits.maxHeaderBytes() && !is(RESPONSE)) { // the reason phrase is needed by nobody
            fail("the start line is longer than " + limits.maxHeaderBytes() + " bytes", 400);
        }
        return end;
    }

    /** Behind the line break that stands here: CRLF, or LF where that ends lines. */
    private int behindBreak(int end) {
        return bytes[end] == '\r' ? end + 2 : end + 1;
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

    /**
     * RFC 3261 section 7.2: the code has exactly three digits; the phrase may be empty. More than one space in front of the code
     * is overlooked. Where the phrase starts.
     */
    private int statusLine(int start, int end) {
        int versionEnd = start + VERSION.length();
        int code = Math.min(versionEnd, end);
        while (code < end && isBlank(bytes[code])) {
            code++;
        }
        if (code <= versionEnd || !Bytes.equalsIgnoreCase(bytes, start, versionEnd, VERSION)) {
            fail("the status line does not start with SIP/2.0", 400);
            return end;
        }
        int codeEnd = code + CODE_DIGITS;
        if (Scan.digits(bytes, code, end) != codeEnd || codeEnd < end && !isBlank(bytes[codeEnd])) {
            fail("the status code has not three digits", 400);
            return end;
        }
        if (status(start) < 100) {
            fail("the status code is not 100 to 699", 400);
        }
        return Math.min(codeEnd + 1, end);
    }

    private static boolean isBlank(int octet) {
        return octet == ' ' || octet == '\t';
    }

    /** Of a status line without fault; -1 for none. */
    private int status(int start) {
        int code = start + VERSION.length();
        while (isBlank(bytes[code])) {
            code++;
        }
        return (int) Bytes.number(bytes, code, code + CODE_DIGITS, 699);
    }

    private int indexOf(char c, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == c) {
                return i;
            }
        }
        return -1;
    }

    /** Where the break of this line stands, or -1; a lone CR or LF is noted, and the line goes on behind it. */
    private int lineEnd(int from) {
        for (int i = from; i < bytes.length; i++) {
            byte c = bytes[i];
            if (c > '\r') {
                continue;
            }
            if (c == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n' || c == '\n' && is(LF_LINES)) {
                return i;
            }
            if (c == '\r' || c == '\n') {
                state |= LONE_BREAK;
            }
        }
        return -1;
    }

    // --------------------------------------------------------------------------------------------------- headers

    private void headers() {
        if (at < bytes.length && isBlank(bytes[at]) && !is(RESPONSE)) {
            fail("white space stands at the start of the line behind the request line", 400);
        }
        while (at < bytes.length) {
            int behind = behindEmptyLine();
            if (behind >= 0) {
                bodyStart = behind;
                return;
            }
            if (count == limits.maxHeaders() && !is(RESPONSE)) {
                fail("the message has more than " + limits.maxHeaders() + " header rows", 400);
                return;
            }
            if (!row()) {
                return;
            }
        }
        fail("no empty line ends the header", 400);
    }

    private int behindEmptyLine() {
        if (bytes[at] == '\r' && at + 1 < bytes.length && bytes[at + 1] == '\n') {
            return at + 2;
        }
        return bytes[at] == '\n' && is(LF_LINES) ? at + 1 : -1;
    }

    /** One row with its folds; false if nothing behind it can be framed. */
    private boolean row() {
        int start = at;
        state &= ~(FOLDED | LONE_BREAK);
        int nameEnd = start;
        while (nameEnd < bytes.length && bytes[nameEnd] != ':' && bytes[nameEnd] > ' ') {
            nameEnd++;
        }
        KnownHeader header = KnownHeader.of(bytes, start, nameEnd);
        if (header == null) {
            nameEnd = Scan.anyToken(bytes, start, nameEnd); // the name of a known one need not be looked at again
        }
        int end = rowEnd(nameEnd);
        if (end < 0) {
            fail("no empty line ends the header", 400);
            return false;
        }
        at = behindBreak(end);
        int colon = bytes[nameEnd] == ':' ? nameEnd + 1 : Scan.after(':', bytes, nameEnd, end);
        if (nameEnd == start || colon < 0) {
            discard("a line that is not a name, a colon and a value (RFC 3261 section 7.3.1)");
        } else if (isFit(header, end - start)) {
            int valueStart = Scan.lws(bytes, colon, end);
            add(header, valueStart, Scan.lwsBefore(bytes, end, valueStart));
        }
        return true;
    }

    /** Where the break behind the row and its folds stands, or -1 (RFC 3261 section 7.3.1). */
    private int rowEnd(int from) {
        int end = lineEnd(from);
        while (end >= 0) {
            int next = behindBreak(end);
            if (next >= bytes.length || !isBlank(bytes[next])) {
                return end;
            }
            state |= FOLDED;
            end = lineEnd(next);
        }
        return -1;
    }

    /** Whether the row is kept. What is wrong with one that is needed is a fault; another is ignored (section 8.2.2). */
    private boolean isFit(@Nullable KnownHeader header, int length) {
        boolean needed = header != null && header.isNeeded(is(RESPONSE));
        if (is(LONE_BREAK)) {
            if (needed && !is(RESPONSE)) {
                fail("a CR or LF stands alone", 400);
            } else {
                discard("a CR or LF alone in a header row, which is read as a space (RFC 3261 section 7)");
            }
        }
        boolean tooLong = length > limits.maxHeaderBytes() && !(header != null && is(RESPONSE) && header.isLongList());
        if (!tooLong && count < limits.maxHeaders()) {
            return true;
        }
        String why = tooLong
                ? "a header row is longer than " + limits.maxHeaderBytes() + " bytes"
                : "the message has more than " + limits.maxHeaders() + " header rows";
        if (needed) {
            fail(why, 400);
        } else {
            discard(why);
        }
        return false;
    }

    private void add(@Nullable KnownHeader header, int valueStart, int valueEnd) {
        if (header != null && header.bit() != 0) {
            if (is(header.bit()) && header.single()) {
                addAgain(header, valueStart, valueEnd);
                return;
            }
            if (header == KnownHeader.CONTENT_LENGTH && !isLength(valueStart, valueEnd)) {
                return;
            }
            state |= header.bit();
        }
        int base = count * SipHeaders.STRIDE;
        if (base == index.length) {
            index = Arrays.copyOf(index, base * 2);
        }
        index[base] = SipHeaders.pack(header, valueStart);
        index[base + 1] = valueEnd | (is(FOLDED | LONE_BREAK) ? SipHeaders.BREAKS : 0);
        count++;
    }

    /** Two equal values are one. Two different ones are a fault where the value is needed (RFC 3261 section 7.3.1). */
    private void addAgain(KnownHeader header, int valueStart, int valueEnd) {
        int base = firstRow(header) * SipHeaders.STRIDE;
        int firstStart = index[base] & SipHeaders.START_MASK;
        int firstEnd = index[base + 1] & ~SipHeaders.BREAKS;
        boolean same = Bytes.sameText(bytes, firstStart, firstEnd, valueStart, valueEnd)
                || header == KnownHeader.CONTENT_LENGTH
                        && Bytes.number(bytes, valueStart, valueEnd, Integer.MAX_VALUE) == contentLength;
        if (!same && header.isNeeded(is(RESPONSE))) {
            fail(header.text() + " stands twice", 400);
        } else {
            discard("a second " + header.text());
        }
    }

    /** Found once for each header, so that as many repetitions as a message holds cost no more than it is long. */
    private int firstRow(KnownHeader header) {
        int[] rows = firstRows;
        if (rows == null) {
            rows = new int[KnownHeader.values().length];
            firstRows = rows;
        }
        if (rows[header.ordinal()] == 0) {
            int wanted = header.ordinal() + 1;
            int row = 0;
            while (index[row * SipHeaders.STRIDE] >>> SipHeaders.START_BITS != wanted) {
                row++;
            }
            rows[header.ordinal()] = row + 1;
        }
        return rows[header.ordinal()] - 1;
    }

    /** Takes the length. In a response one that is no number says nothing, as the frame bounds the body too. */
    private boolean isLength(int valueStart, int valueEnd) {
        contentLength = (int) Bytes.number(bytes, valueStart, valueEnd, Integer.MAX_VALUE);
        if (contentLength >= 0) {
            return true;
        }
        boolean digits = valueStart < valueEnd && Scan.digits(bytes, valueStart, valueEnd) == valueEnd;
        if (is(RESPONSE) && !digits) {
            discard("a Content-Length that is not a number of bytes");
        } else {
            fail("Content-Length is not a number of bytes", 400);
        }
        return false;
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
        int bodyEnd = bodyStart + contentLength;
        if (Scan.lws(bytes, bodyEnd, bytes.length) < bytes.length) { // a line break at the end is none of it
            listener.discarded(
                    Discard.SURPLUS_OCTETS,
                    (bytes.length - bodyEnd) + " bytes behind the " + contentLength
                            + " of Content-Length (RFC 3261 section 18.3)");
        }
        return bodyEnd;
    }

    private void mandatory() {
        for (KnownHeader header : is(RESPONSE) ? OF_A_RESPONSE : OF_A_REQUEST) {
            if (!is(header.bit())) {
                fail(header.text() + " is missing", 400);
            }
        }
    }
}
