package io.websip;

import io.websip.sip.SipParseException;
import io.websip.sip.SipUri;
import java.util.Locale;

/**
 * What follows {@code tel:}, a global or a local number and its parameters (RFC 3966 section 3), as the user part of a SIP
 * URI (RFC 3261 section 19.1.6).
 */
final class Telephone {
    private static final String SEPARATORS = "-.() ";

    private Telephone() {}

    /**
     * The user part.
     *
     * @ if it is no telephone number; the message says what is wrong with it
     */
    static String user(String subscriber) {
        int parameters = subscriber.indexOf(';');
        String number = plain(parameters < 0 ? subscriber : subscriber.substring(0, parameters));
        String digits = withoutSeparators(number);
        boolean global = digits.startsWith("+");
        boolean letters = digits.chars().allMatch(c -> c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f');
        if (!(global ? isDigits(digits.substring(1)) : isLocal(digits) && (!letters || hasContext(subscriber)))) {
            throw new IllegalArgumentException("what follows 'tel:' is not a telephone number (RFC 3966 section 3)");
        }
        StringBuilder user = new StringBuilder(subscriber.length()).append(SipUri.escapeUser(digits));
        int end =
                subscriber.endsWith(";") && !subscriber.endsWith(";;") ? subscriber.length() - 1 : subscriber.length();
        for (int at = parameters; at >= 0 && at < end; at = subscriber.indexOf(';', at + 1)) {
            int next = subscriber.indexOf(';', at + 1);
            parameter(user, subscriber.substring(at + 1, next < 0 ? end : next));
        }
        return user.toString();
    }

    /** A local number must have one (RFC 3966 section 5.1.5). Ours is taken where it is left out, unless it may be a word. */
    private static boolean hasContext(String subscriber) {
        return subscriber.toLowerCase(Locale.ROOT).contains(";phone-context=");
    }

    private static void parameter(StringBuilder user, String parameter) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        if (name.isEmpty() || !name.chars().allMatch(c -> isAlphanumeric(c) || c == '-')) {
            throw new IllegalArgumentException(
                    "a parameter of the telephone number has no name of letters, digits and hyphens"
                            + " (RFC 3966 section 3)");
        }
        user.append(';').append(name);
        if (equals < 0) {
            return;
        }
        String value = parameter.substring(equals + 1);
        if (!isValue(name.toLowerCase(Locale.ROOT), value)) {
            throw new IllegalArgumentException(
                    "the value of " + name + " is malformed in the telephone number (RFC 3966 section 3)");
        }
        user.append('=');
        escape(user, value);
    }

    private static boolean isValue(String name, String value) {
        return switch (name) {
            case "ext" -> isDigits(withoutSeparators(value));
            case "phone-context" ->
                value.startsWith("+") ? isDigits(withoutSeparators(value.substring(1))) : isDomain(value);
            default -> !value.isEmpty();
        };
    }

    private static boolean isDomain(String value) {
        try {
            SipUri domain = SipUri.given("sip:" + value);
            return domain.host().equals(value) && !value.startsWith("[");
        } catch (SipParseException e) {
            return false;
        }
    }

    /** Escapes stay; what may not stand in a user part, as the colon of a subaddress may not, becomes one. */
    private static void escape(StringBuilder user, String value) {
        int start = 0;
        for (int at = value.indexOf('%'); at >= 0; at = value.indexOf('%', at + 1)) {
            octet(value, at);
            user.append(SipUri.escapeUser(value.substring(start, at))).append(value, at, at + 3);
            start = at + 3;
        }
        user.append(SipUri.escapeUser(value.substring(start)));
    }

    /** The number without escapes: {@code #} has to come as {@code %23} in a URI, and comes raw as well. */
    private static String plain(String number) {
        StringBuilder out = new StringBuilder(number.length());
        for (int i = 0; i < number.length(); i++) {
            if (number.charAt(i) == '%') {
                out.append((char) octet(number, i));
                i += 2;
            } else {
                out.append(number.charAt(i));
            }
        }
        return out.toString();
    }

    private static int octet(String text, int percent) {
        int high = percent + 2 < text.length() ? Character.digit(text.charAt(percent + 1), 16) : -1;
        int low = percent + 2 < text.length() ? Character.digit(text.charAt(percent + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw new IllegalArgumentException(
                    "'%' must be followed by two hexadecimal digits (write %25 for a percent sign)");
        }
        return high << 4 | low;
    }

    /** Whether a username is meant to be dialled: digits, visual separators and a plus in front, as JsSIP has it. */
    static boolean isDialled(String username) {
        String digits = withoutSeparators(username);
        return isDigits(digits.startsWith("+") ? digits.substring(1) : digits);
    }

    /** The text without visual separators (RFC 3966 section 5.1.1), and without the blanks that people write. */
    static String withoutSeparators(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (SEPARATORS.indexOf(text.charAt(i)) < 0) {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isLocal(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> c >= '0' && c <= '9'
                                || c >= 'A' && c <= 'F'
                                || c >= 'a' && c <= 'f'
                                || c == '*'
                                || c == '#');
    }

    private static boolean isAlphanumeric(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
