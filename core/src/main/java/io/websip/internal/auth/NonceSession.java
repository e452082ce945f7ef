package io.websip.internal.auth;

import io.websip.auth.Credentials;

/**
 * One challenge that we answer, as long as its nonce is good for more requests: each use gets the next count. Confined to
 * the loop.
 */
final class NonceSession {
    private static final long MAX_COUNT = 0xffff_ffffL;

    final Challenge challenge;
    final Credentials credentials;
    final String ha1;
    final String cnonce;
    private long count;

    NonceSession(Challenge challenge, Credentials credentials, String ha1, String cnonce) {
        this.challenge = challenge;
        this.credentials = credentials;
        this.ha1 = ha1;
        this.cnonce = cnonce;
    }

    /** The next nonce count, from 00000001 on; each is given once (RFC 7616 section 3.4). */
    String nextCount() {
        count++;
        String hex = Long.toHexString(count);
        return "00000000".substring(hex.length()) + hex;
    }

    boolean isUsedUp() {
        return count >= MAX_COUNT;
    }
}
