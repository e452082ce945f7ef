package io.websip.transport.jetty;

import io.websip.kit.AutobahnContract;
import io.websip.kit.KitOptions;
import io.websip.transport.Transport;

class JettyAutobahnTest extends AutobahnContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return JettyKit.newTransport(options);
    }
}
