package io.websip.transport.fake;

import io.websip.transport.ServerAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A server's place on a {@link FakeNetwork}: the address on which it listens, and the faults of connections to it.
 *
 * <p>Thread-safe.
 */
public final class FakeEndpoint implements AutoCloseable {
    private final FakeNetwork network;
    private final ServerAddress address;
    private final ServerHandler handler;
    // Below: guarded by the network's lock.
    private final Deque<List<Fault>> next = new ArrayDeque<>();
    private List<Fault> every = List.of();
    private boolean listening = true;

    FakeEndpoint(FakeNetwork network, ServerAddress address, ServerHandler handler) {
        this.network = network;
        this.address = address;
        this.handler = handler;
    }

    /** Where it listens. */
    public ServerAddress address() {
        return address;
    }

    /** Whether {@link #close} has not been called. */
    public boolean isListening() {
        synchronized (network.lock()) {
            return listening;
        }
    }

    /** The connections on which the server can send now, oldest first. A snapshot. */
    public List<FakeConnection> connections() {
        return network.connectionsOfServer(address);
    }

    /**
     * Sets the faults of all later connections, in place of those set before; none makes them sound. A connection takes
     * its faults when the client starts to connect.
     */
    public void onEveryConnection(Fault... faults) {
        synchronized (network.lock()) {
            every = List.of(faults);
        }
    }

    /**
     * Sets the faults of the next connection only, in place of those of every connection; none makes it sound. Further
     * calls are for the connections after it.
     */
    public void onNextConnection(Fault... faults) {
        synchronized (network.lock()) {
            next.add(List.of(faults));
        }
    }

    /**
     * Stops listening: later attempts fail, and so do those under way. Connections that are open stay open. The address
     * is free for another {@link FakeNetwork#listen}. A second call does nothing.
     */
    @Override
    public void close() {
        synchronized (network.lock()) {
            listening = false;
            network.remove(this);
        }
    }

    ServerHandler handler() {
        return handler;
    }

    /** The caller holds the lock. */
    List<Fault> takeFaults() {
        List<Fault> own = next.poll();
        return own == null ? every : own;
    }

    @Override
    public String toString() {
        return "server on " + address;
    }
}
