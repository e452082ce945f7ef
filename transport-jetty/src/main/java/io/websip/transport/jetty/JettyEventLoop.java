package io.websip.transport.jetty;

import io.websip.loop.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An agent's view of a {@link LoopThread}, which it may share with other agents. Thread-safe; its set of timers is confined
 * to the loop.
 */
final class JettyEventLoop implements EventLoop {
    private final JettyTransport transport;
    private final LoopThread thread;
    private final Executor callbacks;
    private final Consumer<JettyEventLoop> onClosed;
    private final Set<LoopTimer> timers = new HashSet<>();
    private volatile boolean closed;

    JettyEventLoop(JettyTransport transport, LoopThread thread, Executor callbacks, Consumer<JettyEventLoop> onClosed) {
        this.transport = transport;
        this.thread = thread;
        this.callbacks = callbacks;
        this.onClosed = onClosed;
    }

    boolean isOf(JettyTransport candidate) {
        return transport == candidate;
    }

    boolean isClosed() {
        return closed;
    }

    LoopThread thread() {
        return thread;
    }

    @Override
    public void execute(Runnable task) {
        rejectIfClosed();
        thread.execute(task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        rejectIfClosed();
        LoopTimer timer = new LoopTimer(task, nanoTime() + TimeUnit.NANOSECONDS.convert(delay));
        if (thread.isCurrent()) {
            timer.arm();
        } else {
            thread.execute(timer::arm);
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
        return thread.isCurrent();
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
        if (thread.isCurrent()) {
            dropTimers();
        } else {
            thread.executeIfAlive(this::dropTimers);
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
            alarm = thread.schedule(this, Math.max(0, deadline - System.nanoTime()));
        }

        @Override
        public void run() {
            Runnable due = task;
            task = null;
            timers.remove(this);
            if (due != null) {
                due.run();
            }
        }

        @Override
        public void cancel() {
            if (task == null) {
                return;
            }
            task = null;
            if (thread.isCurrent()) {
                drop();
            } else {
                thread.executeIfAlive(this::drop);
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
