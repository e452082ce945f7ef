package io.websip.dns;

import java.util.Locale;

/** What is demanded of the names and numbers in records, which anybody may have written. */
final class DnsNames {
    /** The longest name in text, without the dot at its end (RFC 1035 section 2.3.4). */
    private static final int MAX_LENGTH = 253;

    private static final int MAX_LABEL = 63;
    private static final int MAX_NUMBER = 65_535;

    private DnsNames() {}

    /**
     * In lower case and without the dot at its end; the root is a lone dot.
     *
     * @throws IllegalArgumentException if it is too long or has other characters than letters, digits, hyphen and
     *     underscore: escapes and controls of no use in a host name are kept out of addresses and logs
     */
    static String normal(String what, String name) {
        if (name.equals(".")) {
            return name;
        }
        String text = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(what + " has " + text.length() + " characters, not 1 to " + MAX_LENGTH);
        }
        for (int start = 0; start <= text.length(); ) {
            int dot = text.indexOf('.', start);
            String label = text.substring(start, dot < 0 ? text.length() : dot);
            start += label.length() + 1;
            if (label.isEmpty() || label.length() > MAX_LABEL || !label.chars().allMatch(DnsNames::isAllowed)) {
                throw new IllegalArgumentException(
                        what + " has a label that is not 1 to " + MAX_LABEL + " letters, digits, '-' and '_'");
            }
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private static boolean isAllowed(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }

    /** @throws IllegalArgumentException if it does not fit 16 bits */
    static int number(String what, int value) {
        if (value < 0 || value > MAX_NUMBER) {
            throw new IllegalArgumentException(what + " must be 0 to " + MAX_NUMBER + ", not " + value);
        }
        return value;
    }
}
