package io.websip.interop;

import io.websip.kit.KitCertificates;
import io.websip.transport.Transport;
import io.websip.transport.jetty.JettyTransport;
import io.websip.transport.netty.NettyTransport;

/** The transports that meet real servers, each in the clear and by TLS. */
enum Transports {
    NETTY_WS(false),
    NETTY_WSS(true),
    JETTY_WS(false),
    JETTY_WSS(true);

    private final boolean secure;

    Transports(boolean secure) {
        this.secure = secure;
    }

    boolean isSecure() {
        return secure;
    }

    Transport create() {
        return switch (this) {
            case NETTY_WS, NETTY_WSS ->
                NettyTransport.builder().trust(KitCertificates.ca()).build();
            case JETTY_WS, JETTY_WSS ->
                JettyTransport.builder().trust(KitCertificates.ca()).build();
        };
    }
}
