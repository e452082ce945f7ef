package io.websip;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs an agent's listeners one at a time and in order on an executor that keeps no order, and never one within another.
 * Thread-safe. It has no bound of its own; those who fill it have: pending messages, and the limit on incoming ones. What is
 * told of the connection grows behind a listener that blocks, though no faster than the pauses between attempts let it.
 */
final class CallbackLane implements Executor {
    private static final System.Logger LOG = System.getLogger("io.websip.agent");

    /** After so many the executor gets a chance to run others. */
    private static final int BATCH = 64;

    private final Executor executor;
    private final Queue<Runnable> queue = new ArrayDeque<>(1); // guarded by itself
    private boolean scheduled; // guarded by the queue
    private volatile @Nullable Thread running;

    CallbackLane(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (queue) {
            queue.add(task);
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        schedule();
    }

    /** Whether the calling thread is one of this lane's listeners. */
    boolean isCurrentThread() {
        return running == Thread.currentThread();
    }

    private void schedule() {
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.ERROR, "the callback executor takes no more: listeners run on the loop", e);
            drain();
        }
    }

    private void drain() {
        running = Thread.currentThread();
        for (int i = 0; i < BATCH; i++) {
            Runnable task;
            synchronized (queue) {
                task = queue.poll();
                if (task == null) {
                    scheduled = false;
                    running = null;
                    return;
                }
            }
            guarded(task);
        }
        running = null;
        schedule();
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
