package io.websip.transport.jetty;

import io.websip.kit.KitOptions;
import io.websip.kit.UpgradeContract;
import io.websip.transport.socket.TransportBuilder;

class JettyUpgradeTest extends UpgradeContract {
    @Override
    protected TransportBuilder<?> newBuilder(KitOptions options) {
        return JettyKit.builder(options);
    }
}
