package io.websip.internal.transaction;

import io.websip.sip.Via;
import java.util.random.RandomGenerator;

/**
 * Branches, tags, Call-IDs and host names that nobody can guess (RFC 3261 section 19.3), from one source of randomness
 * that is read in blocks. Confined to the loop.
 */
public final class Tokens {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int BLOCK = 64; // each agent keeps one

    private final RandomGenerator random;
    private final byte[] block = new byte[BLOCK];
    private int used = BLOCK;

    /** Reads from the given source only. */
    public Tokens(RandomGenerator random) {
        this.random = random;
    }

    /** A branch with the magic cookie and 100 random bits (RFC 3261 section 8.1.1.7). */
    public String branch() {
        return append(new StringBuilder(27).append(Via.MAGIC_COOKIE), 20);
    }

    /** A From or To tag of 60 random bits. */
    public String tag() {
        return append(new StringBuilder(12), 12);
    }

    /** A Call-ID of 120 random bits that tells nothing of the host (RFC 3261 section 8.1.1.4). */
    public String callId() {
        return append(new StringBuilder(24), 24);
    }

    /** A user part of 60 random bits for a Contact. */
    public String user() {
        return append(new StringBuilder(12), 12);
    }

    /** A host name of 80 random bits that resolves to nothing (RFC 7118 appendix B.1, RFC 2606). */
    public String invalidHost() {
        return append(new StringBuilder(24), 16) + ".invalid";
    }

    private String append(StringBuilder out, int characters) {
        for (int i = 0; i < characters; i++) {
            if (used == BLOCK) {
                random.nextBytes(block);
                used = 0;
            }
            out.append(ALPHABET.charAt(block[used++] & 31));
        }
        return out.toString();
    }
}
