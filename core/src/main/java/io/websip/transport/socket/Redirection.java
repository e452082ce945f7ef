package io.websip.transport.socket;

import io.websip.text.HostNames;
import org.jspecify.annotations.Nullable;

/** What a server says that refuses the upgrade by naming another URL, which is not followed (RFC 6455 section 4.1). */
public final class Redirection {
    private Redirection() {}

    /**
     * The reason phrase, and of a 3xx the Location too: without its query, which may hold a token.
     *
     * @param location the header of that name; null if there is none
     */
    public static String reason(int status, String phrase, @Nullable String location) {
        if (status / 100 != 3 || location == null || location.isBlank()) {
            return phrase;
        }
        String where = "Location: " + HostNames.shown(location.strip());
        return phrase.isEmpty() ? where : phrase + ", " + where;
    }
}
