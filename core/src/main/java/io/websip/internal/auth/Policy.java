package io.websip.internal.auth;

import io.websip.config.Credentials;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which credentials answer a challenge, if any. The receiver of a message can challenge it as our server can, in
 * whatever realm he likes, and gets a digest from which he may guess the password. So a password that is bound to no realm
 * answers messages only in a realm of our own server, and no realm of our registrar is answered in a weaker form than the
 * registrar's own. Confined to the loop.
 */
final class Policy {
    /** Many more than a registrar and the proxies before it have. */
    private static final int MAX_REALMS = 8;

    /** Credentials for one of the challenges of a realm, or the reason why there are none. */
    record Choice(@Nullable Challenge challenge, @Nullable Credentials credentials, String refusal) {
        static Choice refused(String why) {
            return new Choice(null, null, why);
        }
    }

    private final List<Credentials> credentials;
    private List<Challenge> registrar = List.of(); // as it was answered last in each of its realms, oldest first

    Policy(List<Credentials> credentials) {
        this.credentials = List.copyOf(credentials);
    }

    /** The registrar, or a proxy before it, has challenged a REGISTER: this is a realm of our own server. */
    void learn(Challenge challenge) {
        List<Challenge> known = new ArrayList<>(registrar);
        known.removeIf(old -> old.realm().equals(challenge.realm()));
        known.add(challenge);
        registrar = List.copyOf(known.subList(Math.max(0, known.size() - MAX_REALMS), known.size()));
    }

    private @Nullable Challenge ofRegistrar(String realm) {
        for (Challenge known : registrar) {
            if (known.realm().equals(realm)) {
                return known;
            }
        }
        return null;
    }

    /** Whether the realm is one of our own server: the registrar's, or where that has asked for nothing, a name of the server. */
    boolean isOwn(String realm, AuthScope scope) {
        return registrar.isEmpty() ? scope.server().isNamed(realm) : ofRegistrar(realm) != null;
    }

    /** @param sameRealm the challenges of one realm, the one to be preferred first; at least one */
    Choice choose(List<Challenge> sameRealm, AuthScope scope) {
        Challenge first = sameRealm.get(0);
        String realm = first.realm();
        if (credentials.isEmpty()) {
            return Choice.refused(Refusals.noPassword(realm));
        }
        boolean own = scope.isRegistrar() || isOwn(realm, scope);
        if (scope.isAnonymous() && !(own && first.kind() == AuthKind.PROXY)) {
            return Choice.refused(Refusals.anonymous(first));
        }
        Challenge floor = scope.isRegistrar() ? null : ofRegistrar(realm);
        String refusal = own || credentials.stream().allMatch(c -> c.realm().isPresent())
                ? Refusals.noneFits(first)
                : Refusals.foreignRealm(
                        realm, registrar.stream().map(Challenge::realm).toList());
        for (Challenge challenge : sameRealm) {
            Credentials fitting = fitting(challenge, own);
            if (fitting != null && (floor == null || fitting.allowsWeaker() || !challenge.isWeakerThan(floor))) {
                return new Choice(challenge, fitting, "");
            }
            if (fitting != null && floor != null) {
                refusal = Refusals.weaker(challenge, floor);
            }
        }
        return Choice.refused(refusal);
    }

    /** Those that are bound to the realm go before those that are bound to none. */
    private @Nullable Credentials fitting(Challenge challenge, boolean own) {
        Credentials unbound = null;
        for (Credentials c : credentials) {
            if (c.fits(challenge.realm(), challenge.algorithm())) {
                if (c.realm().isPresent()) {
                    return c;
                }
                unbound = unbound == null && own ? c : unbound;
            }
        }
        return unbound;
    }
}
