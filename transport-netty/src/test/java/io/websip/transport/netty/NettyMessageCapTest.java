package io.websip.transport.netty;

import io.websip.kit.KitOptions;
import io.websip.kit.MessageCapContract;
import io.websip.transport.Transport;

class NettyMessageCapTest extends MessageCapContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return NettyKit.newTransport(options);
    }
}
