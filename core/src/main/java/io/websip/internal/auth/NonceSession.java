package io.websip.internal.auth;

import io.websip.auth.Credentials;
import io.websip.sip.SipMethod;

/**
 * A challenge that we answer, and go on answering in advance for requests of the method that it was made for, as long as
 * its nonce is good. Bound to the method so that what the registrar asked for is not shown to whoever gets our messages.
 * Immutable but for the count.
 *
 * @param ha1 of the credentials in the challenge's realm; a secret
 */
record NonceSession(SipMethod method, Challenge challenge, Credentials credentials, String ha1, NonceCount count) {
    boolean isFor(AuthKind kind, String realm, SipMethod other) {
        return challenge.kind() == kind && challenge.realm().equals(realm) && method.equals(other);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "NonceSession[" + method + " in realm '" + challenge.realm() + "']";
    }
}
