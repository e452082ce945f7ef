package io.websip.sip;

/**
 * Steps over the octets of one value. Each takes where it starts and where the value ends, and gives where it stopped; there is no
 * cursor, which would be an object for each value that is read.
 *
 * <p>CR and LF are white space here: framing has made sure that they stand only in folds (RFC 3261 section 7.3.1).
 */
final class Scan {
    private Scan() {}

    static int lws(byte[] b, int at, int end) {
        int i = at;
        while (i < end && Bytes.isLws(b[i])) {
            i++;
        }
        return i;
    }

    /** Back over white space in front of a place. */
    static int lwsBefore(byte[] b, int at, int start) {
        int i = at;
        while (i > start && Bytes.isLws(b[i - 1])) {
            i--;
        }
        return i;
    }

    static boolean is(byte[] b, int at, int end, char c) {
        return at < end && b[at] == c;
    }

    /** Behind the character if it comes next, white space before it included; else -1. */
    static int after(char c, byte[] b, int at, int end) {
        int i = lws(b, at, end);
        return is(b, i, end, c) ? i + 1 : -1;
    }

    static int expect(char c, byte[] b, int at, int end, String what) throws SipParseException {
        int behind = after(c, b, at, end);
        if (behind < 0) {
            throw new SipParseException(what + ": '" + c + "' expected");
        }
        return behind;
    }

    /** To the end of the token that starts here, if one does. */
    static int anyToken(byte[] b, int at, int end) {
        int i = at;
        while (i < end && Bytes.isToken(b[i])) {
            i++;
        }
        return i;
    }

    static int token(byte[] b, int at, int end, String what) throws SipParseException {
        int i = anyToken(b, at, end);
        if (i == at) {
            throw new SipParseException(what + ": a token is missing");
        }
        return i;
    }

    /** Over a quoted string, quotes included; its opening quote stands here. */
    static int quoted(byte[] b, int at, int end, String what) throws SipParseException {
        int closed = closedQuote(b, at, end);
        if (closed < 0) {
            throw new SipParseException(what + ": the quoted string does not end");
        }
        return closed;
    }

    /** The same, or -1 where it does not end. */
    static int closedQuote(byte[] b, int at, int end) {
        for (int i = at + 1; i < end; i++) {
            if (b[i] == '\\') {
                i++;
            } else if (b[i] == '"') {
                return i + 1;
            }
        }
        return -1;
    }

    static int digits(byte[] b, int at, int end) {
        int i = at;
        while (i < end && Bytes.isDigit(b[i])) {
            i++;
        }
        return i;
    }

    /** Over a port; RFC 3261 section 25.1 with the bounds of a real one. */
    static int port(byte[] b, int at, int end, String what) throws SipParseException {
        int i = digits(b, at, end);
        if (Bytes.number(b, at, i, 65_535) < 0) {
            throw new SipParseException(what + ": the port is not a number up to 65535");
        }
        return i;
    }

    /**
     * Over a host: name, IPv4 address or IPv6 reference in brackets (RFC 3261 section 25.1). Nothing but digits and dots must be an
     * IPv4 address. Digits without any dot cannot be meant as one: they name a domain, as GB/T 28181 has them.
     */
    static int host(byte[] b, int at, int end, String what) throws SipParseException {
        if (is(b, at, end, '[')) {
            return ipv6(b, at, end, what);
        }
        boolean name = false;
        int dot = -1; // the first
        int label = at;
        int i = at;
        for (; i < end && Bytes.isHost(b[i]); i++) {
            if (b[i] != '.') {
                name |= !Bytes.isDigit(b[i]);
            } else if (i > label) {
                dot = dot < 0 ? i : dot;
                label = i + 1; // what is empty behind the last dot does not count
            } else {
                throw new SipParseException(what + ": the host has an empty label");
            }
        }
        if (i == at) {
            throw new SipParseException(what + ": the host is missing");
        }
        if (!name && dot >= 0 && dot < i - 1 && !isIpv4(b, at, i == label ? i - 1 : i)) {
            throw new SipParseException(what + ": the host is not a valid IPv4 address");
        }
        return i;
    }

    /**
     * Over an IPv6 reference: groups of up to four digits and an IPv4 address at the end. How many groups there are is left open,
     * and three colons for two are taken (RFC 5118 section 4.10).
     */
    private static int ipv6(byte[] b, int at, int end, String what) throws SipParseException {
        int colons = 0;
        int group = 0;
        boolean good = true;
        boolean dotted = false;
        int i = at + 1;
        for (; i < end && (Bytes.hex(b[i]) >= 0 || b[i] == ':' || b[i] == '.'); i++) {
            if (b[i] == ':') {
                good &= !dotted;
                colons++;
                group = 0;
            } else {
                dotted |= b[i] == '.';
                group++;
                good &= dotted || group <= 4;
            }
        }
        if (!is(b, i, end, ']') || !good || colons < 2 || colons > 8) {
            throw new SipParseException(what + ": the IPv6 reference is malformed");
        }
        return i + 1;
    }

    /**
     * Over an IPv6 address without its brackets and without port, which a few write into Via; -1 if it is none. The host of a Via
     * is of use to nobody on a connection, as answers go back on it.
     */
    static int bareIpv6(byte[] b, int at, int end) {
        int colons = 0;
        int i = at;
        for (; i < end && (Bytes.hex(b[i]) >= 0 || b[i] == ':' || colons > 1 && b[i] == '.'); i++) {
            colons += b[i] == ':' ? 1 : 0;
        }
        boolean ends = i == end || b[i] == ';' || b[i] == ',' || Bytes.isLws(b[i]);
        return colons > 1 && ends ? i : -1;
    }

    /** Whether digits and dots are four numbers up to 255. */
    private static boolean isIpv4(byte[] b, int start, int stop) {
        int labels = 0;
        int label = start;
        for (int i = start; i <= stop; i++) {
            if (i == stop || b[i] == '.') {
                labels++;
                if (Bytes.number(b, label, i, 255) < 0) {
                    return false;
                }
                label = i + 1;
            }
        }
        return labels == 4;
    }

    static boolean isIpv4(String text) {
        byte[] b = Bytes.utf8(text);
        return isIpv4(b, 0, b.length);
    }

    /** Whether the text is a host and nothing more. */
    static boolean isHost(String text) {
        byte[] b = Bytes.utf8(text);
        try {
            return host(b, 0, b.length, "host") == b.length;
        } catch (SipParseException e) {
            return false;
        }
    }
}
