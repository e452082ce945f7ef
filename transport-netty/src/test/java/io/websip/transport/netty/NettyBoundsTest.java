package io.websip.transport.netty;

import io.websip.kit.BoundsContract;
import io.websip.kit.KitOptions;
import io.websip.transport.socket.TransportBuilder;

class NettyBoundsTest extends BoundsContract {
    @Override
    protected TransportBuilder<?> newBuilder(KitOptions options) {
        return NettyKit.builder(options);
    }
}
