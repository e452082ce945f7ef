package io.websip.transport.netty;

import io.netty.util.concurrent.Future;
import io.websip.transport.socket.SharedEventLoop;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One of Netty's event loops, lent to a user agent: tasks, timers and socket events share one thread, so a message
 * crosses none. Several user agents may have the same one. Thread-safe.
 */
final class NettyEventLoop extends SharedEventLoop {
    private final io.netty.channel.EventLoop netty;

    NettyEventLoop(
            NettyTransport transport,
            io.netty.channel.EventLoop netty,
            Executor callbacks,
            Consumer<? super SharedEventLoop> onClosed) {
        super(transport, callbacks, onClosed);
        this.netty = netty;
    }

    io.netty.channel.EventLoop netty() {
        return netty;
    }

    @Override
    protected void give(Runnable task) {
        netty.execute(task);
    }

    @Override
    protected Future<?> alarm(Runnable task, long nanos) {
        return netty.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean inLoop() {
        return netty.inEventLoop();
    }
}
