package io.websip.sip;

/**
 * A cursor over the octets of one value. Confined to one parse; the values keep slices, never the lexer.
 *
 * <p>CR and LF are white space here: framing has made sure that they stand only in folds (RFC 3261 section 7.3.1).
 */
final class Lexer {
    final byte[] bytes;
    final int end;
    int at;

    Lexer(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    boolean done() {
        return at >= end;
    }

    /** The octet under the cursor, or -1 at the end. */
    int peek() {
        return at < end ? bytes[at] & 0xff : -1;
    }

    void skipLws() {
        while (at < end && Bytes.isLws(bytes[at])) {
            at++;
        }
    }

    /** Takes the octet if it comes next, white space before it included. */
    boolean takeAfterLws(char c) {
        int mark = at;
        skipLws();
        if (peek() == c) {
            at++;
            return true;
        }
        at = mark;
        return false;
    }

    void expectAfterLws(char c, String what) throws SipParseException {
        if (!takeAfterLws(c)) {
            throw new SipParseException(what + ": '" + c + "' expected");
        }
    }

    /** Passes a token; the slice is from the old cursor to the new one. */
    void token(String what) throws SipParseException {
        int start = at;
        while (at < end && Bytes.isToken(bytes[at])) {
            at++;
        }
        if (at == start) {
            throw new SipParseException(what + ": a token is missing");
        }
    }

    /** Passes a quoted string, quotes included. The cursor stands on the opening quote. */
    void quoted(String what) throws SipParseException {
        at++;
        while (at < end) {
            int c = bytes[at++];
            if (c == '\\') {
                at++;
            } else if (c == '"') {
                return;
            }
        }
        throw new SipParseException(what + ": the quoted string does not end");
    }

    /**
     * Passes a host: name, IPv4 address or IPv6 reference in brackets (RFC 3261 section 25.1). A name is taken with
     * underscores too, which real networks use.
     */
    void host(String what) throws SipParseException {
        int start = at;
        if (peek() == '[') {
            ipv6(what);
            return;
        }
        while (at < end && isHostCharacter(bytes[at])) {
            at++;
        }
        if (at == start) {
            throw new SipParseException(what + ": the host is missing");
        }
        checkName(start, what);
    }

    /**
     * Passes an IPv6 reference: groups of up to four digits and an IPv4 address at the end. How many groups there are is
     * left open, and three colons for two are taken (RFC 5118 section 4.10).
     */
    private void ipv6(String what) throws SipParseException {
        int colons = 0;
        int group = 0;
        boolean good = true;
        boolean dotted = false;
        for (at++; at < end && (Bytes.hex(bytes[at]) >= 0 || bytes[at] == ':' || bytes[at] == '.'); at++) {
            if (bytes[at] == ':') {
                good &= !dotted;
                colons++;
                group = 0;
            } else {
                dotted |= bytes[at] == '.';
                group++;
                good &= dotted || group <= 4;
            }
        }
        if (peek() != ']' || !good || colons < 2 || colons > 8) {
            throw new SipParseException(what + ": the IPv6 reference is malformed");
        }
        at++;
    }

    /** Whether the text is a host and nothing more. */
    static boolean isHost(String text) {
        byte[] b = Bytes.utf8(text);
        Lexer in = new Lexer(b, 0, b.length);
        try {
            in.host("host");
            return in.done();
        } catch (SipParseException e) {
            return false;
        }
    }

    private static boolean isHostCharacter(int c) {
        return Bytes.isLetter(c) || Bytes.isDigit(c) || c == '-' || c == '.' || c == '_';
    }

    /** A name has no empty label but for a trailing dot, and one of nothing but digits must be an IPv4 address. */
    private void checkName(int start, String what) throws SipParseException {
        int labels = 0;
        int label = start;
        boolean digitsOnly = true;
        boolean small = true;
        boolean allSmall = true;
        boolean allDigits = true;
        for (int i = start; i <= at; i++) {
            if (i < at && bytes[i] != '.') {
                digitsOnly &= Bytes.isDigit(bytes[i]);
                continue;
            }
            if (i == label) {
                if (i == at && labels > 0) {
                    break; // trailing dot
                }
                throw new SipParseException(what + ": the host has an empty label");
            }
            small = digitsOnly && Bytes.number(bytes, label, i, 255) >= 0;
            allSmall &= small;
            allDigits &= digitsOnly;
            labels++;
            label = i + 1;
            if (i < at) {
                digitsOnly = true;
            }
        }
        if (allDigits && !(labels == 4 && allSmall)) {
            throw new SipParseException(what + ": the host is not a valid IPv4 address");
        }
    }

    /** Passes a port and gives its number; RFC 3261 section 25.1 with the bounds of a real one. */
    int port(String what) throws SipParseException {
        int start = at;
        while (at < end && Bytes.isDigit(bytes[at])) {
            at++;
        }
        int port = (int) Bytes.number(bytes, start, at, 65_535);
        if (port < 0) {
            throw new SipParseException(what + ": the port is not a number up to 65535");
        }
        return port;
    }
}
