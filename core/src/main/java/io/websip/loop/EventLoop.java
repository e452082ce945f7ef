package io.websip.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/**
 * Executor, timer and clock in one: everything that a user agent's engine knows of threads and time.
 *
 * <p>An agent is confined to one loop, so it needs no locks. A loop runs one task at a time, tasks in the order in which
 * they were given, and a timer's task never before its time. A task that throws is reported (logged) by the loop and
 * changes nothing for the tasks after it.
 *
 * <p>Thread-safe, except where a method says otherwise.
 */
public interface EventLoop extends Executor, AutoCloseable {
    /**
     * Runs the task on the loop, after all tasks given before it; never within this call, not even when it is made on
     * the loop.
     *
     * @throws RejectedExecutionException if the loop is closed, or the transport that lent it
     */
    @Override
    void execute(Runnable task);

    /**
     * Runs the task on the loop once the delay has passed. A delay of zero or less means as soon as possible, yet never
     * within this call.
     *
     * @param delay nanoseconds are kept as far as the implementation's timers can
     * @throws RejectedExecutionException if the loop is closed, or the transport that lent it
     */
    Timer schedule(Duration delay, Runnable task);

    /** A monotonic time in nanoseconds, of which only differences mean anything. */
    long nanoTime();

    /** The time of day, for header fields such as Date. It may jump; durations come from {@link #nanoTime()}. */
    Instant now();

    /** Whether the calling thread is the one that runs this loop's tasks now. */
    boolean inLoop();

    /**
     * Where user code may run so that it cannot hold up this loop: a pool of daemon threads behind a real transport, the
     * virtual loop itself behind the fake. The order of tasks is not kept; who needs order puts a queue in front.
     */
    Executor callbackExecutor();

    /**
     * What a thread does before it blocks until the condition holds. A loop with a thread of its own does nothing here; a
     * loop that its caller drives, such as a virtual one, runs until the condition holds, so that blocking calls work on
     * it too.
     */
    default void runUntil(BooleanSupplier condition) {}

    /**
     * Gives the loop back. Timers that have not run are dropped, tasks already accepted by {@link #execute} still run,
     * and later calls are rejected. May be called from any thread, also on the loop; a second call does nothing.
     */
    @Override
    void close();

    /** A task that waits for its time. */
    interface Timer {
        /**
         * Takes the task back. On the loop this is certain: after it the task does not run. From another thread it may
         * come too late. A second call, or one after the task has run, does nothing.
         */
        void cancel();
    }
}
