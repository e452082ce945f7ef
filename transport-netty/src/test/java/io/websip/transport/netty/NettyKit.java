package io.websip.transport.netty;

import io.websip.kit.KitOptions;
import io.websip.transport.Transport;

/** How the contract kit's wishes become a {@link NettyTransport}. */
final class NettyKit {
    private NettyKit() {}

    static Transport newTransport(KitOptions options) {
        return builder(options).build();
    }

    static NettyTransport.Builder builder(KitOptions options) {
        return options.applyTo(NettyTransport.builder().threads(2));
    }
}
