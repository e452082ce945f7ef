package io.websip.transport.socket;

import io.websip.internal.log.GuardedLogger;
import io.websip.loop.EventLoop;
import io.websip.transport.Transport;
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
 * An agent's view of a thread that runs tasks and timers, and that it may share with other agents: closing it drops the
 * agent's timers and leaves the thread to the others. An adapter says how its thread is reached. Thread-safe; its set of
 * timers is confined to the loop.
 */
public abstract class SharedEventLoop implements EventLoop {
    private static final System.Logger LOG = GuardedLogger.of("io.websip.transport");

    private final Transport transport;
    private final Executor callbacks;
    private final Consumer<? super SharedEventLoop> onClosed;
    private final Set<LoopTimer> timers = new HashSet<>();
    private volatile boolean closed;

    /**
     * An open loop.
     *
     * @param transport whose it is
     * @param callbacks see {@link EventLoop#callbackExecutor}
     * @param onClosed told once, on the thread that closes it
     */
    protected SharedEventLoop(Transport transport, Executor callbacks, Consumer<? super SharedEventLoop> onClosed) {
        this.transport = transport;
        this.callbacks = callbacks;
        this.onClosed = onClosed;
    }

    /**
     * Gives the thread a task, which runs after all that were given before.
     *
     * @throws RejectedExecutionException if the thread has ended
     */
    protected abstract void give(Runnable task);

    /**
     * Gives the thread a task for later. Called on the thread.
     *
     * @param nanos how much later; zero or more
     * @return cancels it; its {@code cancel} is called on the thread
     */
    protected abstract Future<?> alarm(Runnable task, long nanos);

    /** Whether the loop is one of this transport's. */
    public final boolean isOf(Transport candidate) {
        return transport == candidate;
    }

    /** Whether {@link #close} was called. */
    public final boolean isClosed() {
        return closed;
    }

    @Override
    public final void execute(Runnable task) {
        rejectIfClosed();
        give(task);
    }

    @Override
    public final Timer schedule(Duration delay, Runnable task) {
        rejectIfClosed();
        LoopTimer timer = new LoopTimer(task, nanoTime() + TimeUnit.NANOSECONDS.convert(delay));
        if (inLoop()) {
            timer.arm();
        } else {
            give(timer::arm);
        }
        return timer;
    }

    @Override
    public final long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public final Instant now() {
        return Instant.now();
    }

    @Override
    public final Executor callbackExecutor() {
        return callbacks;
    }

    @Override
    public final void close() {
        if (closed) {
            return;
        }
        closed = true;
        onClosed.accept(this);
        giveIfAlive(this::dropTimers);
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

    /** At once where this is the thread. Where that has ended, so have its timers, and nothing is left to do. */
    private void giveIfAlive(Runnable task) {
        if (inLoop()) {
            task.run();
            return;
        }
        try {
            give(task);
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.TRACE, "a task came after the loop's thread had ended", e);
        }
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
            alarm = alarm(this, Math.max(0, deadline - nanoTime()));
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
            if (task != null) {
                task = null;
                giveIfAlive(this::drop);
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
