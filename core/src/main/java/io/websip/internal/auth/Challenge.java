package io.websip.internal.auth;

import io.websip.auth.DigestAlgorithm;
import io.websip.sip.AuthHeader;
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

    /**
     * The parts that an answer repeats as they stood between their quotes.
     *
     * @param opaque also if empty; null where it was absent
     */
    record Echo(String realm, String nonce, @Nullable String opaque) {}

    /** Reads it; empty if it is not a digest, lacks a part, or asks for what we do not know. */
    static Optional<Challenge> of(AuthKind kind, AuthHeader header) {
        Optional<String> realm = header.get("realm");
        Optional<String> nonce = header.get("nonce");
        Optional<String> token = header.get("algorithm");
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

    /** Whether a value may stand in a header of ours: control characters may not, though a peer's may hold NUL. */
    static boolean isFit(@Nullable String value) {
        return value == null || value.chars().noneMatch(Character::isISOControl);
    }
}
