package io.websip.transport.jetty;

import io.websip.kit.KitOptions;
import io.websip.kit.OpeningContract;
import io.websip.transport.Transport;

class JettyLentOpeningTest extends OpeningContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return new OnLentClient(options);
    }
}
