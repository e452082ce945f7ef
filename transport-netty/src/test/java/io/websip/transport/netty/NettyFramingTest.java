package io.websip.transport.netty;

import io.websip.kit.FramingContract;
import io.websip.kit.KitOptions;
import io.websip.transport.Transport;

class NettyFramingTest extends FramingContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return NettyKit.newTransport(options);
    }
}
