package io.websip.transport.jetty;

import io.websip.kit.ConcurrencyContract;
import io.websip.kit.KitOptions;
import io.websip.transport.Transport;

class JettyConcurrencyTest extends ConcurrencyContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return JettyKit.newTransport(options);
    }
}
