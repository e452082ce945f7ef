package io.websip.transport.fake;

import io.websip.loop.EventLoop;
import io.websip.transport.Connection;
import io.websip.transport.ConnectionListener;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A transport whose servers are those of a {@link FakeNetwork}. It keeps the port's promises to the letter, and checks
 * its callers more strictly than a real one can. It makes no thread, and nothing happens but when the test drives
 * {@link FakeNetwork#loop()}.
 *
 * <p>An attempt to connect has no time-out of its own; whoever needs one sets it. The answer to a close frame is awaited
 * for ten seconds of virtual time.
 *
 * <p>Thread-safe.
 */
public final class FakeTransport implements Transport {
    /** How many bytes of messages may wait to be delivered on a connection, where nothing else is said: 1 MiB. */
    public static final int DEFAULT_MAX_QUEUED_BYTES = 1 << 20;

    /** So many connections are kept, or twice as many as were not over when last looked at, before those that are over go. */
    private static final int FEW = 64;

    private final FakeNetwork network;
    private final int maxQueuedBytes;
    // Below: guarded by this.
    private final Set<EventLoop> loops = new LinkedHashSet<>();
    private final List<ClientConnection> connections = new ArrayList<>();
    private int tidyAt = FEW;
    private boolean closed;

    /** A transport with {@link #DEFAULT_MAX_QUEUED_BYTES}. */
    public FakeTransport(FakeNetwork network) {
        this(network, DEFAULT_MAX_QUEUED_BYTES);
    }

    /**
     * A transport.
     *
     * @param maxQueuedBytes what a connection accepts before what was sent has arrived: {@link Connection#send} returns
     *     false where a message would make it more
     */
    public FakeTransport(FakeNetwork network, int maxQueuedBytes) {
        this.network = network;
        this.maxQueuedBytes = maxQueuedBytes;
    }

    /** The network that it connects to. */
    public FakeNetwork network() {
        return network;
    }

    /** {@inheritDoc} It is a view of {@link FakeNetwork#loop()}. */
    @Override
    public synchronized EventLoop newEventLoop() {
        requireOpen();
        EventLoop loop = network.loop().newView();
        loops.add(loop);
        return loop;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the loop is not one that this transport has lent
     * @throws IllegalStateException if this transport or the loop is closed
     */
    @Override
    public synchronized Connection connect(ServerAddress server, EventLoop loop, ConnectionListener listener) {
        requireOpen();
        if (!loops.contains(loop) || !(loop instanceof VirtualLoopView view)) {
            throw new IllegalArgumentException("loop '" + loop + "' was not lent by this transport");
        }
        if (view.isClosed()) {
            throw new IllegalStateException("loop '" + loop + "' is closed");
        }
        if (connections.size() >= tidyAt) {
            connections.removeIf(connection -> connection.end().isOver());
            tidyAt = Math.max(FEW, 2 * connections.size());
        }
        ClientConnection connection =
                network.connect(server, view, listener, maxQueuedBytes).client();
        connections.add(connection);
        return connection;
    }

    /**
     * {@inheritDoc} The tasks in which the listeners are told run as soon as the virtual loop is driven. The virtual loop
     * itself goes on.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        connections.forEach(Connection::abort);
        connections.clear();
        loops.forEach(EventLoop::close);
        loops.clear();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the transport is closed");
        }
    }
}
