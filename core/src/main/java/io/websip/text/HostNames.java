package io.websip.text;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** What may stand where a host does in a URL or a setting, and how a URL is shown where its secrets must not be. */
public final class HostNames {
    private static final int MAX_LENGTH = 253;
    private static final int MAX_LABEL = 63;
    private static final int MAX_SHOWN = 200;
    private static final String HIDDEN = "...";

    private HostNames() {}

    /**
     * The host in lower case: a name of letters, digits, hyphens and underscores in labels (RFC 3986 section 3.2.2, RFC 1035
     * section 2.3.4), an IPv4 address, or an IPv6 address in brackets.
     *
     * @throws IllegalArgumentException if it is none; the message says what is wrong with it, and does not repeat it
     */
    public static String normal(String host) {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("the host is missing");
        }
        if (host.chars().anyMatch(c -> c > 127)) {
            throw new IllegalArgumentException("the host holds letters beyond ASCII; " + asciiForm(host));
        }
        if (host.startsWith("[")) {
            checkIpv6(host);
        } else {
            checkName(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
        }
        return host.toLowerCase(Locale.ROOT);
    }

    /** How a host of letters beyond ASCII is to be given, for the text of an exception (RFC 5890 section 2.3.2.1). */
    public static String asciiForm(String host) {
        try {
            return "give its xn-- form, " + IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES);
        } catch (IllegalArgumentException e) {
            return "give its xn-- form, as java.net.IDN.toASCII makes it";
        }
    }

    private static void checkIpv6(String host) {
        try {
            if (new URI("ws://" + host + "/").getHost() != null) {
                return;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new IllegalArgumentException("the host is no IPv6 address in brackets");
    }

    private static void checkName(String name) {
        if (name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "the host has " + name.length() + " characters, " + MAX_LENGTH + " are allowed");
        }
        String last = "";
        for (int start = 0; start <= name.length(); start += last.length() + 1) {
            int dot = name.indexOf('.', start);
            last = name.substring(start, dot < 0 ? name.length() : dot);
            checkLabel(last);
        }
        if (isDigits(last) && !isIpv4(name)) {
            throw new IllegalArgumentException("the host ends in a number, and is no IPv4 address");
        }
    }

    private static void checkLabel(String label) {
        if (label.isEmpty() || label.length() > MAX_LABEL) {
            throw new IllegalArgumentException("the host has a label of " + label.length() + " characters, not 1 to "
                    + MAX_LABEL + " (RFC 1035 section 2.3.4)");
        }
        if (label.startsWith("-") || label.endsWith("-") || !label.chars().allMatch(HostNames::isAllowed)) {
            throw new IllegalArgumentException("the host has a label that is not letters, digits, underscores and, but"
                    + " for its ends, hyphens");
        }
    }

    private static boolean isAllowed(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }

    private static boolean isDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isIpv4(String name) {
        int count = 0;
        for (int start = 0; start <= name.length(); count++) {
            int dot = name.indexOf('.', start);
            String part = name.substring(start, dot < 0 ? name.length() : dot);
            if (part.length() > 3 || !isDigits(part) || Integer.parseInt(part) > 255) {
                return false;
            }
            start += part.length() + 1;
        }
        return count == 4;
    }

    /**
     * What may be a URL, well formed or not, for the text of an exception: {@linkplain Visible#line visible}, and without user
     * information, query and fragment, which may hold secrets. Where an {@code @} leaves it open which of them it belongs to,
     * the scheme alone is shown.
     */
    public static String shown(String url) {
        int cut = first(url, "?#", 0);
        String head = url.substring(0, cut);
        int host = schemeEnd(head);
        int at = lastAt(head);
        if (lastAt(url) >= cut) {
            head = head.substring(0, host) + HIDDEN;
        } else if (at >= host) {
            int plain = head.charAt(at) == '@' ? at : at + 2; // else %40
            head = head.substring(0, host) + HIDDEN + "@" + withoutOddAuthority(head.substring(plain + 1));
        } else {
            head = head.substring(0, host) + withoutOddAuthority(head.substring(host));
        }
        return Visible.line(head, MAX_SHOWN);
    }

    /** Of the last at sign, escaped or not, behind which alone a host may stand; -1 where there is none. */
    private static int lastAt(String text) {
        return Math.max(text.lastIndexOf('@'), UriText.lastEscapedAt(text));
    }

    /** No host has an escape, and no port a letter: both may be secrets that stand in the wrong place. */
    private static String withoutOddAuthority(String text) {
        int end = first(text, "/", 0);
        String authority = text.substring(0, end);
        if (authority.indexOf('%') >= 0) {
            return HIDDEN + text.substring(end);
        }
        int colon = authority.indexOf(':', authority.lastIndexOf(']') + 1);
        return colon < 0 || isDigits(authority.substring(colon + 1))
                ? text
                : authority.substring(0, colon + 1) + HIDDEN + text.substring(end);
    }

    /** Behind {@code ://}, if nothing but a scheme stands in front of it. */
    private static int schemeEnd(String text) {
        int end = text.indexOf("://");
        return end > 0 && text.substring(0, end).chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z')
                ? end + 3
                : 0;
    }

    /** Where the first of these characters stands; the length where there is none. */
    public static int first(String text, String characters, int from) {
        int at = from;
        while (at < text.length() && characters.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }
}
