package io.websip.transport.jetty;

import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.DuplexConnectionPool;
import org.eclipse.jetty.util.IO;

/**
 * Jetty's pool for a destination that has one upgrade request only (see {@link Attempt}). A connection that comes when that
 * request is given up is not kept for the next, which will never be: without this it would stay open, and be silent, for as long as
 * the client lives.
 */
final class UpgradePool extends DuplexConnectionPool {
    UpgradePool(Destination destination) {
        super(destination, 1);
    }

    /** A connection is there; the request takes it, if it still waits. */
    @Override
    protected void proceed() {
        super.proceed();
        Connection unwanted = activate();
        if (unwanted != null) {
            IO.close(unwanted);
        }
    }
}
