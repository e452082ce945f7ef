package io.websip.transport.jetty;

import io.websip.kit.CompressionContract;
import io.websip.kit.KitOptions;
import io.websip.transport.socket.TransportBuilder;

class JettyCompressionTest extends CompressionContract {
    @Override
    protected TransportBuilder<?> newBuilder(KitOptions options) {
        return JettyKit.builder(options);
    }

    /** Jetty 12.1's client goes on with its context whatever the server answers, so such a server is refused. */
    @Override
    protected boolean canBeginAnew() {
        return false;
    }
}
