package io.websip.dns;

/**
 * Which services a domain has, and where to look on (RFC 3403 section 4.1, RFC 3263 section 4.1). Immutable.
 *
 * @param order those with the lowest come first; 0 to 65535
 * @param preference the lowest is preferred among those of one order; 0 to 65535
 * @param flags {@code s} where an SRV lookup follows, {@code a} for one of addresses; case does not count
 * @param service such as {@code SIPS+D2W}; case does not count
 * @param regexp empty in the records of SIP servers
 * @param replacement the name to look up next, in lower case without the dot at its end; a lone dot for none
 */
public record NaptrRecord(int order, int preference, String flags, String service, String regexp, String replacement) {
    private static final int MAX_STRING = 255;

    /**
     * Checks the values: {@link IllegalArgumentException} if a number is out of its bounds, a string is longer than 255
     * characters, or the replacement is no name.
     */
    public NaptrRecord {
        DnsNames.number("order", order);
        DnsNames.number("preference", preference);
        string("flags", flags);
        string("service", service);
        string("regexp", regexp);
        replacement = DnsNames.normal("replacement", replacement);
    }

    private static void string(String what, String value) {
        if (value.length() > MAX_STRING) {
            throw new IllegalArgumentException(
                    what + " has " + value.length() + " characters, more than " + MAX_STRING);
        }
    }
}
