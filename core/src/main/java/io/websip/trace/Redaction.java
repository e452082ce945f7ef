package io.websip.trace;

import io.websip.text.Visible;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The text of a message without what would be of worth to a thief. It takes whatever comes, and what it cannot read it
 * does not show.
 */
final class Redaction {
    static final String MASK = "...";

    /** How much of a nonce is shown, so that two can be told apart. */
    private static final int SHOWN = 4;

    /** Below this length, the beginning of a nonce would be too much of it. */
    private static final int MIN_SHORTENED = 16;

    private static final Set<String> DIGEST_FIELDS = Set.of(
            "authorization",
            "proxy-authorization",
            "www-authenticate",
            "proxy-authenticate",
            "authentication-info",
            "proxy-authentication-info");

    private static final Set<String> HARMLESS =
            Set.of("realm", "username", "username*", "uri", "algorithm", "qop", "nc", "stale", "charset", "userhash");

    private static final Set<String> SHORTENED = Set.of("nonce", "nextnonce", "cnonce", "opaque");

    /** In the name of a field of another protocol or of the program's own. */
    private static final List<String> SECRET_NAMES =
            List.of("auth", "cookie", "token", "secret", "password", "credential", "api-key", "apikey");

    private Redaction() {}

    /** The whole message. */
    static String message(byte[] bytes) {
        String text = decode(bytes);
        int end = text.indexOf("\n\n");
        return end < 0 ? lines(text) : lines(text.substring(0, end)) + text.substring(end + 1);
    }

    /** The message up to the empty line. */
    static String head(byte[] bytes) {
        String text = decode(bytes);
        int end = text.indexOf("\n\n");
        return lines(end < 0 ? text : text.substring(0, end));
    }

    private static String decode(byte[] bytes) {
        return Visible.lines(new String(bytes, StandardCharsets.UTF_8));
    }

    /** Each field with the lines that continue it (RFC 3261 section 7.3.1). */
    private static String lines(String head) {
        StringBuilder out = new StringBuilder(head.length() + 1);
        int start = 0;
        while (start < head.length()) {
            int end = head.indexOf('\n', start);
            while (end >= 0 && end + 1 < head.length() && " \t".indexOf(head.charAt(end + 1)) >= 0) {
                end = head.indexOf('\n', end + 1);
            }
            end = end < 0 ? head.length() : end;
            out.append(field(head.substring(start, end))).append('\n');
            start = end + 1;
        }
        return out.toString();
    }

    private static String field(String line) {
        int colon = line.indexOf(':');
        String name = line.substring(0, Math.max(colon, 0)).strip().toLowerCase(Locale.ROOT);
        if (DIGEST_FIELDS.contains(name)) {
            return line.substring(0, colon + 1)
                    + withoutUriPasswords(digest(line.substring(colon + 1), !name.endsWith("-info")));
        }
        if (SECRET_NAMES.stream().anyMatch(name::contains)) {
            return line.substring(0, colon + 1) + ' ' + MASK;
        }
        return withoutUriPasswords(line);
    }

    /** Looks back from each @, and never at a character twice. */
    private static String withoutUriPasswords(String line) {
        StringBuilder out = new StringBuilder(line.length());
        int done = 0;
        for (int at = line.indexOf('@'); at >= 0; at = line.indexOf('@', at + 1)) {
            int start = at;
            while (start > done && " \t\n<>\"@".indexOf(line.charAt(start - 1)) < 0) {
                start--;
            }
            String userInfo = line.substring(start, at);
            int scheme = userInfo.toLowerCase(Locale.ROOT).indexOf("sip");
            int user = scheme < 0 ? -1 : userInfo.indexOf(':', scheme);
            int password = user < 0 ? -1 : userInfo.indexOf(':', user + 1);
            if (password < 0) {
                out.append(line, done, at);
            } else {
                out.append(line, done, start + password + 1).append(MASK);
            }
            done = at;
        }
        return out.append(line, done, line.length()).toString();
    }

    /** Leaves the field as it came but for the values; of another scheme than Digest only its name. */
    private static String digest(String value, boolean withScheme) {
        int at = 0;
        if (withScheme) {
            while (at < value.length() && Character.isWhitespace(value.charAt(at))) {
                at++;
            }
            if (!value.regionMatches(true, at, "Digest ", 0, 7)) {
                return ' ' + MASK;
            }
            at += 7;
        }
        StringBuilder out = new StringBuilder(value.length()).append(value, 0, at);
        while (at < value.length()) {
            int equals = value.indexOf('=', at);
            String between = value.substring(at, equals < 0 ? value.length() : equals);
            String name = between.replace(',', ' ').strip();
            if (equals < 0 && name.isEmpty()) {
                return out.append(between).toString();
            }
            if (equals < 0 || !isToken(name)) {
                return out.append(MASK).toString();
            }
            int start = equals + 1;
            while (start < value.length() && Character.isWhitespace(value.charAt(start))) {
                start++;
            }
            int end = endOfValue(value, start);
            out.append(value, at, start).append(masked(name, value.substring(start, end)));
            at = end;
        }
        return out.toString();
    }

    private static boolean isToken(String name) {
        return !name.isEmpty()
                && name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "-*_.".indexOf(c) >= 0));
    }

    private static int endOfValue(String text, int start) {
        int at = start;
        boolean quoted = at < text.length() && text.charAt(at) == '"';
        if (quoted) {
            at++;
            while (at < text.length() && text.charAt(at) != '"') {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
            return Math.min(at + 1, text.length());
        }
        while (at < text.length() && text.charAt(at) != ',' && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static String masked(String name, String value) {
        String key = name.toLowerCase(Locale.ROOT);
        if (HARMLESS.contains(key)) {
            return value;
        }
        String quote = value.startsWith("\"") ? "\"" : "";
        int from = quote.length();
        boolean shortened = SHORTENED.contains(key) && value.length() >= MIN_SHORTENED;
        return quote + (shortened ? value.substring(from, from + SHOWN) : "") + MASK + quote;
    }
}
