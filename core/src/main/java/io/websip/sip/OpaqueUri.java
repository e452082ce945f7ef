package io.websip.sip;

import java.util.Locale;

/** A URI of a scheme other than sip and sips, taken as it is (RFC 3261 section 8.2.2.1). Immutable. */
public final class OpaqueUri implements Uri {
    private final String text;
    private final String scheme;

    private OpaqueUri(String text, String scheme) {
        this.text = text;
        this.scheme = scheme;
    }

    static OpaqueUri parse(byte[] b, int start, int end) throws SipParseException {
        int i = start;
        while (i < end && isSchemeCharacter(b[i], i > start)) {
            i++;
        }
        if (i == start || i >= end || b[i] != ':') {
            throw new SipParseException("URI: a scheme is missing");
        }
        if (i + 1 == end) {
            throw new SipParseException("URI: nothing follows the scheme");
        }
        for (int k = i; k < end; k++) {
            int c = b[k] & 0xff;
            if (c <= ' ' || c == '<' || c == '>' || c == '"' || c == 0x7f) {
                throw new SipParseException("URI: it holds a character that no URI may hold");
            }
        }
        return new OpaqueUri(
                Bytes.string(b, start, end), Bytes.string(b, start, i).toLowerCase(Locale.ROOT));
    }

    private static boolean isSchemeCharacter(int c, boolean later) {
        return Bytes.isLetter(c) || later && (Bytes.isDigit(c) || c == '+' || c == '-' || c == '.');
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof OpaqueUri u && text.equals(u.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
