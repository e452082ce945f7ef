package io.websip.internal.server;

import io.websip.transport.Transport;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The domains that are spoken to by wss alone. Those are all domains if the transport's upgrade requests carry secrets, and
 * else those that have answered by wss: from then on no ws is spoken to them, whatever DNS says and whoever drops packets.
 * One memory for all agents of a transport, for as long as that lives, so that a restart of an agent forgets nothing. Only
 * domains of configurations are in it, so their number is bounded by those. Thread-safe.
 */
public final class SecureDomains {
    private static final Map<Transport, SecureDomains> ALL = new WeakHashMap<>(); // guarded by itself

    private final boolean all;
    private final Set<String> answered = ConcurrentHashMap.newKeySet();

    /** @param all whether only wss is used at every domain */
    SecureDomains(boolean all) {
        this.all = all;
    }

    /** That of the transport. */
    public static SecureDomains of(Transport transport) {
        synchronized (ALL) {
            return ALL.computeIfAbsent(transport, t -> new SecureDomains(t.hasUpgradeSecrets()));
        }
    }

    /** The domain has answered by wss. */
    void add(String domain) {
        answered.add(domain);
    }

    /** Whether only wss is used at the domain. */
    boolean has(String domain) {
        return all || answered.contains(domain);
    }

    /** Why only wss is used at the domain, in words that go on from "since". */
    String why(String domain) {
        return all ? "upgrade requests carry secrets" : domain + " has answered by wss before";
    }
}
