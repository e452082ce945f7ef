package io.websip.transport.jetty;

import io.websip.kit.GuestContract;
import io.websip.kit.KitOptions;
import io.websip.transport.Transport;

class JettyGuestTest extends GuestContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return JettyKit.newTransport(options);
    }

    /** A loop, one that looks up, Jetty's timer, and eight for sockets at most. */
    @Override
    protected int mostThreads() {
        return 11;
    }
}
