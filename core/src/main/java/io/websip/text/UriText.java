package io.websip.text;

import java.util.Locale;
import java.util.Set;

/** What may be a SIP URI, well formed or not, made fit for a log or the text of an exception. No method throws. */
public final class UriText {
    /** What nobody means as a username with a password. */
    private static final Set<String> SCHEMES = Set.of(
            "sip", "sips", "im", "tel", "mailto", "http", "https", "xmpp", "urn", "ftp", "ws", "wss", "h323", "file",
            "data", "pres", "isbn");

    private static final String MASK = "...";

    private UriText() {}

    /** Whether a text in front of a colon is a scheme, in lower case, rather than a username in front of its password. */
    public static boolean isScheme(String text) {
        return SCHEMES.contains(text);
    }

    /** The text with {@code ...} in the place of a password. Where no at sign stands, an escaped one counts. */
    public static String withoutPassword(String uri) {
        int colon = uri.indexOf(':');
        boolean scheme = colon > 0 && isScheme(uri.substring(0, colon).toLowerCase(Locale.ROOT));
        int user = scheme ? colon + 1 : 0;
        int at = uri.lastIndexOf('@');
        boolean escaped = at < 0;
        if (escaped) {
            at = lastEscapedAt(uri);
        }
        int password = escaped ? firstColon(uri, user) : uri.indexOf(':', user) + 1;
        return password <= 0 || at < password ? uri : uri.substring(0, password) + MASK + uri.substring(at);
    }

    /** Behind the first colon, escaped or not; 0 where there is none. */
    private static int firstColon(String uri, int from) {
        int plain = uri.indexOf(':', from);
        int escaped = uri.toUpperCase(Locale.ROOT).indexOf("%3A", from);
        if (escaped < 0 || plain >= 0 && plain < escaped) {
            return plain + 1;
        }
        return escaped + 3;
    }

    /** Where the last {@code %40} stands; -1 where there is none. */
    static int lastEscapedAt(String uri) {
        return uri.lastIndexOf("%40");
    }
}
