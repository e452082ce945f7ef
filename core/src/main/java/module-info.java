/** SIP instant messages (RFC 3428) over WebSocket (RFC 7118): the engine, and the ports that transports fill. */
module io.websip {
    requires static org.jspecify;
    requires static jdk.jfr;
    requires java.naming;
    requires java.xml;

    exports io.websip;
    exports io.websip.config;
    exports io.websip.dns;
    exports io.websip.loop;
    exports io.websip.mime;
    exports io.websip.sip;
    exports io.websip.text;
    exports io.websip.trace;
    exports io.websip.transport;
    exports io.websip.transport.socket;
    exports io.websip.internal.auth to
            io.websip.transport.fake;
    exports io.websip.internal.log to
            io.websip.transport.fake,
            io.websip.transport.jetty,
            io.websip.transport.netty;
}
