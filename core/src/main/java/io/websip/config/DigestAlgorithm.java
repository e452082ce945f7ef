package io.websip.config;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** The digest algorithms of RFC 7616 section 6.1, as RFC 8760 brings them to SIP. */
public enum DigestAlgorithm {
    /** Weak, and what nearly every server offers. */
    MD5("MD5", "MD5", false),
    /** MD5 with a session key. */
    MD5_SESS("MD5-sess", "MD5", true),
    /** SHA-256. */
    SHA_256("SHA-256", "SHA-256", false),
    /** SHA-256 with a session key. */
    SHA_256_SESS("SHA-256-sess", "SHA-256", true),
    /** SHA-512/256. */
    SHA_512_256("SHA-512-256", "SHA-512/256", false),
    /** SHA-512/256 with a session key. */
    SHA_512_256_SESS("SHA-512-256-sess", "SHA-512/256", true);

    private static final DigestAlgorithm[] VALUES = values();

    private final String token;
    private final String hash;
    private final boolean session;

    DigestAlgorithm(String token, String hash, boolean session) {
        this.token = token;
        this.hash = hash;
        this.session = session;
    }

    /** The algorithm of this name, without regard to case. */
    public static Optional<DigestAlgorithm> of(String token) {
        for (DigestAlgorithm algorithm : VALUES) {
            if (algorithm.token.equalsIgnoreCase(token)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** The name in a challenge, such as {@code SHA-512-256-sess}. */
    public String token() {
        return token;
    }

    /** Whether the key is mixed with the nonces (RFC 7616 section 3.4.2). */
    public boolean isSession() {
        return session;
    }

    /** Whether both use the same hash, and so the same HA1. */
    public boolean sameHash(DigestAlgorithm other) {
        return hash.equals(other.hash);
    }

    /** The length of a hash in hexadecimal digits: 32 or 64. */
    public int hexLength() {
        return hash.equals("MD5") ? 32 : 64;
    }

    /** A new instance of the hash. */
    public MessageDigest newMessageDigest() {
        try {
            return MessageDigest.getInstance(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no " + hash, e);
        }
    }

    @Override
    public String toString() {
        return token;
    }
}
