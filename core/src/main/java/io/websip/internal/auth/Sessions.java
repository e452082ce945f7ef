package io.websip.internal.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that give later requests credentials in advance (RFC 3261 sections 22.2 and 22.3), apart by their origin:
 * those of the registrar serve REGISTER, those of a proxy that challenges all messages serve all messages, and any other
 * serves messages to the one destination that it came from. Each origin has its own bound, so that none pushes out another's.
 * Confined to the loop.
 */
final class Sessions {
    private static final int MAX_OF_SERVER = 4;
    private static final int MAX_OF_DESTINATIONS = 16;

    private static final class OfProxy {
        private final NonceSession session;
        private @Nullable String doubtedBy; // the one destination at which it was refused since it was last taken

        OfProxy(NonceSession session) {
            this.session = session;
        }
    }

    private record OfDestination(String destination, NonceSession session) {
        boolean isFor(String other, AuthKind kind, String realm) {
            return destination.equals(other) && session.isFor(kind, realm);
        }
    }

    private List<NonceSession> ofRegistrar =
            List.of(); // oldest first, as all of these; lists to write into once needed
    private List<OfProxy> ofProxies = List.of();
    private List<OfDestination> ofDestinations = List.of();
    private List<String> silent = List.of(); // destinations whose messages carry nothing in advance

    private static <T> List<T> with(List<T> list, T element, int max) {
        List<T> writable = list.isEmpty() ? new ArrayList<>(1) : list;
        writable.add(element);
        if (writable.size() > max) {
            writable.remove(0);
        }
        return writable;
    }

    /** What a request carries in advance: of each kind and realm one. */
    List<NonceSession> inAdvance(AuthScope scope) {
        if (scope.isRegistrar()) {
            return List.copyOf(ofRegistrar);
        }
        if (scope.isAnonymous() || ofDestinations.isEmpty() && ofProxies.isEmpty()) {
            return List.of();
        }
        List<NonceSession> found = new ArrayList<>(2);
        if (silent.contains(scope.destination())) {
            return found;
        }
        for (OfDestination kept : ofDestinations) {
            if (kept.destination.equals(scope.destination())) {
                found.add(kept.session);
            }
        }
        for (OfProxy kept : ofProxies) {
            Challenge challenge = kept.session.challenge();
            if (found.stream().noneMatch(s -> s.isFor(challenge.kind(), challenge.realm()))) {
                found.add(kept.session);
            }
        }
        return found;
    }

    void keepOfRegistrar(NonceSession session) {
        Challenge challenge = session.challenge();
        removeIf(ofRegistrar, old -> old.isFor(challenge.kind(), challenge.realm()));
        ofRegistrar = with(ofRegistrar, session, MAX_OF_SERVER);
    }

    void keepOfProxy(NonceSession session) {
        Challenge challenge = session.challenge();
        removeIf(ofProxies, old -> old.session.isFor(challenge.kind(), challenge.realm()));
        ofProxies = with(ofProxies, new OfProxy(session), MAX_OF_SERVER);
    }

    void keepOfDestination(String destination, NonceSession session) {
        Challenge challenge = session.challenge();
        removeIf(ofDestinations, old -> old.isFor(destination, challenge.kind(), challenge.realm()));
        ofDestinations = with(ofDestinations, new OfDestination(destination, session), MAX_OF_DESTINATIONS);
    }

    boolean isOfProxy(NonceSession session) {
        return ofProxies.stream().anyMatch(kept -> kept.session == session);
    }

    /** It was taken: nobody doubts it any more. */
    void taken(NonceSession session) {
        for (OfProxy kept : ofProxies) {
            if (kept.session == session) {
                kept.doubtedBy = null;
            }
        }
    }

    /** It is given up. */
    void forget(NonceSession session) {
        removeIf(ofRegistrar, kept -> kept == session);
        removeIf(ofProxies, kept -> kept.session == session);
        removeIf(ofDestinations, kept -> kept.session == session);
    }

    /** All of the kind and realm of this challenge are given up. */
    void forgetRealm(boolean registrar, Challenge challenge) {
        AuthKind kind = challenge.kind();
        String realm = challenge.realm();
        if (registrar) {
            removeIf(ofRegistrar, kept -> kept.isFor(kind, realm));
        } else {
            removeIf(ofProxies, kept -> kept.session.isFor(kind, realm));
            removeIf(ofDestinations, kept -> kept.session.isFor(kind, realm));
        }
    }

    /**
     * A challenge came in spite of it. One receiver of messages can bring that about at any time, so that what serves all is
     * given up only if another one does too.
     */
    void challengedAgain(NonceSession session, String destination) {
        for (OfProxy kept : ofProxies) {
            if (kept.session == session && (kept.doubtedBy == null || kept.doubtedBy.equals(destination))) {
                kept.doubtedBy = destination;
                return;
            }
        }
        forget(session);
    }

    /** Messages to this destination carry nothing in advance any more. */
    void keepSilent(String destination) {
        if (!silent.contains(destination)) {
            silent = with(silent, destination, MAX_OF_DESTINATIONS);
        }
    }

    void forgetProxies() {
        ofProxies = List.of();
    }

    /** All that messages have brought. */
    void forgetMessages() {
        ofProxies = List.of();
        ofDestinations = List.of();
        silent = List.of();
    }

    /** The count of this nonce, if a session has it; null if none has. */
    @Nullable
    NonceCount count(Challenge challenge) {
        for (NonceSession session : ofRegistrar) {
            if (session.hasNonce(challenge)) {
                return session.count();
            }
        }
        for (OfProxy kept : ofProxies) {
            if (kept.session.hasNonce(challenge)) {
                return kept.session.count();
            }
        }
        for (OfDestination kept : ofDestinations) {
            if (kept.session.hasNonce(challenge)) {
                return kept.session.count();
            }
        }
        return null;
    }

    private static <T> void removeIf(List<T> list, Predicate<T> condition) {
        if (!list.isEmpty()) {
            list.removeIf(condition);
        }
    }
}
