package io.websip.transport.netty;

import io.websip.kit.KitOptions;
import io.websip.kit.TlsContract;
import io.websip.transport.Transport;

class NettyTlsTest extends TlsContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return NettyKit.newTransport(options);
    }
}
