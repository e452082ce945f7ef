package io.websip.transport.socket;

import io.websip.text.Visible;
import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * What an attempt to connect has sent and no text may repeat: the values of the application's headers and cookies, the query
 * of the URL, the password for a proxy. A server or a proxy may echo them in a reason phrase, in a close frame or in a
 * certificate, and a library in the text of an exception. Immutable.
 */
public final class UpgradeSecrets {
    private static final String MASK = "...";

    /** A shorter value is part of too many words. */
    private static final int SHORTEST = 4;

    /** The reason names a rule of the handshake, and nothing that the server said. */
    private static final int OUR_OWN_WORDS = 101;

    private final List<String> secrets; // a longer one first, since it may contain a shorter one

    /** @param shown what every text may say */
    private UpgradeSecrets(Set<String> secrets, String shown) {
        List<String> all = new ArrayList<>(secrets);
        all.removeIf(secret -> secret.length() < SHORTEST || shown.contains(secret));
        all.sort(Comparator.comparing(String::length).reversed());
        this.secrets = List.copyOf(all);
    }

    /** Those of an attempt to connect to the server. */
    public static UpgradeSecrets of(ServerAddress server, TransportSettings settings) {
        Set<String> secrets = new LinkedHashSet<>();
        int query = server.resource().indexOf('?');
        if (query >= 0) {
            addQuery(secrets, server.resource().substring(query + 1));
        }
        for (UpgradeHeaders.Header header : settings.upgrade().all()) {
            addHeader(secrets, header);
        }
        ProxyServer proxy = settings.proxy();
        if (proxy != null && proxy.user() != null && proxy.password() != null) {
            secrets.add(proxy.password());
            String pair = proxy.user() + ":" + proxy.password();
            secrets.add(Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        return new UpgradeSecrets(secrets, server.toString());
    }

    private static void addQuery(Set<String> secrets, String query) {
        secrets.add(query);
        StringTokenizer parameters = new StringTokenizer(query, "&;");
        while (parameters.hasMoreTokens()) {
            String parameter = parameters.nextToken();
            String value = parameter.substring(parameter.indexOf('=') + 1);
            secrets.add(value);
            secrets.add(decoded(value));
            secrets.add(decoded(value.replace('+', ' '))); // as of a form
        }
    }

    /** As a server reads it (RFC 3986 section 2.1). */
    private static String decoded(String value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            int high = c == '%' && i + 2 < value.length() ? Character.digit(value.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(value.charAt(i + 2), 16);
            out.write(low < 0 ? c : high << 4 | low); // a resource is ASCII
            i += low < 0 ? 0 : 2;
        }
        return Visible.line(out.toString(StandardCharsets.UTF_8), Integer.MAX_VALUE);
    }

    /** The value, and each word of it: behind a scheme stands a token, in a cookie behind a name. */
    private static void addHeader(Set<String> secrets, UpgradeHeaders.Header header) {
        secrets.add(header.value());
        boolean cookie = header.name().equalsIgnoreCase("Cookie");
        StringTokenizer words = new StringTokenizer(header.value(), cookie ? "; " : " ");
        boolean first = true;
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            if (cookie) {
                secrets.add(word.substring(word.indexOf('=') + 1));
            } else if (!first || !words.hasMoreTokens()) {
                secrets.add(word);
                addPassword(secrets, word);
            }
            first = false;
        }
    }

    /** Of HTTP Basic (RFC 7617). */
    private static void addPassword(Set<String> secrets, String word) {
        try {
            String pair = new String(Base64.getDecoder().decode(word), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon >= 0 && Visible.isLine(pair)) {
                secrets.add(pair);
                secrets.add(pair.substring(colon + 1));
            }
        } catch (IllegalArgumentException e) {
            // no Base64, and so a token of another kind
        }
    }

    /** The text with {@code ...} in the place of each secret. */
    public String hideIn(String text) {
        String shown = text;
        for (String secret : secrets) {
            if (shown.contains(secret)) {
                shown = shown.replace(secret, MASK);
            }
        }
        return shown.endsWith(MASK) ? withoutBeginning(shown) : shown;
    }

    /** A text that was cut may end in the beginning of a secret. */
    private String withoutBeginning(String cut) {
        int end = cut.length() - MASK.length();
        for (String secret : secrets) {
            for (int length = secret.length() - 1; length >= SHORTEST; length--) {
                if (cut.regionMatches(end - length, secret, 0, length)) {
                    return cut.substring(0, end - length) + MASK;
                }
            }
        }
        return cut;
    }

    /** The closure without the secrets; itself if it has none. */
    public Closure hideIn(Closure why) {
        if (secrets.isEmpty()) {
            return why;
        }
        if (why instanceof Closure.Closed closed) {
            return new Closure.Closed(closed.code(), hideIn(closed.reason()));
        }
        if (why instanceof Closure.Refused refused && refused.httpStatus() != OUR_OWN_WORDS) {
            return new Closure.Refused(refused.httpStatus(), hideIn(refused.reason()), refused.retryAfter());
        }
        if (why instanceof Closure.Failed failed) {
            return new Closure.Failed(Visible.failure(failed.cause(), this::hideIn));
        }
        return why;
    }
}
