package io.websip.internal.location;

/**
 * A host and port that a record names, or that are the default. Immutable.
 *
 * @param port 1 to 65535
 * @param tier what is to be tried first has the lowest
 */
record SrvTarget(String host, int port, boolean secure, int tier) {
    private static final int SECURE_PORT = 443; // RFC 7118 section 5.3
    private static final int PLAIN_PORT = 80;

    /** At the default port. */
    static SrvTarget of(String host, boolean secure, int tier) {
        return new SrvTarget(host, secure ? SECURE_PORT : PLAIN_PORT, secure, tier);
    }
}
