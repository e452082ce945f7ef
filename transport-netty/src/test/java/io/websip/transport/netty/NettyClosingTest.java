package io.websip.transport.netty;

import io.websip.kit.ClosingContract;
import io.websip.kit.KitOptions;
import io.websip.transport.Transport;

class NettyClosingTest extends ClosingContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return NettyKit.newTransport(options);
    }
}
