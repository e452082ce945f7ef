package io.websip.internal.connection;

import io.websip.transport.Transport;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The domains that have answered by wss: from then on no ws is spoken to them, whatever DNS says and whoever drops packets.
 * One memory for all agents of a transport, for as long as that lives, so that a restart of an agent forgets nothing. Only
 * domains of configurations are in it, so their number is bounded by those. Thread-safe.
 */
final class SecureDomains {
    private static final Map<Transport, SecureDomains> ALL = new WeakHashMap<>(); // guarded by itself

    private final Set<String> answered = ConcurrentHashMap.newKeySet();

    /** That of the transport. */
    static SecureDomains of(Transport transport) {
        synchronized (ALL) {
            return ALL.computeIfAbsent(transport, t -> new SecureDomains());
        }
    }

    /** The domain has answered by wss. */
    void add(String domain) {
        answered.add(domain);
    }

    /** Whether the domain has ever answered by wss. */
    boolean has(String domain) {
        return answered.contains(domain);
    }
}
