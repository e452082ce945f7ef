package io.websip.mime;

/** The escapes in values of CPIM headers (RFC 3862 section 2.4). */
final class CpimText {
    private CpimText() {}

    /** The text on one line: backslashes and control characters escaped, and nothing else. */
    static String escaped(String what, String text) {
        Octets.unicode(what, text);
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        out.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 0xf, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }

    /** The text of a value, unfolded. A backslash before a character that needs none is dropped, and so is one at the end. */
    static String unescaped(byte[] b, int start, int end) {
        String text = Octets.unfolded(b, start, end);
        int at = text.indexOf('\\');
        if (at < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length()).append(text, 0, at);
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '\\') {
                out.append(c);
            } else if (at < text.length()) {
                c = text.charAt(at++);
                int unit = c == 'u' ? unit(text, at) : -1;
                if (unit >= 0) {
                    at += 4;
                }
                out.append(unit >= 0 ? (char) unit : plain(c));
            }
        }
        return out.toString();
    }

    private static char plain(char c) {
        return switch (c) {
            case 'b' -> '\b';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            default -> c;
        };
    }

    /** The UTF-16 unit of four hexadecimal digits, or -1. */
    private static int unit(String text, int at) {
        if (at + 4 > text.length()) {
            return -1;
        }
        int unit = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Octets.hex(text.charAt(i));
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }
}
