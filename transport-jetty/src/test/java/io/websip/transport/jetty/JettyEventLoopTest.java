package io.websip.transport.jetty;

import io.websip.kit.EventLoopContract;
import io.websip.kit.KitOptions;
import io.websip.transport.Transport;

class JettyEventLoopTest extends EventLoopContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return JettyKit.newTransport(options);
    }
}
