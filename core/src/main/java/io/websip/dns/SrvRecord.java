package io.websip.dns;

/**
 * Where a service is to be found (RFC 2782). Immutable.
 *
 * @param priority those with the lowest are tried first; 0 to 65535
 * @param weight which share of the clients it gets among those of its priority; 0 to 65535
 * @param port 0 to 65535
 * @param target the host, in lower case without the dot at its end; a lone dot says that there is no such service
 */
public record SrvRecord(int priority, int weight, int port, String target) {
    /** Checks the values: {@link IllegalArgumentException} if a number is out of its bounds, or the target no name. */
    public SrvRecord {
        DnsNames.number("priority", priority);
        DnsNames.number("weight", weight);
        DnsNames.number("port", port);
        target = DnsNames.normal("target", target);
    }
}
