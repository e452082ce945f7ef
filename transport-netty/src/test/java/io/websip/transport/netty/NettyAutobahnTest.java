package io.websip.transport.netty;

import io.websip.kit.AutobahnContract;
import io.websip.kit.KitOptions;
import io.websip.transport.Transport;

class NettyAutobahnTest extends AutobahnContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return NettyKit.newTransport(options);
    }
}
