package io.websip.transport.jetty;

import io.websip.kit.KeepAliveContract;
import io.websip.kit.KitOptions;
import io.websip.transport.Transport;

class JettyKeepAliveTest extends KeepAliveContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return JettyKit.newTransport(options);
    }
}
