package io.websip.transport.netty;

import io.websip.kit.KitOptions;
import io.websip.kit.UpgradeContract;
import io.websip.transport.socket.TransportBuilder;

class NettyUpgradeTest extends UpgradeContract {
    @Override
    protected TransportBuilder<?> newBuilder(KitOptions options) {
        return NettyKit.builder(options);
    }
}
