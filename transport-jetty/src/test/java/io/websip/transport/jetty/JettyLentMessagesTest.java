package io.websip.transport.jetty;

import io.websip.kit.KitOptions;
import io.websip.kit.MessagesContract;
import io.websip.transport.Transport;

class JettyLentMessagesTest extends MessagesContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return new OnLentClient(options);
    }
}
