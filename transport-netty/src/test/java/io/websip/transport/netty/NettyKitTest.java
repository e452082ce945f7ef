package io.websip.transport.netty;

import io.websip.kit.CompletenessContract;
import io.websip.kit.TransportContract;
import java.util.Set;

class NettyKitTest extends CompletenessContract {
    @Override
    protected Set<Class<? extends TransportContract>> tests() {
        return Set.of(
                NettyOpeningTest.class,
                NettyMessagesTest.class,
                NettyClosingTest.class,
                NettyConcurrencyTest.class,
                NettyLimitsTest.class,
                NettyKeepAliveTest.class,
                NettyEventLoopTest.class,
                NettyHandshakeTest.class,
                NettyFramingTest.class,
                NettyAnsweringTest.class,
                NettyMessageCapTest.class,
                NettyTlsTest.class,
                NettyAutobahnTest.class,
                NettyUpgradeTest.class,
                NettyProxyTest.class,
                NettyCompressionTest.class,
                NettyTlsOptionsTest.class,
                NettyAddressesTest.class,
                NettyTortureTest.class,
                NettyBoundsTest.class,
                NettyLeftoversTest.class,
                NettyGuestTest.class);
    }
}
