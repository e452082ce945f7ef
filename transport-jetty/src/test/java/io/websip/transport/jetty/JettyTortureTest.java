package io.websip.transport.jetty;

import io.websip.kit.KitOptions;
import io.websip.kit.TortureContract;
import io.websip.transport.Transport;

class JettyTortureTest extends TortureContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return JettyKit.newTransport(options);
    }
}
