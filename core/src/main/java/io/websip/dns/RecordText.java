package io.websip.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads records in the form in which JNDI gives them: fields separated by spaces, a string in quotation marks where it is
 * empty or holds spaces, and a backslash before a quotation mark or backslash. What makes no sense is left out.
 */
final class RecordText {
    /** Longer than any record of at most 255 bytes a string and a name. */
    private static final int MAX_LENGTH = 4_096;

    private static final int MAX_DIGITS = 5;
    private static final int MAX_IPV6 = 45;

    private RecordText() {}

    /** Such as {@code 10 60 443 edge.example.com.} */
    static Optional<SrvRecord> srv(String text) {
        try {
            List<String> fields = fields(text, 4);
            return Optional.of(
                    new SrvRecord(number(fields.get(0)), number(fields.get(1)), number(fields.get(2)), fields.get(3)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Such as {@code 10 50 s SIPS+D2W "" _sips._wss.example.com.} */
    static Optional<NaptrRecord> naptr(String text) {
        try {
            List<String> fields = fields(text, 6);
            return Optional.of(new NaptrRecord(
                    number(fields.get(0)),
                    number(fields.get(1)),
                    fields.get(2),
                    fields.get(3),
                    fields.get(4),
                    fields.get(5)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Such as {@code 192.0.2.1} or {@code 2001:db8:0:0:0:0:0:1}. */
    static Optional<InetAddress> address(String text) {
        if (!isIpv4(text) && !isIpv6(text)) {
            return Optional.empty(); // the JDK would look it up as a name
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Four numbers of up to 255, which no zero leads to three digits. */
    private static boolean isIpv4(String text) {
        int octets = 1;
        int digits = 0;
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && digits > 0) {
                octets++;
                digits = 0;
                value = 0;
            } else if (c >= '0' && c <= '9' && (digits < 2 || digits == 2 && value >= 10)) {
                digits++;
                value = 10 * value + c - '0';
            } else {
                return false;
            }
            if (value > 255) {
                return false;
            }
        }
        return octets == 4 && digits > 0;
    }

    /** What the JDK takes for no name. */
    private static boolean isIpv6(String text) {
        return text.length() >= 2
                && text.length() <= MAX_IPV6
                && text.indexOf(':') >= 0
                && text.chars().allMatch(c -> c == ':' || c == '.' || c < 0x7f && Character.digit(c, 16) >= 0);
    }

    private static List<String> fields(String text, int count) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("record of " + text.length() + " characters");
        }
        List<String> fields = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (fields.size() == count) {
                throw new IllegalArgumentException("record of more than " + count + " fields");
            }
            StringBuilder field = new StringBuilder();
            at = field(text, at, field);
            fields.add(field.toString());
        }
        if (fields.size() != count) {
            throw new IllegalArgumentException("record of " + fields.size() + " fields, not " + count);
        }
        return fields;
    }

    /** @return where the next field begins */
    private static int field(String text, int start, StringBuilder field) {
        boolean quoted = text.charAt(start) == '"';
        int at = quoted ? start + 1 : start;
        while (at < text.length() && text.charAt(at) != (quoted ? '"' : ' ')) {
            if (quoted && text.charAt(at) == '\\') {
                at++;
            }
            if (at < text.length()) {
                field.append(text.charAt(at++));
            }
        }
        if (quoted) {
            if (at == text.length() || at + 1 < text.length() && text.charAt(at + 1) != ' ') {
                throw new IllegalArgumentException("record with a string that does not end");
            }
            at++;
        }
        return at + 1;
    }

    private static int number(String field) {
        boolean digits = field.chars().allMatch(c -> c >= '0' && c <= '9');
        if (field.isEmpty() || field.length() > MAX_DIGITS || !digits) {
            throw new IllegalArgumentException("no number: " + field);
        }
        return Integer.parseInt(field);
    }
}
