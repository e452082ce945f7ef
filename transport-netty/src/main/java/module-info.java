/** The WebSocket transport on Netty. */
module io.websip.transport.netty {
    requires transitive io.websip;
    requires transitive io.netty.transport;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.handler.proxy;
    requires static io.netty.transport.classes.epoll;
    requires static io.netty.transport.classes.io_uring;
    requires static io.netty.transport.classes.kqueue;
    requires static org.jspecify;
    requires static com.google.guice;

    exports io.websip.transport.netty;
}
