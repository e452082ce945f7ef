package io.websip.internal.auth;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What credentials one request has carried so far, which bounds how often it is tried again (RFC 3261 section 22.1).
 * Confined to the loop.
 */
public final class AuthAttempt {
    /** A server that finds each new nonce stale is given up after so many. */
    private static final int MAX_ROUNDS = 5;

    /** One set of credentials in the request as it was last sent. */
    record Carried(NonceSession session, String count, boolean fresh) {}

    private final List<Carried> carried = new ArrayList<>(2);
    private int rounds;

    /** A request that has not been sent. */
    public AuthAttempt() {}

    List<Carried> carried() {
        return carried;
    }

    @Nullable
    Carried carried(AuthKind kind, String realm) {
        for (Carried c : carried) {
            if (c.session.challenge().kind() == kind
                    && c.session.challenge().realm().equals(realm)) {
                return c;
            }
        }
        return null;
    }

    boolean nextRound() {
        return ++rounds <= MAX_ROUNDS;
    }

    /**
     * Whether a new challenge for this realm may be answered: not if the credentials for it were just rejected, unless
     * their nonce was stale. Credentials with a nonce of an earlier request may have failed for its age alone, as servers
     * do not all say stale.
     */
    boolean mayAnswer(Challenge challenge) {
        Carried before = carried(challenge.kind(), challenge.realm());
        if (before == null) {
            return true;
        }
        boolean newNonce = !challenge.nonce().equals(before.session.challenge().nonce());
        return newNonce && (challenge.stale() || !before.fresh);
    }
}
