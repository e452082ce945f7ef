package io.websip.transport.jetty;

import io.websip.kit.KitOptions;
import io.websip.kit.MessagesContract;
import io.websip.transport.Transport;

class JettyMessagesTest extends MessagesContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return JettyKit.newTransport(options);
    }
}
