package io.websip.transport.jetty;

import io.websip.internal.log.GuardedLogger;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One thread with tasks and timers, shared by the agents that were dealt to it: so ten thousand idle agents need no thread
 * each. It starts with its first task, and what a task throws is logged. Thread-safe.
 */
final class LoopThread implements Executor {
    private static final System.Logger LOG = GuardedLogger.of("io.websip.transport.jetty");

    private final ScheduledThreadPoolExecutor executor;
    private volatile @Nullable Thread thread;

    LoopThread(ThreadFactory threads) {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = threads.newThread(task);
            thread = made;
            return made;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs the task after all that were given before. Rejects it once the thread was told to end. */
    @Override
    public void execute(Runnable task) {
        executor.execute(() -> guarded(task));
    }

    /** Runs the task later; it must not throw. */
    Future<?> schedule(Runnable task, long nanos) {
        return executor.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Ends the thread after the tasks that it has; timers are dropped. */
    void end() {
        executor.shutdown();
    }

    boolean awaitEnd(long nanos) throws InterruptedException {
        return executor.awaitTermination(nanos, TimeUnit.NANOSECONDS);
    }

    /** Gives a task where it does not matter that the thread has ended: then nothing is left for it to do. */
    void executeIfAlive(Runnable task) {
        try {
            execute(task);
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.TRACE, "a task came after the loop's thread had ended", e);
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            LOG.log(System.Logger.Level.ERROR, "a task of a loop threw; the loop goes on", e);
        }
    }
}
