package io.websip.config;

import io.websip.sip.SipHeaders;
import io.websip.text.Visible;
import java.util.Set;

/**
 * A header row that the program adds to a request or a response. Immutable.
 *
 * @param name as the program writes it
 * @param value without white space around it
 */
public record ExtraHeader(String name, String value) {
    /** What makes a message what it is, and what RFC 3428 keeps out of a MESSAGE and its answers. */
    private static final Set<String> RESERVED = Set.of(
            "Via",
            "From",
            "To",
            "Call-ID",
            "CSeq",
            "Route",
            "Record-Route",
            "Contact",
            "Content-Length",
            "Content-Type",
            "Max-Forwards");

    private static final int MAX_SHOWN = 80;

    /**
     * Reads a row of the form {@code Name: value}.
     *
     * @throws InvalidHeaderException if it has no colon, its name is not a token, its value holds a control character, or it
     *     is one that only the library may set
     */
    public static ExtraHeader parse(String header) {
        int colon = header.indexOf(':');
        if (colon < 1) {
            throw new InvalidHeaderException(
                    "extra header '" + Visible.line(header, MAX_SHOWN) + "' must have the form 'Name: value'");
        }
        int nameEnd = colon; // white space in front of the colon is legal (RFC 3261 section 7.3.1), a line break is not
        while (nameEnd > 0 && (header.charAt(nameEnd - 1) == ' ' || header.charAt(nameEnd - 1) == '\t')) {
            nameEnd--;
        }
        String name = header.substring(0, nameEnd);
        String value = header.substring(colon + 1);
        try {
            SipHeaders.check(name, value);
        } catch (IllegalArgumentException e) {
            throw new InvalidHeaderException(
                    "extra header '" + Visible.line(header, MAX_SHOWN) + "': " + String.valueOf(e.getMessage()));
        }
        String canonical = SipHeaders.canonicalName(name);
        if (RESERVED.stream().anyMatch(canonical::equalsIgnoreCase)) {
            throw new InvalidHeaderException("extra header '" + Visible.line(name, MAX_SHOWN) + "' (" + canonical
                    + ") is set by the library and cannot be given");
        }
        return new ExtraHeader(name, value.strip());
    }
}
