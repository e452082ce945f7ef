/** The WebSocket transport on Netty. */
module io.websip.transport.netty {
    requires transitive io.websip;
    requires static org.jspecify;
    requires static com.google.guice;
}
