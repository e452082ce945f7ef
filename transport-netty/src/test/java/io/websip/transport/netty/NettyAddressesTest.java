package io.websip.transport.netty;

import io.websip.kit.AddressesContract;
import io.websip.kit.KitOptions;
import io.websip.transport.socket.TransportBuilder;

class NettyAddressesTest extends AddressesContract {
    @Override
    protected TransportBuilder<?> newBuilder(KitOptions options) {
        return NettyKit.builder(options);
    }
}
