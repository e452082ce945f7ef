package io.websip.transport.netty;

import io.netty.util.concurrent.Future;
import io.websip.loop.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One of Netty's event loops, lent to a user agent: tasks, timers and socket events share one thread, so a message
 * crosses none. Several user agents may have the same one. Thread-safe; its set of timers is confined to the loop.
 */
final class NettyEventLoop implements EventLoop {
    private static final System.Logger LOG = System.getLogger("io.websip.transport.netty");

    private final NettyTransport transport;
    private final io.netty.channel.EventLoop netty;
    private final Executor callbacks;
    private final Consumer<NettyEventLoop> onClosed;
    private final Set<LoopTimer> timers = new HashSet<>();
    private volatile boolean closed;

    NettyEventLoop(
            NettyTransport transport,
            io.netty.channel.EventLoop netty,
            Executor callbacks,
            Consumer<NettyEventLoop> onClosed) {
        this.transport = transport;
        this.netty = netty;
        this.callbacks = callbacks;
        this.onClosed = onClosed;
    }

    boolean isOf(NettyTransport candidate) {
        return transport == candidate;
    }

    boolean isClosed() {
        return closed;
    }

    io.netty.channel.EventLoop netty() {
        return netty;
    }

    @Override
    public void execute(Runnable task) {
        rejectIfClosed();
        netty.execute(task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        rejectIfClosed();
        LoopTimer timer = new LoopTimer(task, nanoTime() + TimeUnit.NANOSECONDS.convert(delay));
        if (netty.inEventLoop()) {
            timer.arm();
        } else {
            netty.execute(timer::arm);
        }
        return timer;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public boolean inLoop() {
        return netty.inEventLoop();
    }

    @Override
    public Executor callbackExecutor() {
        return callbacks;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        onClosed.accept(this);
        if (netty.inEventLoop()) {
            dropTimers();
            return;
        }
        try {
            netty.execute(this::dropTimers);
        } catch (RejectedExecutionException e) {
            // Netty's loop has ended, and its timers with it.
            LOG.log(System.Logger.Level.TRACE, "loop closed after Netty's", e);
        }
    }

    private void rejectIfClosed() {
        if (closed) {
            throw new RejectedExecutionException("this event loop is closed");
        }
    }

    private void dropTimers() {
        Set<LoopTimer> pending = new HashSet<>(timers);
        pending.forEach(LoopTimer::drop);
    }

    /** Confined to the loop but for {@link #cancel}. */
    private final class LoopTimer implements Timer, Runnable {
        private final long deadline;
        private volatile @Nullable Runnable task;
        private @Nullable Future<?> alarm;

        LoopTimer(Runnable task, long deadline) {
            this.task = task;
            this.deadline = deadline;
        }

        void arm() {
            if (closed || task == null) {
                task = null;
                return;
            }
            timers.add(this);
            alarm = netty.schedule(this, Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        }

        @Override
        public void run() {
            Runnable due = task;
            task = null;
            timers.remove(this);
            if (due == null) {
                return;
            }
            try {
                due.run();
            } catch (Throwable e) {
                LOG.log(System.Logger.Level.ERROR, "a timer's task threw; the loop goes on", e);
            }
        }

        @Override
        public void cancel() {
            if (task == null) {
                return;
            }
            task = null;
            if (netty.inEventLoop()) {
                drop();
                return;
            }
            try {
                netty.execute(this::drop);
            } catch (RejectedExecutionException e) {
                LOG.log(System.Logger.Level.TRACE, "timer cancelled after the loop ended", e);
            }
        }

        void drop() {
            task = null;
            timers.remove(this);
            if (alarm != null) {
                alarm.cancel(false);
            }
        }
    }
}
