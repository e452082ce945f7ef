package io.websip.sip;

import io.websip.text.HostNames;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * SIP URIs on their way out. What the grammar forbids is escaped, and all else stays octet by octet (RFC 3261 sections
 * 19.1.2 and 25.1). What a program gives is held to the grammar where the reading of a peer's URI is lenient.
 */
final class GivenUri {
    private static final String HEX = "0123456789ABCDEF";

    private GivenUri() {}

    static SipUri read(String text) throws SipParseException {
        if (!text.equals(text.strip())) {
            throw new SipParseException("SIP URI: it must not begin or end with white space");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new SipParseException("SIP URI: it must not hold control characters such as CR, LF or NUL");
        }
        if (text.indexOf('<') >= 0) {
            throw new SipParseException("SIP URI: angle brackets do not belong to it; give the URI alone");
        }
        if (Bytes.hasLoneSurrogate(text)) {
            throw new SipParseException("SIP URI: it is not valid Unicode: it holds half of a surrogate pair");
        }
        int at = text.lastIndexOf('@'); // an earlier one can only belong to the user
        checkAscii(text, at);
        byte[] octets = Bytes.utf8(escape(text, at));
        SipUri uri = SipUri.parse(octets, 0, octets.length, Tolerance.STRICT);
        check(uri);
        return uri;
    }

    /** Nothing of a host can be escaped: a domain of other letters has an ASCII form of its own (RFC 5890). */
    private static void checkAscii(String text, int at) throws SipParseException {
        int start = at < 0 ? text.indexOf(':') + 1 : at + 1;
        int end = start;
        while (end < text.length() && ":;?/".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String host = text.substring(start, end);
        if (host.chars().allMatch(c -> c < 128)) {
            return;
        }
        throw new SipParseException("SIP URI: the host holds letters beyond ASCII; " + HostNames.asciiForm(host));
    }

    /** The URI itself, if there is nothing to escape, or what is wrong with it cannot be escaped. */
    static SipUri escaped(SipUri uri) {
        String text = uri.toString();
        int colon = text.indexOf(':');
        int at = uri.rawUser().isPresent() ? text.indexOf('@', colon) : -1;
        String legal = escape(text, at);
        if (legal.equals(text)) {
            return uri;
        }
        byte[] octets = Bytes.utf8(legal);
        try {
            return SipUri.parse(octets, 0, octets.length, Tolerance.STRICT);
        } catch (SipParseException e) {
            return uri;
        }
    }

    /** @param at where the host follows; -1 if there is no user */
    private static String escape(String text, int at) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        int colon = text.indexOf(':') + 1;
        int host = colon;
        out.append(text, 0, colon);
        if (at >= colon) {
            userInfo(out, text.substring(colon, at));
            out.append('@');
            host = at + 1;
        }
        int headers = text.indexOf('?', host) < 0 ? text.length() : text.indexOf('?', host);
        int parameters = text.indexOf(';', host) < 0 ? headers : Math.min(text.indexOf(';', host), headers);
        out.append(text, host, parameters);
        parameters(out, text.substring(parameters, headers));
        append(out, text.substring(headers), c -> Bytes.isUriHeader(c) || c == '&' || c == '=');
        return out.toString();
    }

    private static void userInfo(StringBuilder out, String userInfo) {
        int password = userInfo.indexOf(':');
        append(out, password < 0 ? userInfo : userInfo.substring(0, password), Bytes::isUser);
        if (password >= 0) {
            append(out.append(':'), userInfo.substring(password + 1), Bytes::isPassword);
        }
    }

    /** One semicolon too many at the end, which some peers write, is left out. */
    private static void parameters(StringBuilder out, String parameters) {
        int end = parameters.length();
        if (parameters.endsWith(";") && !parameters.endsWith(";;")) {
            end--;
        }
        int start = 0;
        while (start < end) {
            int next = parameters.indexOf(';', start + 1);
            int stop = next < 0 ? end : Math.min(next, end);
            String one = parameters.substring(start + 1, stop);
            int equals = one.indexOf('=');
            append(out.append(';'), equals < 0 ? one : one.substring(0, equals), GivenUri::isParameter);
            if (equals >= 0) {
                append(out.append('='), one.substring(equals + 1), GivenUri::isParameter);
            }
            start = stop;
        }
    }

    /** A peer's raw comma is taken, and not sent. */
    private static boolean isParameter(int c) {
        return Bytes.isUriParameter(c) && c != ',';
    }

    private static void append(StringBuilder out, String part, IntPredicate legal) {
        for (byte octet : Bytes.utf8(part)) {
            int c = octet & 0xff;
            if (c == '%' || legal.test(c)) {
                out.append((char) c);
            } else {
                out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
    }

    private static void check(SipUri uri) throws SipParseException {
        String host = uri.host();
        if (host.startsWith("[")) {
            if (!isIpv6(host.substring(1, host.length() - 1).toLowerCase(Locale.ROOT))) {
                throw new SipParseException("SIP URI: the IPv6 reference is malformed");
            }
        } else {
            checkName(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
        }
        if (uri.port() == 0) {
            throw new SipParseException("SIP URI: the port must be 1 to 65535, not 0");
        }
        String parameters = uri.parameters().toString();
        if (parameters.contains(";;") || parameters.endsWith(";")) {
            throw new SipParseException("SIP URI: a parameter has no name");
        }
        if (parameters.contains("=;") || parameters.endsWith("=")) {
            throw new SipParseException("SIP URI: a parameter has '=' and no value");
        }
    }

    private static void checkName(String host) throws SipParseException {
        boolean isAddress = host.chars().allMatch(c -> c == '.' || Bytes.isDigit(c));
        if (host.startsWith("-") || host.endsWith("-") || host.contains(".-") || host.contains("-.")) {
            throw new SipParseException("SIP URI: a label of the host begins or ends with a hyphen");
        }
        String last = host.substring(host.lastIndexOf('.') + 1);
        if (!isAddress && last.chars().allMatch(Bytes::isDigit)) {
            throw new SipParseException("SIP URI: the last label of the host is a number, and it is no IPv4 address");
        }
    }

    /** RFC 3261 section 25.1: eight groups of up to four digits, or fewer with one {@code ::}; the last two may be an IPv4 address. */
    private static boolean isIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == 8;
        }
        String left = text.substring(0, gap);
        String right = text.substring(gap + 2);
        int before = left.isEmpty() ? 0 : groups(left, false);
        int behind = right.isEmpty() ? 0 : groups(right, true);
        return before >= 0 && behind >= 0 && before + behind < 8;
    }

    /** How many groups there are, where an IPv4 address counts for two; -1 if one is malformed. */
    private static int groups(String text, boolean mayEndInIpv4) {
        int count = 0;
        int start = 0;
        while (true) {
            int colon = text.indexOf(':', start);
            String group = text.substring(start, colon < 0 ? text.length() : colon);
            if (group.isEmpty()) {
                return -1;
            }
            if (group.length() <= 4 && group.chars().allMatch(c -> Bytes.hex(c) >= 0)) {
                count++;
            } else if (mayEndInIpv4 && colon < 0 && Scan.isIpv4(group)) {
                count += 2;
            } else {
                return -1;
            }
            if (colon < 0) {
                return count;
            }
            start = colon + 1;
        }
    }
}
