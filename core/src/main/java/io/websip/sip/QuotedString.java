package io.websip.sip;

/** Quoted strings of RFC 3261 section 25.1: backslash and quote are escaped, folds are one space. */
public final class QuotedString {
    private QuotedString() {}

    /**
     * The text in quotes, with backslash and quote escaped.
     *
     * @throws IllegalArgumentException if it holds a control character
     */
    public static String quote(String text) {
        Bytes.checked("quoted string", text);
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        return out.append('"').toString();
    }

    /** Whether the text is one quoted string from its first character to its last. */
    static boolean isQuoted(String text) {
        if (text.length() < 2 || text.charAt(0) != '"') {
            return false;
        }
        int i = 1;
        while (i < text.length() && text.charAt(i) != '"') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return i == text.length() - 1;
    }

    /** The text of a slice that starts and ends with a quote. */
    static String unquote(byte[] b, int start, int end) {
        int from = start + 1;
        int to = end - 1;
        for (int i = from; i < to; i++) {
            if (b[i] == '\\' || b[i] == '\r' || b[i] == '\n') {
                return slow(b, from, to);
            }
        }
        return Bytes.string(b, from, to);
    }

    private static String slow(byte[] b, int from, int to) {
        byte[] out = new byte[to - from];
        int n = 0;
        int escaped = 0; // what stands in front of it was escaped, and is no white space of a fold
        int i = from;
        while (i < to) {
            if (b[i] == '\\' && i + 1 < to && b[i + 1] != '\r' && b[i + 1] != '\n') {
                out[n++] = b[i + 1];
                escaped = n;
                i += 2;
            } else if (b[i] == '\\' && i + 1 < to) {
                i++; // a line break cannot be escaped: what stands here is a fold
            } else if (b[i] == '\r' || b[i] == '\n') {
                n = Scan.lwsBefore(out, n, escaped);
                i = Scan.lws(b, i, to);
                out[n++] = ' ';
            } else {
                out[n++] = b[i++];
            }
        }
        return Bytes.string(out, 0, n);
    }
}
