package io.websip.mime;

import io.websip.text.Visible;
import java.nio.charset.StandardCharsets;

/** Small questions about slices of octets, and about text that a program gives. */
final class Octets {
    static final byte[] EMPTY = new byte[0];

    private static final boolean[] TOKEN = new boolean[128];

    static {
        String characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~";
        for (int i = 0; i < characters.length(); i++) {
            TOKEN[characters.charAt(i)] = true;
        }
    }

    private Octets() {}

    /** A character of a header name or a parameter's name (RFC 2045 section 5.1, RFC 3862 section 3.6). */
    static boolean isToken(int c) {
        return c >= 0 && c < 128 && TOKEN[c];
    }

    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isToken(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean isBlank(int octet) {
        return octet == ' ' || octet == '\t';
    }

    /** Blanks and line breaks. */
    static boolean isWhite(int octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    }

    /** Over white space. */
    static int skipWhite(byte[] b, int at, int end) {
        int i = at;
        while (i < end && isWhite(b[i])) {
            i++;
        }
        return i;
    }

    /** Back over white space in front of a place. */
    static int whiteBefore(byte[] b, int at, int start) {
        int i = at;
        while (i > start && isWhite(b[i - 1])) {
            i--;
        }
        return i;
    }

    /** Where the octet stands, or the end. */
    static int find(byte[] b, int octet, int at, int end) {
        int i = at;
        while (i < end && b[i] != octet) {
            i++;
        }
        return i;
    }

    /** Behind the line break that ends the line in which the place stands, or the end. */
    static int nextLine(byte[] b, int at, int end) {
        int lf = find(b, '\n', at, end);
        return lf < end ? lf + 1 : end;
    }

    static boolean startsWith(byte[] b, int at, int end, String ascii) {
        if (end - at < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (b[at + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static boolean is(byte[] b, int start, int end, String ascii) {
        return end - start == ascii.length() && startsWith(b, start, end, ascii);
    }

    static boolean startsWithIgnoreCase(byte[] b, int at, int end, String ascii) {
        if (end - at < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (lower(b[at + i]) != lower(ascii.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean isIgnoreCase(byte[] b, int start, int end, String ascii) {
        return end - start == ascii.length() && startsWithIgnoreCase(b, start, end, ascii);
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }

    /** The value of a hexadecimal digit, or -1. */
    static int hex(int c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    static String string(byte[] b, int start, int end) {
        return new String(b, start, end - start, StandardCharsets.UTF_8);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The slice as text without white space around it, each line break in it and the white space behind made one space. */
    static String unfolded(byte[] b, int from, int to) {
        int start = skipWhite(b, from, to);
        int end = whiteBefore(b, to, start);
        byte[] out = null;
        int n = 0;
        for (int i = start; i < end; i++) {
            boolean broken = b[i] == '\r' || b[i] == '\n';
            if (broken && out == null) {
                out = new byte[end - start];
                n = i - start;
                System.arraycopy(b, start, out, 0, n);
            }
            if (broken) {
                i = skipWhite(b, i, end) - 1;
            }
            if (out != null) {
                out[n++] = broken ? (byte) ' ' : b[i];
            }
        }
        return out == null ? string(b, start, end) : string(out, 0, n);
    }

    /**
     * The text itself if it may stand on one line of a header.
     *
     * @throws IllegalArgumentException if it holds a control character or half of a surrogate pair
     */
    static String line(String what, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7f) {
                throw new IllegalArgumentException(
                        what + " must not hold a control character (RFC 5322 section 2.2, RFC 3862 section 2.4): "
                                + Visible.line(text));
            }
        }
        return unicode(what, text);
    }

    /**
     * The text itself if it is valid Unicode.
     *
     * @throws IllegalArgumentException if it holds half of a surrogate pair
     */
    static String unicode(String what, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new IllegalArgumentException(what + " is not valid Unicode: it holds half of a surrogate pair");
            }
        }
        return text;
    }
}
