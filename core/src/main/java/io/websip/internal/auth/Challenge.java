package io.websip.internal.auth;

import io.websip.config.DigestAlgorithm;
import io.websip.sip.AuthHeader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A digest challenge that we are able to answer. Immutable.
 *
 * @param kind which header it came in
 * @param echo what an answer repeats octet by octet: realm, nonce and opaque, as they stood
 * @param algorithmToken as offered, to be echoed; null where it was absent, which means MD5
 * @param qop auth, auth-int, or null where none was offered (RFC 2069)
 * @param stale whether only the nonce of the credentials before was too old
 */
record Challenge(
        AuthKind kind,
        String realm,
        String nonce,
        DigestAlgorithm algorithm,
        @Nullable String algorithmToken,
        Echo echo,
        @Nullable String qop,
        boolean stale,
        boolean userhash,
        boolean utf8) {

    /** What realm, nonce and opaque may take together: an answer repeats them, and a peer chooses them. */
    static final int MAX_ECHO_BYTES = 2_048;

    /**
     * The parts that an answer repeats as they stood between their quotes.
     *
     * @param opaque also if empty; null where it was absent
     */
    record Echo(String realm, String nonce, @Nullable String opaque) {
        int length() {
            return octets(realm) + octets(nonce) + (opaque == null ? 0 : octets(opaque));
        }

        private static int octets(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    /** Reads it; empty if it is not a digest, lacks a part, or asks for what we do not know. */
    static Optional<Challenge> of(AuthKind kind, AuthHeader header) {
        Optional<String> realm = header.get("realm");
        Optional<String> nonce = header.get("nonce");
        Optional<String> token = header.get("algorithm").filter(named -> !named.isEmpty()); // an empty one names none
        Optional<DigestAlgorithm> algorithm = DigestAlgorithm.of(token.orElse("MD5"));
        if (!header.isDigest() || realm.isEmpty() || nonce.isEmpty() || algorithm.isEmpty()) {
            return Optional.empty();
        }
        List<String> offered = header.list("qop");
        String qop = offered.contains("auth") ? "auth" : offered.contains("auth-int") ? "auth-int" : null;
        if (qop == null && !offered.isEmpty()) {
            return Optional.empty(); // only unknown ones
        }
        Echo echo = new Echo(
                header.quoted("realm").orElseThrow(),
                header.quoted("nonce").orElseThrow(),
                header.quoted("opaque").orElse(null));
        if (!isFit(echo.realm) || !isFit(echo.nonce) || !isFit(echo.opaque)) {
            return Optional.empty();
        }
        return Optional.of(new Challenge(
                kind,
                realm.get(),
                nonce.get(),
                algorithm.get(),
                token.orElse(null),
                echo,
                qop,
                header.get("stale").filter("true"::equalsIgnoreCase).isPresent(),
                header.get("userhash").filter("true"::equalsIgnoreCase).isPresent(),
                header.get("charset").filter("UTF-8"::equalsIgnoreCase).isPresent()));
    }

    /** The same with the nonce that the server has named for the next request (RFC 7616 section 3.5). */
    Challenge withNonce(String next, String quoted) {
        Echo nextEcho = new Echo(echo.realm, quoted, echo.opaque);
        return new Challenge(kind, realm, next, algorithm, algorithmToken, nextEcho, qop, stale, userhash, utf8);
    }

    /** How many octets of it an answer repeats. */
    int echoLength() {
        return echo.length();
    }

    /** Whether an answer to it is easier to guess the password from than one to the other: by its hash, or for want of a cnonce. */
    boolean isWeakerThan(Challenge other) {
        return strength(algorithm) < strength(other.algorithm) || qop == null && other.qop != null;
    }

    private static int strength(DigestAlgorithm algorithm) {
        return switch (algorithm) {
            case MD5, MD5_SESS -> 0;
            case SHA_256, SHA_256_SESS -> 1;
            case SHA_512_256, SHA_512_256_SESS -> 2;
        };
    }

    /** Algorithm and form, such as {@code MD5 without qop}. */
    String form() {
        return algorithm.token() + (qop == null ? " without qop" : " with qop");
    }

    /** Whether a value may stand in a header of ours: control characters may not, though a peer's may hold NUL. */
    static boolean isFit(@Nullable String value) {
        return value == null || value.chars().noneMatch(Character::isISOControl);
    }
}
