package io.websip.sip;

import io.websip.text.Visible;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The characters of SIP (RFC 3261 section 25.1) and small questions about slices of octets. */
final class Bytes {
    private static final int TOKEN = 1;
    private static final int UNRESERVED = 1 << 1;
    private static final int USER = 1 << 2;
    private static final int PASSWORD = 1 << 3;
    private static final int PARAM = 1 << 4;
    private static final int HEADER = 1 << 5;
    private static final int HOST = 1 << 6;
    private static final int VALUE = 1 << 7;
    private static final byte[] CLASSES = new byte[256];

    static {
        String alphanum = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        mark(TOKEN, alphanum + "-.!%*_+`'~");
        mark(UNRESERVED, alphanum + "-_.!~*'()");
        mark(USER, alphanum + "-_.!~*'()" + "&=+$,;?/");
        mark(PASSWORD, alphanum + "-_.!~*'()" + "&=+$,");
        mark(PARAM, alphanum + "-_.!~*'()" + "[]/:&+$" + ","); // the comma for peers that do not escape it
        mark(HEADER, alphanum + "-_.!~*'()" + "[]/?:+$");
        for (char c = '!'; c < 0x7f; c++) {
            if (";,\"<>".indexOf(c) < 0) {
                mark(VALUE, String.valueOf(c));
            }
        }
        mark(HOST, alphanum + "-._"); // the underscore for real networks, which use it
    }

    private Bytes() {}

    private static void mark(int kind, String characters) {
        for (int i = 0; i < characters.length(); i++) {
            CLASSES[characters.charAt(i)] |= (byte) kind;
        }
    }

    /** Whether the character may stand unquoted in the value of a header parameter, as peers send it. */
    static boolean isParameterValue(int octet) {
        return (CLASSES[octet & 0xff] & VALUE) != 0;
    }

    static boolean isToken(int octet) {
        return (CLASSES[octet & 0xff] & TOKEN) != 0;
    }

    static boolean isUnreserved(int octet) {
        return (CLASSES[octet & 0xff] & UNRESERVED) != 0;
    }

    /** Whether the octet may stand unescaped in the user part of a SIP URI. */
    static boolean isUser(int octet) {
        return (CLASSES[octet & 0xff] & USER) != 0;
    }

    static boolean isPassword(int octet) {
        return (CLASSES[octet & 0xff] & PASSWORD) != 0;
    }

    static boolean isUriParameter(int octet) {
        return (CLASSES[octet & 0xff] & PARAM) != 0;
    }

    static boolean isUriHeader(int octet) {
        return (CLASSES[octet & 0xff] & HEADER) != 0;
    }

    /** Whether the octet may stand in a host name or an IPv4 address. */
    static boolean isHost(int octet) {
        return (CLASSES[octet & 0xff] & HOST) != 0;
    }

    static boolean isDigit(int octet) {
        return octet >= '0' && octet <= '9';
    }

    static boolean isLetter(int octet) {
        int lower = octet | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    /** Linear white space. CR and LF count, since after framing they stand only where a line is folded. */
    static boolean isLws(int octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    }

    /** The value of a hexadecimal digit, or -1. */
    static int hex(int octet) {
        if (isDigit(octet)) {
            return octet - '0';
        }
        int lower = octet | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    static int lower(int octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
    }

    static String string(byte[] b, int start, int end) {
        return new String(b, start, end - start, StandardCharsets.UTF_8);
    }

    /** A slice that is known to be ASCII, as tokens and hosts are: without looking at it again. */
    @SuppressWarnings("deprecation") // exact for ASCII
    static String ascii(byte[] b, int start, int end) {
        return new String(b, 0, start, end - start);
    }

    static byte[] utf8(String s) {
        return s.getBytes(StandardCharsets.UTF_8);
    }

    /** The slice as text, unfolded. */
    static String unfoldedString(byte[] b, int start, int end) {
        for (int i = start; i < end; i++) {
            if (b[i] == '\r' || b[i] == '\n') {
                byte[] unfolded = unfold(b, start, end);
                return string(unfolded, 0, unfolded.length);
            }
        }
        return string(b, start, end);
    }

    /** Whether the slice is this ASCII text, without regard to case. */
    static boolean equalsIgnoreCase(byte[] b, int start, int end, String text) {
        if (end - start != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            int octet = b[start + i];
            int c = text.charAt(i);
            if (octet != c && lower(octet) != lower(c)) {
                return false;
            }
        }
        return true;
    }

    static boolean equals(byte[] b, int start, int end, String text) {
        if (end - start != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (b[start + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** An unsigned decimal number of the slice; -1 if it is none, or greater than {@code max}. */
    static long number(byte[] b, int start, int end, long max) {
        if (start >= end) {
            return -1;
        }
        long n = 0;
        for (int i = start; i < end; i++) {
            int digit = b[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            n = n * 10 + digit;
            if (n > max) {
                return -1;
            }
        }
        return n;
    }

    /** The slice with each fold, white space on both sides of its break included, made one space (RFC 3261 section 25.1, LWS). */
    static byte[] unfold(byte[] b, int start, int end) {
        byte[] out = new byte[end - start];
        int n = 0;
        int i = start;
        while (i < end) {
            if (b[i] == '\r' || b[i] == '\n') {
                n = Scan.lwsBefore(out, n, 0);
                i = Scan.lws(b, i, end);
                out[n++] = ' ';
            } else {
                out[n++] = b[i++];
            }
        }
        return n == out.length ? out : java.util.Arrays.copyOf(out, n);
    }

    /** Whether two slices are the same text, however their white space looks. */
    static boolean sameText(byte[] b, int start, int end, int otherStart, int otherEnd) {
        int i = start;
        int k = otherStart;
        while (i < end && k < otherEnd) {
            boolean blank = isLws(b[i]);
            if (blank != isLws(b[k]) || !blank && b[i] != b[k]) {
                return false;
            }
            i = blank ? Scan.lws(b, i, end) : i + 1;
            k = blank ? Scan.lws(b, k, otherEnd) : k + 1;
        }
        return i == end && k == otherEnd;
    }

    /** Whether it is visible ASCII, blanks and tabs, as nearly every value is: fit for a header field as it stands. */
    static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c > '~' || c < ' ' && c != '\t') {
                return false;
            }
        }
        return true;
    }

    /** Whether the text is a token, and so fit for a name. */
    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 127 || !isToken(c)) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /**
     * What a value must not hold, as no TEXT-UTF8 and no quoted string of RFC 3261 section 25.1 does, and as it could forge
     * header lines or steer a terminal: any control character but the tab; -1 if there is none.
     */
    private static int forbidden(CharSequence value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c) && c != '\t') {
                return c;
            }
        }
        return -1;
    }

    /**
     * The value itself if it is fit for a header field: visible characters of all alphabets, blanks and tabs.
     *
     * @throws IllegalArgumentException if it holds another control character, such as CR, LF or NUL, or half of a surrogate
     *     pair
     */
    static String checked(String what, String value) {
        int bad = forbidden(value);
        if (bad >= 0) {
            throw new IllegalArgumentException(
                    what + " must not hold " + name(bad) + " (RFC 3261 section 25.1): " + escaped(value));
        }
        checkUnicode(what, value);
        return value;
    }

    private static String name(int control) {
        return switch (control) {
            case '\r' -> "CR";
            case '\n' -> "LF";
            case 0 -> "NUL";
            default -> String.format(Locale.ROOT, "the control character U+%04X", control);
        };
    }

    private static String escaped(String value) {
        return Visible.line(value.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0"));
    }

    static void checkUnicode(String what, String value) {
        if (hasLoneSurrogate(value)) {
            throw new IllegalArgumentException(what + " is not valid Unicode: it holds half of a surrogate pair");
        }
    }

    static boolean hasLoneSurrogate(String s) {
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < s.length() && Character.isLowSurrogate(s.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }
}
