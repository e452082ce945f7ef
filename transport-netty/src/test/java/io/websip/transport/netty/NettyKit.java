package io.websip.transport.netty;

import io.websip.kit.KitCertificates;
import io.websip.kit.KitOptions;
import io.websip.transport.Transport;

/** How the contract kit's wishes become a {@link NettyTransport}. */
final class NettyKit {
    private NettyKit() {}

    static Transport newTransport(KitOptions options) {
        return builder(options).build();
    }

    static NettyTransport.Builder builder(KitOptions options) {
        NettyTransport.Builder builder = NettyTransport.builder()
                .threads(2)
                .connectTimeout(options.connectTimeout())
                .handshakeTimeout(options.handshakeTimeout())
                .closeTimeout(options.closeTimeout())
                .maxMessageBytes(options.maxMessageBytes())
                .maxQueuedBytes(options.maxQueuedBytes());
        return options.trustKitCa() ? builder.trust(KitCertificates.ca()) : builder;
    }
}
