package io.websip.transport.netty;

import io.websip.kit.KitOptions;
import io.websip.kit.LimitsContract;
import io.websip.transport.Transport;

class NettyLimitsTest extends LimitsContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return NettyKit.newTransport(options);
    }
}
