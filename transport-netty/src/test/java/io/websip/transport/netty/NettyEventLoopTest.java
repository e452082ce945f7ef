package io.websip.transport.netty;

import io.websip.kit.EventLoopContract;
import io.websip.kit.KitOptions;
import io.websip.transport.Transport;

class NettyEventLoopTest extends EventLoopContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return NettyKit.newTransport(options);
    }
}
