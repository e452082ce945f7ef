package io.websip.transport.jetty;

import io.websip.kit.HandshakeContract;
import io.websip.kit.KitOptions;
import io.websip.transport.Transport;

class JettyHandshakeTest extends HandshakeContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return JettyKit.newTransport(options);
    }
}
