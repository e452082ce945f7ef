package io.websip.transport.jetty;

import io.websip.kit.KitOptions;
import io.websip.transport.Transport;

/** How the contract kit's wishes become a {@link JettyTransport}. */
final class JettyKit {
    private JettyKit() {}

    static Transport newTransport(KitOptions options) {
        return builder(options).build();
    }

    static JettyTransport.Builder builder(KitOptions options) {
        return options.applyTo(JettyTransport.builder().threads(2));
    }
}
