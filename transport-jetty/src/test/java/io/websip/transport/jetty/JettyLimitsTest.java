package io.websip.transport.jetty;

import io.websip.kit.KitOptions;
import io.websip.kit.LimitsContract;
import io.websip.transport.Transport;

class JettyLimitsTest extends LimitsContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return JettyKit.newTransport(options);
    }
}
