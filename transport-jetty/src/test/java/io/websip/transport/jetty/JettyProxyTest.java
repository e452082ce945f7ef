package io.websip.transport.jetty;

import io.websip.kit.KitOptions;
import io.websip.kit.ProxyContract;
import io.websip.transport.socket.TransportBuilder;

class JettyProxyTest extends ProxyContract {
    @Override
    protected TransportBuilder<?> newBuilder(KitOptions options) {
        return JettyKit.builder(options);
    }
}
