package io.websip;

import io.websip.internal.log.GuardedLogger;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs an agent's listeners one at a time and in order on an executor that keeps no order, and never one within another.
 * Thread-safe. It has no bound of its own; those who fill it have: pending messages, and the limits on incoming ones. Events
 * of the connection wait behind a listener that blocks; no more come than the pauses between attempts let through.
 *
 * <p>The executor is foreign code. It may run a task at once, later, on any thread, twice, or throw whatever it likes, also
 * after it has taken the task: no listener is left out, and none runs beside another. Where it throws, the listeners run on
 * the thread that has called, as a rule the loop, until it takes tasks again. One that drops what it has taken holds up the
 * lane until {@link #urge}.
 */
final class CallbackLane implements Executor {
    private static final System.Logger LOG = GuardedLogger.of("io.websip.agent");

    /** After so many the executor gets a chance to run others. */
    private static final int BATCH = 64;

    private final Executor executor;
    private final Queue<Runnable> queue = new ArrayDeque<>(1); // guarded by itself
    private @Nullable Turn turn; // that is given or runs; null while nothing waits; guarded by the queue
    private volatile boolean failing; // the executor threw when it was last asked
    private volatile @Nullable Thread running;

    CallbackLane(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        Turn next;
        synchronized (queue) {
            queue.add(task);
            if (turn != null) {
                return;
            }
            next = new Turn();
            turn = next;
        }
        give(next);
    }

    /**
     * Asks the executor once more, where it has not begun yet: one that has been shut down since may have dropped what it
     * had taken.
     */
    void urge() {
        Turn given;
        synchronized (queue) {
            given = turn;
        }
        if (given != null && !given.get()) {
            give(given);
        }
    }

    /** Whether the calling thread is one of this lane's listeners. */
    boolean isCurrentThread() {
        return running == Thread.currentThread();
    }

    private void give(Turn next) {
        try {
            executor.execute(next);
            failing = false;
        } catch (Throwable e) { // whatever it is: an Error is no reason to lose an outcome either
            if (!failing) {
                failing = true;
                LOG.log(
                        System.Logger.Level.ERROR,
                        "the callback executor threw: listeners run on the caller's thread until it takes tasks again",
                        e);
            }
            next.run();
        }
    }

    /** The right to run what waits. Whoever runs it first has it; it may be given and run any number of times. */
    private final class Turn extends AtomicBoolean implements Runnable {
        private static final long serialVersionUID = 1;

        /** The thread that hands the rest over to this turn from within the turn before; null for a first one. */
        private final transient @Nullable Thread giver;

        /** For the giver alone: it is in the call to the executor. */
        private transient boolean giving;

        /** For the giver alone: the executor has run this turn within the call. */
        private transient boolean within;

        Turn() {
            giver = null;
        }

        Turn(Thread giver) {
            this.giver = giver;
            this.giving = true;
        }

        @Override
        public void run() {
            if (!compareAndSet(false, true)) {
                return;
            }
            if (giver == Thread.currentThread() && giving) {
                within = true; // the turn before goes on: nested ones would fill the stack
            } else {
                drain();
            }
        }

        /** @return whether the turn before is to go on in its place */
        boolean handOver() {
            give(this);
            giving = false;
            return within;
        }
    }

    private void drain() {
        Thread thread = Thread.currentThread();
        do {
            running = thread;
            for (int i = 0; i < BATCH; i++) {
                Runnable task;
                synchronized (queue) {
                    task = queue.poll();
                    if (task == null) {
                        running = null;
                        turn = null;
                        return;
                    }
                }
                guarded(task);
            }
            running = null;
        } while (nextTurn(thread).handOver());
    }

    private Turn nextTurn(Thread thread) {
        Turn next = new Turn(thread);
        synchronized (queue) {
            turn = next;
        }
        return next;
    }

    /** Listeners are foreign code: whatever one throws is logged and harms nobody else. */
    static boolean guarded(Runnable listener) {
        try {
            listener.run();
            return true;
        } catch (Throwable t) {
            LOG.log(System.Logger.Level.ERROR, "a listener threw; the agent goes on", t);
            return false;
        }
    }
}
