package io.websip.internal.auth;

import java.util.ArrayList;
import java.util.List;

/**
 * How a realm treats credentials that go along in advance, as far as it has shown. Confined to the loop.
 *
 * <p>Whoever receives a message can answer 407 in the realm of our own proxy, with a nonce of his. Such a nonce must go to
 * nobody else. A proxy that challenges each message tells itself apart: a message without credentials does not get past it,
 * so that the challenge to one is its own. That it is such a proxy shows when messages to several receivers were challenged
 * and none got through without.
 */
final class RealmWays {
    /** After messages to so many receivers a proxy is taken for one that challenges each. */
    private static final int ENOUGH = 3;

    private final boolean registrar;
    private final AuthKind kind;
    private final String realm;
    private List<String> challenged =
            List.of(); // receivers of messages that were challenged and carried nothing before
    private boolean takesAdvance;
    private boolean refusesAdvance;

    RealmWays(boolean registrar, AuthKind kind, String realm) {
        this.registrar = registrar;
        this.kind = kind;
        this.realm = realm;
    }

    boolean isFor(boolean ofRegistrar, AuthKind otherKind, String otherRealm) {
        return registrar == ofRegistrar && kind == otherKind && realm.equals(otherRealm);
    }

    boolean isOfRegistrar() {
        return registrar;
    }

    /** A message that carried no credentials for the realm was challenged. */
    void challenged(String destination) {
        if (challenged.size() < ENOUGH && !challenged.contains(destination)) {
            if (challenged.isEmpty()) {
                challenged = new ArrayList<>(ENOUGH);
            }
            challenged.add(destination);
        }
    }

    /** Whether the realm seems to challenge the messages to all receivers. */
    boolean challengesAll() {
        return challenged.size() >= ENOUGH;
    }

    /** Credentials that went along in advance were taken. */
    void taken() {
        takesAdvance = true;
    }

    boolean takesAdvance() {
        return takesAdvance;
    }

    /** Credentials were refused since they went along in advance; not so where the realm has taken others before. */
    void refused() {
        refusesAdvance |= !takesAdvance;
    }

    /** Whether nothing may go along in advance, and each answer to a challenge begins a count of its own. */
    boolean refusesAdvance() {
        return refusesAdvance;
    }
}
