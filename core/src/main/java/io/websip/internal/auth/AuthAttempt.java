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
    static final int MAX_ROUNDS = 5;

    /**
     * One set of credentials in the request as it was last sent.
     *
     * @param fresh whether they answer a challenge to this request; else they went along in advance
     * @param unasked whether the request that was challenged carried none for this realm
     */
    record Carried(NonceSession session, String count, boolean fresh, boolean unasked) {
        static Carried inAdvance(NonceSession session) {
            return new Carried(session, session.count().next(), false, false);
        }

        static Carried answer(NonceSession session, boolean unasked) {
            return new Carried(session, session.count().next(), true, unasked);
        }

        /** The same for one more request. */
        Carried again() {
            return new Carried(session, session.count().next(), fresh, unasked);
        }

        boolean isFor(AuthKind kind, String realm) {
            return session.isFor(kind, realm);
        }
    }

    private final AuthScope scope;
    private final List<Carried> carried = new ArrayList<>(2);
    private int rounds;

    /** A request that has not been sent. */
    public AuthAttempt(AuthScope scope) {
        this.scope = scope;
    }

    AuthScope scope() {
        return scope;
    }

    List<Carried> carried() {
        return carried;
    }

    @Nullable
    Carried carried(AuthKind kind, String realm) {
        for (Carried c : carried) {
            if (c.isFor(kind, realm)) {
                return c;
            }
        }
        return null;
    }

    /** The request goes out without credentials. */
    public void withdraw() {
        carried.clear();
    }

    /** Whether all that the request carries went along in advance; false if it carries nothing. */
    public boolean isInAdvance() {
        return !carried.isEmpty() && carried.stream().noneMatch(Carried::fresh);
    }

    /** The realm of credentials that answered a challenge to this request; null if there were none. */
    public @Nullable String answeredRealm() {
        for (Carried c : carried) {
            if (c.fresh) {
                return c.session.challenge().realm();
            }
        }
        return null;
    }

    boolean nextRound() {
        return ++rounds <= MAX_ROUNDS;
    }

    /**
     * Whether a new challenge for this realm may be answered: not if the credentials that answered the one before were
     * rejected, unless their nonce was stale. Credentials that went along in advance may have failed for the age or the use
     * of their nonce alone, as servers do not all say stale; the same nonce is answered once more then.
     */
    boolean mayAnswer(Challenge challenge) {
        Carried before = carried(challenge.kind(), challenge.realm());
        if (before == null || !before.fresh) {
            return true;
        }
        return challenge.stale()
                && !challenge.nonce().equals(before.session.challenge().nonce());
    }
}
