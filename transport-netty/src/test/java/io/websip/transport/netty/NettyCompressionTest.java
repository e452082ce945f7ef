package io.websip.transport.netty;

import io.websip.kit.CompressionContract;
import io.websip.kit.KitOptions;
import io.websip.transport.socket.TransportBuilder;

class NettyCompressionTest extends CompressionContract {
    @Override
    protected TransportBuilder<?> newBuilder(KitOptions options) {
        return NettyKit.builder(options);
    }
}
