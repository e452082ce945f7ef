package io.websip.transport.netty;

import io.websip.kit.HandshakeContract;
import io.websip.kit.KitOptions;
import io.websip.transport.Transport;

class NettyHandshakeTest extends HandshakeContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return NettyKit.newTransport(options);
    }
}
