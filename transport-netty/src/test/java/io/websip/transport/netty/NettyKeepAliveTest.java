package io.websip.transport.netty;

import io.websip.kit.KeepAliveContract;
import io.websip.kit.KitOptions;
import io.websip.transport.Transport;

class NettyKeepAliveTest extends KeepAliveContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return NettyKit.newTransport(options);
    }
}
