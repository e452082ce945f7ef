package io.websip.transport.jetty;

import io.websip.kit.ClosingContract;
import io.websip.kit.KitOptions;
import io.websip.transport.Transport;

class JettyLentClosingTest extends ClosingContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return new OnLentClient(options);
    }
}
