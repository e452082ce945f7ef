package io.websip.internal.auth;

import io.websip.config.Credentials;
import io.websip.text.Visible;

/**
 * A challenge that we answer, with the credentials that answer it. Immutable but for the count.
 *
 * @param ha1 of the credentials in the challenge's realm; a secret
 */
record NonceSession(Challenge challenge, Credentials credentials, String ha1, NonceCount count) {
    boolean isFor(AuthKind kind, String realm) {
        return challenge.kind() == kind && challenge.realm().equals(realm);
    }

    boolean hasNonce(Challenge other) {
        return challenge.nonce().equals(other.nonce()) && challenge.realm().equals(other.realm());
    }

    NonceSession withChallenge(Challenge other, NonceCount otherCount) {
        return new NonceSession(other, credentials, ha1, otherCount);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "NonceSession[realm '" + Visible.line(challenge.realm()) + "']";
    }
}
