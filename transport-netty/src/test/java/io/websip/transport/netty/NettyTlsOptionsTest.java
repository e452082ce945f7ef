package io.websip.transport.netty;

import io.websip.kit.KitOptions;
import io.websip.kit.TlsOptionsContract;
import io.websip.transport.socket.TransportBuilder;

class NettyTlsOptionsTest extends TlsOptionsContract {
    @Override
    protected TransportBuilder<?> newBuilder(KitOptions options) {
        return NettyKit.builder(options);
    }
}
