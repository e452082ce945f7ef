package io.websip.transport.netty;

import io.websip.kit.AnsweringContract;
import io.websip.kit.KitOptions;
import io.websip.transport.Transport;

class NettyAnsweringTest extends AnsweringContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return NettyKit.newTransport(options);
    }
}
