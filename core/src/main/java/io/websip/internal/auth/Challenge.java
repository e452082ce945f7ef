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
 * @param algorithmToken as offered, to be echoed; null where it was absent, which means MD5
 * @param opaque to be echoed, also if empty; null where it was absent
 * @param qop auth, auth-int, or null where none was offered (RFC 2069)
 * @param stale whether only the nonce of the credentials before was too old
 */
record Challenge(
        AuthKind kind,
        String realm,
        String nonce,
        DigestAlgorithm algorithm,
        @Nullable String algorithmToken,
        @Nullable String opaque,
        @Nullable String qop,
        boolean stale,
        boolean userhash,
        boolean utf8) {

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
        return Optional.of(new Challenge(
                kind,
                realm.get(),
                nonce.get(),
                algorithm.get(),
                token.orElse(null),
                header.get("opaque").orElse(null),
                qop,
                header.get("stale").filter("true"::equalsIgnoreCase).isPresent(),
                header.get("userhash").filter("true"::equalsIgnoreCase).isPresent(),
                header.get("charset").filter("UTF-8"::equalsIgnoreCase).isPresent()));
    }

    Challenge withNonce(String next) {
        return new Challenge(kind, realm, next, algorithm, algorithmToken, opaque, qop, stale, userhash, utf8);
    }
}
