package io.websip.transport.jetty;

import io.websip.kit.KitOptions;
import io.websip.kit.OpeningContract;
import io.websip.transport.Transport;

class JettyOpeningTest extends OpeningContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return JettyKit.newTransport(options);
    }
}
