package io.websip.transport.jetty;

import java.io.EOFException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.DuplexConnectionPool;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.util.IO;

/**
 * Jetty's pool for a destination that has one upgrade request only (see {@link Attempt}), and so one connection in all its life.
 */
final class UpgradePool extends DuplexConnectionPool {
    private final HttpDestination destination;
    private final AtomicBoolean created = new AtomicBoolean();
    private volatile boolean lost;

    UpgradePool(Destination destination) {
        super(destination, 1);
        this.destination = (HttpDestination) destination;
    }

    /**
     * Where the server ends the connection before the request is on it, Jetty would open another, unasked, of which nobody
     * can say whether it is connected; but that the attempt has failed is for the agent to know, who decides what is next.
     */
    @Override
    protected void tryCreate(boolean create) {
        if (created.compareAndSet(false, true)) {
            super.tryCreate(create);
        } else if (lost) {
            destination.failed(new EOFException("the server has ended the connection"));
        }
    }

    @Override
    protected void onRemoved(Connection connection) {
        lost = true;
    }

    /**
     * A connection is there; the request takes it, if it still waits. One that comes when the request is given up is not kept
     * for the next, which will never be: it would stay open, and be silent, for as long as the client lives.
     */
    @Override
    protected void proceed() {
        super.proceed();
        Connection unwanted = activate();
        if (unwanted != null) {
            IO.close(unwanted);
        }
    }
}
