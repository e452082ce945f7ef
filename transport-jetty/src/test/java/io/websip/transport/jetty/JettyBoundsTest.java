package io.websip.transport.jetty;

import io.websip.kit.BoundsContract;
import io.websip.kit.KitOptions;
import io.websip.transport.socket.TransportBuilder;

class JettyBoundsTest extends BoundsContract {
    @Override
    protected TransportBuilder<?> newBuilder(KitOptions options) {
        return JettyKit.builder(options);
    }
}
