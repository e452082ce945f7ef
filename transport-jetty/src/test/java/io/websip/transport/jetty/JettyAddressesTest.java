package io.websip.transport.jetty;

import io.websip.kit.AddressesContract;
import io.websip.kit.KitOptions;
import io.websip.transport.socket.TransportBuilder;

class JettyAddressesTest extends AddressesContract {
    @Override
    protected TransportBuilder<?> newBuilder(KitOptions options) {
        return JettyKit.builder(options);
    }
}
