package io.websip.interop;

import io.websip.kit.KitCertificates;
import io.websip.transport.Transport;
import io.websip.transport.jetty.JettyTransport;
import io.websip.transport.netty.NettyTransport;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

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

    /** Each of these with each of the transports. */
    static Stream<Arguments> with(String... others) {
        return Stream.of(others).flatMap(other -> Stream.of(values()).map(by -> Arguments.of(other, by)));
    }

    boolean isSecure() {
        return secure;
    }

    /** As the Messenger's {@code --transport} has it. */
    String library() {
        return this == NETTY_WS || this == NETTY_WSS ? "netty" : "jetty";
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
