package io.websip.transport.netty;

import io.websip.kit.ConcurrencyContract;
import io.websip.kit.KitOptions;
import io.websip.transport.Transport;

class NettyConcurrencyTest extends ConcurrencyContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return NettyKit.newTransport(options);
    }
}
