/** An in-memory network, SIP server and clock, to test programs that use websip. */
module io.websip.transport.fake {
    requires transitive io.websip;
    requires static org.jspecify;
    requires static com.google.guice;

    exports io.websip.transport.fake;
}
