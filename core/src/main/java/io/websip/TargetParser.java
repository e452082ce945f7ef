package io.websip;

import io.websip.sip.SipParseException;
import io.websip.sip.SipUri;
import io.websip.text.UriText;
import io.websip.text.Visible;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Makes a Request-URI of what a program gives as a message's target: a username, a SIP URI, a tel or an im URI. A complete
 * URI stays octet by octet; only what the grammar forbids is escaped.
 */
final class TargetParser {
    private static final Set<String> SCHEMES = Set.of("sip", "sips", "im", "tel");

    private static final int MAX_SHOWN = 200;

    private final String given;
    private final SipUri own;

    private TargetParser(String given, SipUri own) {
        this.given = given;
        this.own = own;
    }

    /**
     * The URI that the target means.
     *
     * @param own the agent's address-of-record, whose domain completes a username
     * @throws InvalidTargetException if it means none
     */
    static SipUri parse(String target, SipUri own) {
        return new TargetParser(target, own).parse();
    }

    private SipUri parse() {
        if (given.isEmpty()) {
            throw invalid("it is empty");
        }
        if (!given.equals(given.strip())) {
            throw invalid("it must not begin or end with white space");
        }
        if (hasControls(given)) {
            throw invalid("it must not hold control characters such as CR, LF or NUL");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(given)) {
            throw invalid("it is not valid Unicode: it holds half of a surrogate pair");
        }
        int colon = given.indexOf(':');
        String scheme = colon < 0 ? "" : given.substring(0, colon).toLowerCase(Locale.ROOT);
        if (given.indexOf('<') >= 0 || given.indexOf('"') >= 0 && !SCHEMES.contains(scheme)) {
            throw invalid("a display name or angle brackets do not belong to it; give the URI alone");
        }
        String rest = given.substring(colon + 1);
        return switch (scheme) {
            case "sip", "sips" -> complete(scheme, rest);
            case "im" -> complete("sip", rest); // RFC 3428 section 5: resolved to sip where possible
            case "tel" -> tel(rest);
            default -> {
                if (UriText.isScheme(scheme)) {
                    throw invalid("the scheme '" + scheme + "' cannot be sent a MESSAGE; use sip or sips");
                }
                yield given.indexOf('@') < 0 ? username(given) : complete("sip", given);
            }
        };
    }

    private static boolean hasControls(String s) {
        for (int i = 0; i < s.length(); i++) {
            if (Character.isISOControl(s.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private SipUri username(String name) {
        return inOwnDomain(Telephone.isDialled(name) ? Telephone.withoutSeparators(name) : normalizeUser(name), "");
    }

    /** RFC 3261 section 19.1.6: the whole number with its parameters becomes the user part. */
    private SipUri tel(String number) {
        String user;
        try {
            user = Telephone.user(number);
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
        return inOwnDomain(user, ";user=phone");
    }

    private SipUri inOwnDomain(String user, String parameters) {
        String port = own.port() == -1 ? "" : ":" + own.port();
        return read(own.scheme() + ":" + user + "@" + own.host() + port + parameters);
    }

    private SipUri complete(String scheme, String rest) {
        SipUri uri = read(scheme + ":" + rest);
        if (uri.user().isEmpty() && uri.host().chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw invalid("it names no user, and '" + uri.host() + "' stands in the place of the host; give the user"
                    + " alone, or with '@' and the host");
        }
        if (uri.headers().isPresent()) {
            throw invalid("a Request-URI has no headers; leave out what follows '?'");
        }
        String method = uri.parameters().get("method").orElse("MESSAGE");
        if (!method.equals("MESSAGE")) {
            throw invalid("its method parameter asks for " + method + ", not MESSAGE");
        }
        return uri;
    }

    private SipUri read(String uri) {
        try {
            return SipUri.given(uri);
        } catch (SipParseException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Escapes undone and done again, so that each username has one spelling; what JsSIP leaves unescaped stays so. Not for the
     * user of a complete URI: there {@code ;} and {@code %3B} are two addresses (RFC 3261 section 19.1.4).
     */
    private String normalizeUser(String user) {
        StringBuilder out = new StringBuilder(user.length() + 8);
        for (byte octet : decode(user)) {
            char c = (char) (octet & 0xff);
            boolean plain = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || "-_.!~*'():+?/".indexOf(c) >= 0;
            if (plain) {
                out.append(c);
            } else {
                out.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return out.toString();
    }

    private byte[] decode(String user) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(user.length());
        byte[] octets = user.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] != '%') {
                out.write(octets[i]);
                continue;
            }
            int high = i + 2 < octets.length ? Character.digit(octets[i + 1], 16) : -1;
            int low = i + 2 < octets.length ? Character.digit(octets[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw invalid("'%' must be followed by two hexadecimal digits (write %25 for a percent sign)");
            }
            out.write(high << 4 | low);
            i += 2;
        }
        return out.toByteArray();
    }

    private InvalidTargetException invalid(String why) {
        return invalid(given, why);
    }

    /** The text names the target, without a password in it, and the rule. */
    static InvalidTargetException invalid(String target, String why) {
        String shown = Visible.line(UriText.withoutPassword(target), MAX_SHOWN);
        return new InvalidTargetException("invalid target '" + shown + "': " + why);
    }
}
