/** The WebSocket transport on Jetty's client. */
module io.websip.transport.jetty {
    requires transitive io.websip;
    requires static org.jspecify;
    requires static com.google.guice;
}
