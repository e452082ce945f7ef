package io.websip.transport.jetty;

import io.websip.kit.FramingContract;
import io.websip.kit.KitOptions;
import io.websip.transport.Transport;

class JettyFramingTest extends FramingContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return JettyKit.newTransport(options);
    }
}
