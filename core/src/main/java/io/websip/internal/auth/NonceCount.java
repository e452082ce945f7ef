package io.websip.internal.auth;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * How often a nonce has been used, over all requests and both kinds of credentials, as a server counts it; and the cnonce
 * that goes with it, of which a session key is made (RFC 7616 section 3.4). Confined to the loop.
 */
final class NonceCount {
    private static final long MAX_COUNT = 0xffff_ffffL;
    private static final int CNONCE_BYTES = 16;

    private final String cnonce;
    private long count;

    NonceCount(RandomGenerator random) {
        byte[] octets = new byte[CNONCE_BYTES];
        random.nextBytes(octets);
        this.cnonce = HexFormat.of().formatHex(octets);
    }

    String cnonce() {
        return cnonce;
    }

    /** The next count, from 00000001 on; each is given once. */
    String next() {
        count++;
        String hex = Long.toHexString(count);
        return "00000000".substring(hex.length()) + hex;
    }

    boolean isUsedUp() {
        return count >= MAX_COUNT;
    }
}
