package io.websip.transport.jetty;

import io.websip.kit.KitOptions;
import io.websip.kit.MessageCapContract;
import io.websip.transport.Transport;

class JettyMessageCapTest extends MessageCapContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return JettyKit.newTransport(options);
    }
}
