package io.websip.transport.jetty;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** A server's answer to our offer of permessage-deflate, which has no parameters (RFC 7692 section 7.1). */
final class DeflateAnswer {
    static final String OFFER = "permessage-deflate";

    private static final String SERVER_ANEW = "server_no_context_takeover";
    private static final String SERVER_WINDOW = "server_max_window_bits=";

    private DeflateAnswer() {}

    /**
     * Whether the answer accepts the offer with what Jetty can give in return. That is not client_no_context_takeover: Jetty
     * 12.1 goes on with its context all the same, and the server could not read our second message.
     */
    static boolean accepts(HttpFields answer) {
        List<String> parts = parts(answer);
        Set<String> seen = new HashSet<>();
        for (String each : parts.subList(1, parts.size())) {
            boolean known = each.equals(SERVER_ANEW) || isWindow(each);
            if (!known || !seen.add(each.replaceFirst("=.*", ""))) {
                return false;
            }
        }
        return parts.get(0).equals(OFFER);
    }

    private static boolean isWindow(String parameter) {
        return parameter.startsWith(SERVER_WINDOW)
                && parameter.substring(SERVER_WINDOW.length()).matches("[89]|1[0-5]");
    }

    private static List<String> parts(HttpFields answer) {
        String all = String.join(",", answer.getValuesList(HttpHeader.SEC_WEBSOCKET_EXTENSIONS));
        List<String> parts = new ArrayList<>();
        for (String each : all.split(";", -1)) {
            parts.add(each.replaceAll("[\\s\"]", "").toLowerCase(Locale.ROOT));
        }
        return parts;
    }
}
