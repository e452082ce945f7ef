package io.websip.transport.jetty;

import io.websip.kit.CompletenessContract;
import io.websip.kit.TransportContract;
import java.util.Set;

class JettyKitTest extends CompletenessContract {
    @Override
    protected Set<Class<? extends TransportContract>> tests() {
        return Set.of(
                JettyOpeningTest.class,
                JettyMessagesTest.class,
                JettyClosingTest.class,
                JettyConcurrencyTest.class,
                JettyLimitsTest.class,
                JettyKeepAliveTest.class,
                JettyEventLoopTest.class,
                JettyHandshakeTest.class,
                JettyFramingTest.class,
                JettyAnsweringTest.class,
                JettyMessageCapTest.class,
                JettyTlsTest.class,
                JettyAutobahnTest.class,
                JettyUpgradeTest.class,
                JettyProxyTest.class,
                JettyCompressionTest.class,
                JettyTlsOptionsTest.class,
                JettyAddressesTest.class,
                JettyTortureTest.class,
                JettyBoundsTest.class,
                JettyLeftoversTest.class,
                JettyGuestTest.class);
    }
}
