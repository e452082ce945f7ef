package io.websip.transport.jetty;

import io.websip.kit.KitOptions;
import io.websip.kit.TlsContract;
import io.websip.transport.Transport;

class JettyLentTlsTest extends TlsContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return new OnLentClient(options);
    }
}
