package io.websip.transport.netty;

import io.websip.kit.KitOptions;
import io.websip.kit.ProxyContract;
import io.websip.transport.socket.TransportBuilder;

class NettyProxyTest extends ProxyContract {
    @Override
    protected TransportBuilder<?> newBuilder(KitOptions options) {
        return NettyKit.builder(options);
    }
}
