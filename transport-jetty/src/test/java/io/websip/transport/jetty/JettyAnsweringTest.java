package io.websip.transport.jetty;

import io.websip.kit.AnsweringContract;
import io.websip.kit.KitOptions;
import io.websip.transport.Transport;

class JettyAnsweringTest extends AnsweringContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return JettyKit.newTransport(options);
    }
}
