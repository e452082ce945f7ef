package io.websip.transport.netty;

import io.websip.kit.KitOptions;
import io.websip.kit.MessagesContract;
import io.websip.transport.Transport;

class NettyMessagesTest extends MessagesContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return NettyKit.newTransport(options);
    }
}
