package io.websip.transport.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.websip.kit.KitOptions;
import io.websip.kit.LeftoversContract;
import io.websip.transport.Transport;

class NettyLeftoversTest extends LeftoversContract {
    @Override
    protected Transport newTransport(KitOptions options) {
        return NettyKit.newTransport(options);
    }

    @Override
    protected long uncountedDirectMemory() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }
}
