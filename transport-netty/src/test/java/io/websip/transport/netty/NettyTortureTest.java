package io.websip.transport.netty;

import io.websip.kit.KitOptions;
import io.websip.kit.TortureContract;
import io.websip.transport.Transport;

class NettyTortureTest extends TortureContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return NettyKit.newTransport(options);
    }
}
