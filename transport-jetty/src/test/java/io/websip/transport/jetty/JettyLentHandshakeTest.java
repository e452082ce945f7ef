package io.websip.transport.jetty;

import io.websip.kit.HandshakeContract;
import io.websip.kit.KitOptions;
import io.websip.transport.Transport;

class JettyLentHandshakeTest extends HandshakeContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return new OnLentClient(options);
    }
}
