/** An in-memory network, SIP server and clock, to test programs that use websip. */
module io.websip.transport.fake {
    requires transitive io.websip;
    requires static org.jspecify;
    requires static com.google.guice;
    requires static org.assertj.core;
    requires static org.junit.jupiter.api;

    exports io.websip.transport.fake;
    exports io.websip.transport.fake.assertj;
    exports io.websip.transport.fake.junit;
    exports io.websip.transport.fake.sip;
}
