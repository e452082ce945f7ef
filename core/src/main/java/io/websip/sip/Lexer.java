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
     * Passes a host: name, IPv4 address or IPv6 reference in brackets (RFC 3261 section 25.1). Nothing but digits and dots
     * must be an IPv4 address.
     */
    void host(String what) throws SipParseException {
        int start = at;
        if (peek() == '[') {
            ipv6(what);
            return;
        }
        boolean name = false;
        int label = start;
        for (; at < end && Bytes.isHost(bytes[at]); at++) {
            if (bytes[at] != '.') {
                name |= !Bytes.isDigit(bytes[at]);
            } else if (at > label) {
                label = at + 1; // what is empty behind the last dot does not count
            } else {
                throw new SipParseException(what + ": the host has an empty label");
            }
        }
        if (at == start) {
            throw new SipParseException(what + ": the host is missing");
        }
        if (!name && !isIpv4(start, at == label ? at - 1 : at)) {
            throw new SipParseException(what + ": the host is not a valid IPv4 address");
        }
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

    /** Whether digits and dots are four numbers up to 255. */
    private boolean isIpv4(int start, int stop) {
        int labels = 0;
        int label = start;
        for (int i = start; i <= stop; i++) {
            if (i == stop || bytes[i] == '.') {
                labels++;
                if (Bytes.number(bytes, label, i, 255) < 0) {
                    return false;
                }
                label = i + 1;
            }
        }
        return labels == 4;
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
