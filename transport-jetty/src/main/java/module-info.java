/** The WebSocket transport on Jetty's client. */
module io.websip.transport.jetty {
    requires transitive io.websip;
    requires transitive org.eclipse.jetty.client;
    requires org.eclipse.jetty.http;
    requires org.eclipse.jetty.io;
    requires org.eclipse.jetty.util;
    requires org.eclipse.jetty.websocket.core.client;
    requires org.eclipse.jetty.websocket.core.common;
    requires static org.jspecify;
    requires static com.google.guice;

    exports io.websip.transport.jetty;
}
