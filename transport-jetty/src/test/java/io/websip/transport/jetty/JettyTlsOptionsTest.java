package io.websip.transport.jetty;

import io.websip.kit.KitOptions;
import io.websip.kit.TlsOptionsContract;
import io.websip.transport.socket.TransportBuilder;

class JettyTlsOptionsTest extends TlsOptionsContract {
    @Override
    protected TransportBuilder<?> newBuilder(KitOptions options) {
        return JettyKit.builder(options);
    }
}
