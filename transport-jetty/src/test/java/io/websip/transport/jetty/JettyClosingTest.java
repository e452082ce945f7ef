package io.websip.transport.jetty;

import io.websip.kit.ClosingContract;
import io.websip.kit.KitOptions;
import io.websip.transport.Transport;

class JettyClosingTest extends ClosingContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return JettyKit.newTransport(options);
    }
}
