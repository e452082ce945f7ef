package io.websip.config;

import io.websip.sip.SipParseException;
import io.websip.sip.SipUri;
import io.websip.text.UriText;
import io.websip.text.Visible;
import java.nio.charset.StandardCharsets;

/** Checks values of a configuration that stand in every request. */
final class GivenValues {
    /** A quarter of what servers take of a header row, since a From has two of them and an Authorization three. */
    private static final int MAX_BYTES = 2_048;

    private GivenValues() {}

    /** @throws IllegalArgumentException if the value is too long for a request */
    static void checkLength(String name, String value) {
        long bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(name + " is " + bytes + " bytes long, " + MAX_BYTES
                    + " are allowed, since each request carries it");
        }
    }

    /**
     * A SIP URI, whose {@code sip:} may be left out.
     *
     * @throws IllegalArgumentException if it is malformed or too long
     */
    static SipUri sipUri(String name, String text) {
        boolean complete = text.regionMatches(true, 0, "sip:", 0, 4) || text.regionMatches(true, 0, "sips:", 0, 5);
        try {
            if (!text.equals(text.strip())) {
                throw new IllegalArgumentException(invalid(name, text) + "it begins or ends with white space");
            }
            SipUri uri = SipUri.given(complete ? text : "sip:" + text);
            checkLength(name, uri.toString()); // an escape takes three
            return uri;
        } catch (SipParseException e) {
            throw new IllegalArgumentException(invalid(name, text) + e.getMessage(), e);
        }
    }

    private static String invalid(String name, String text) {
        return name + " '" + Visible.line(UriText.withoutPassword(text)) + "' is not a SIP URI: ";
    }
}
