package io.websip.sip;

/**
 * The CSeq of a request or response (RFC 3261 section 20.16). Immutable.
 *
 * @param number 0 to 2**31-1
 * @param method the method it counts for
 */
public record CSeq(long number, SipMethod method) {
    /** The greatest number: below 2**31 (RFC 3261 section 8.1.1.5). */
    public static final long MAX = Integer.MAX_VALUE;

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is out of its bounds
     */
    public CSeq {
        if (number < 0 || number > MAX) {
            throw new IllegalArgumentException("a CSeq number is 0 to " + MAX + ", not " + number);
        }
    }

    /**
     * Reads a value such as {@code 7 MESSAGE}.
     *
     * @throws SipParseException if it is malformed or the number is 2**31 or more
     */
    public static CSeq parse(String text) throws SipParseException {
        byte[] b = Bytes.utf8(text);
        return parse(b, 0, b.length);
    }

    static CSeq parse(byte[] b, int start, int end) throws SipParseException {
        int numberEnd = Scan.digits(b, start, end);
        long number = Bytes.number(b, start, numberEnd, MAX);
        if (number < 0) {
            throw new SipParseException("CSeq: the number is missing or not below 2**31");
        }
        int methodStart = Scan.lws(b, numberEnd, end);
        if (methodStart == numberEnd) {
            throw new SipParseException("CSeq: white space expected behind the number");
        }
        SipMethod method = SipMethod.of(b, methodStart, end);
        if (method == null) {
            throw new SipParseException("CSeq: the method is missing or not a token");
        }
        return new CSeq(number, method);
    }

    @Override
    public String toString() {
        return number + " " + method;
    }
}
