package io.websip.sip;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;

/** The equivalence of SIP URIs (RFC 3261 section 19.1.4). */
final class SipUriComparison {
    /** A URI with one of these never matches one without it, not even at its default value. */
    private static final Set<String> NEVER_IGNORED = Set.of("user", "ttl", "method", "maddr", "transport");

    private SipUriComparison() {}

    /** A raw octet that must be escaped means the same as its escape, so both are compared as they may be sent. */
    static boolean matches(SipUri one, SipUri other) {
        SipUri a = one.escaped();
        SipUri b = other.escaped();
        return key(a).equals(key(b))
                && a.port() == b.port()
                && parametersMatch(a, b)
                && headers(a).equals(headers(b));
    }

    static String key(SipUri given) {
        SipUri uri = given.escaped();
        String user = uri.rawUser().map(SipUriComparison::plain).orElse("");
        String password = uri.rawPassword().map(p -> ":" + plain(p)).orElse("");
        return uri.scheme() + ":" + user + password + "@" + uri.host().toLowerCase(Locale.ROOT);
    }

    private static boolean parametersMatch(SipUri a, SipUri b) {
        if (a.parameters().isEmpty() && b.parameters().isEmpty()) {
            return true;
        }
        Map<String, String> ours = parameters(a);
        Map<String, String> theirs = parameters(b);
        for (String name : NEVER_IGNORED) {
            if (ours.containsKey(name) != theirs.containsKey(name)) {
                return false;
            }
        }
        for (Map.Entry<String, String> one : ours.entrySet()) {
            String other = theirs.get(one.getKey());
            if (other != null && !other.equalsIgnoreCase(one.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** By plain name in lower case; of a name that stands twice the first counts. */
    private static Map<String, String> parameters(SipUri uri) {
        Map<String, String> parameters = new HashMap<>();
        uri.parameters()
                .forEach((name, value) -> parameters.putIfAbsent(plain(name).toLowerCase(Locale.ROOT), plain(value)));
        return parameters;
    }

    /** The headers without regard to their order; names without regard to case. */
    private static List<String> headers(SipUri uri) {
        StringTokenizer all = new StringTokenizer(uri.headers().orElse(""), "&");
        List<String> headers = new ArrayList<>();
        while (all.hasMoreTokens()) {
            String one = all.nextToken();
            int equals = one.indexOf('=');
            String name = equals < 0 ? one : one.substring(0, equals); // without one only where it is malformed
            headers.add(plain(name).toLowerCase(Locale.ROOT) + "=" + plain(one.substring(equals + 1)));
        }
        Collections.sort(headers);
        return headers;
    }

    /** Escapes of unreserved characters undone, those of others in upper case: equal exactly where the RFC says so. */
    private static String plain(String part) {
        if (part.indexOf('%') < 0) {
            return part;
        }
        StringBuilder out = new StringBuilder(part.length());
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c != '%' || !isEscape(part, i)) {
                out.append(c);
                continue;
            }
            int octet = Bytes.hex(part.charAt(i + 1)) << 4 | Bytes.hex(part.charAt(i + 2));
            if (Bytes.isUnreserved(octet)) {
                out.append((char) octet);
            } else {
                out.append(part.substring(i, i + 3).toUpperCase(Locale.ROOT));
            }
            i += 2;
        }
        return out.toString();
    }

    private static boolean isEscape(String part, int at) {
        return at + 2 < part.length() && Bytes.hex(part.charAt(at + 1)) >= 0 && Bytes.hex(part.charAt(at + 2)) >= 0;
    }
}
