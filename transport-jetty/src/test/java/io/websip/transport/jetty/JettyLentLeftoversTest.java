package io.websip.transport.jetty;

import io.websip.kit.KitOptions;
import io.websip.kit.LeftoversContract;
import io.websip.transport.Transport;

class JettyLentLeftoversTest extends LeftoversContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return new OnLentClient(options);
    }
}
