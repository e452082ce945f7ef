package io.websip.transport.netty;

import io.websip.kit.KitOptions;
import io.websip.kit.OpeningContract;
import io.websip.transport.Transport;

class NettyOpeningTest extends OpeningContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return NettyKit.newTransport(options);
    }
}
