package io.websip.internal.registration;

import io.websip.sip.NameAddress;
import io.websip.sip.SipResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * For how long a registrar's 2xx binds a contact: the {@code expires} of its Contact, else the Expires of the response, else
 * what was asked (RFC 3261 sections 10.2.1.1 and 10.2.4). Of a number with a fraction the fraction is cut off. Immutable.
 */
final class GrantedTime {
    /** What a malformed expiry counts as (RFC 3261 section 10.2.1.1). */
    private static final long DEFAULT = 3_600;

    /** RFC 3261 section 20.19; what is above counts as that. */
    private static final long MAX = 0xffff_ffffL;

    private static final String EXPIRES = "expires";

    private final SipResponse response;
    private final long requested;

    /** @param requested the seconds that the REGISTER asked for */
    GrantedTime(SipResponse response, long requested) {
        this.response = response;
        this.requested = requested;
    }

    /** The seconds of a Contact; 0 where it is not bound. */
    long of(NameAddress listed) {
        Optional<String> own = listed.parameters().get(EXPIRES);
        if (own.isPresent()) {
            return wholeSeconds(own.get()).orElse(DEFAULT);
        }
        return listed.parameters().contains(EXPIRES) ? DEFAULT : ofResponse();
    }

    /** The seconds that the response states for those that have none of their own. */
    long ofResponse() {
        if (!response.headers().contains("Expires")) {
            return requested;
        }
        OptionalLong plain = response.headers().seconds("Expires");
        return plain.isPresent()
                ? plain.getAsLong()
                : wholeSeconds(response.headers().first("Expires").orElse("")).orElse(DEFAULT);
    }

    /**
     * The seconds of a Contact that cannot be read.
     *
     * @param uri where its URI stands in the text; the parameters end where another URI begins
     */
    long of(String text, int uri) {
        String own = text.substring(uri, nextBracket(text, uri)).toLowerCase(Locale.ROOT);
        for (int name = own.indexOf(EXPIRES); name >= 0; name = own.indexOf(EXPIRES, name + 1)) {
            String value = own.substring(name + EXPIRES.length()).strip();
            if (own.substring(0, name).strip().endsWith(";") && value.startsWith("=")) {
                return wholeSeconds(upToParameter(value.substring(1))).orElse(DEFAULT);
            }
        }
        return ofResponse();
    }

    /** Outside quotes, and not the value of a parameter: that of an instance id is in brackets, also where its quotes are missing. */
    private static int nextBracket(String text, int from) {
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '<' && !quoted && !isValue(text, from, i)) {
                return i;
            }
        }
        return text.length();
    }

    /** Whether an equals sign stands in front, a stray apostrophe between. */
    private static boolean isValue(String text, int from, int bracket) {
        int before = bracket - 1;
        while (before >= from && (text.charAt(before) == ' ' || text.charAt(before) == '\'')) {
            before--;
        }
        return before >= from && text.charAt(before) == '=';
    }

    private static String upToParameter(String text) {
        String value = text.strip();
        int quotes = value.startsWith("\"") ? 1 : 0;
        int end = quotes;
        while (end < value.length() && isOfNumber(value.charAt(end))) {
            end++;
        }
        return value.substring(quotes, end);
    }

    private static boolean isOfNumber(char c) {
        return isDigit(c) || c == '.';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static OptionalLong wholeSeconds(String value) {
        String text = value.strip();
        int dot = text.indexOf('.');
        String whole = dot < 0 ? text : text.substring(0, dot);
        String fraction = dot < 0 ? "" : text.substring(dot + 1);
        if (whole.isEmpty() || !(whole + fraction).chars().allMatch(c -> isDigit((char) c))) {
            return OptionalLong.empty();
        }
        long seconds = 0;
        for (int i = 0; i < whole.length() && seconds <= MAX; i++) {
            seconds = seconds * 10 + (whole.charAt(i) - '0');
        }
        return OptionalLong.of(Math.min(seconds, MAX));
    }
}
