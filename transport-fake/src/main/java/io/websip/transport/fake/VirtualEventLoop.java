package io.websip.transport.fake;

import io.websip.loop.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An event loop whose time is virtual: nothing runs and no time passes until a test says so, and then everything runs on
 * the test's thread, in the same order each time.
 *
 * <pre>{@code
 * VirtualEventLoop loop = new VirtualEventLoop();
 * loop.schedule(Duration.ofSeconds(32), () -> timedOut = true);
 * loop.advanceBy(Duration.ofSeconds(31));        // costs no real time; not yet due
 * loop.runUntil(() -> timedOut);
 * loop.assertQuiet();
 * }</pre>
 *
 * <p><b>Order.</b> Tasks and timers run by deadline, and those of one deadline in the order in which they were given. Time
 * moves from deadline to deadline: a timer due after one second finds that one second has passed, however far the test
 * advances.
 *
 * <p><b>Views.</b> One virtual loop serves a whole test. Each agent has a view of it ({@link #newView}): it shares time
 * and order, but has its own {@link EventLoop#close()} and its own {@link EventLoop#inLoop()}, so an agent that touches
 * another's state, or its own from a callback, is found out as it would be behind a real transport.
 *
 * <p><b>Tasks that throw.</b> What a task throws is kept, the tasks after it run as if nothing had happened, and the
 * method that drove the loop ends with an {@link AssertionError} that has it as its cause: in a test nothing is only
 * logged. A test that expects such throws takes them by {@link #onUncaught}.
 *
 * <p><b>Threads.</b> Tasks may be given and timers cancelled from any thread. Driving (the {@code advance} and
 * {@code run} methods) is for one thread at a time, and not for a task or a condition: else {@link IllegalStateException}.
 */
public final class VirtualEventLoop implements EventLoop {
    /** The time of day at which every loop starts. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** How much virtual time {@link #runUntil(BooleanSupplier)} allows: longer than any SIP transaction or RFC timer. */
    public static final Duration DEFAULT_LIMIT = Duration.ofHours(1);

    /** How many tasks one driving call runs before it takes them for a loop without end. */
    public static final int MAX_STEPS = 1_000_000;

    private static final int MAX_REPORTED = 100;

    // Ten seconds before the overflow, so that code which compares times instead of subtracting them is found out.
    private static final long NANO_ORIGIN =
            Long.MAX_VALUE - Duration.ofSeconds(10).toNanos();

    private final TaskQueue queue = new TaskQueue();
    private final VirtualLoopView main = new VirtualLoopView(this, queue, "main");
    private final List<VirtualLoopView> views = new CopyOnWriteArrayList<>();
    private final AtomicInteger lastAgent = new AtomicInteger();
    private final AtomicReference<@Nullable Thread> driver = new AtomicReference<>();
    private final UncaughtThrows uncaught = new UncaughtThrows();
    private volatile @Nullable VirtualTask running;
    private volatile Duration clockShift = Duration.ZERO;
    private volatile boolean closed;
    private int steps; // confined to the driver

    /** A loop of its own, at {@link #START}, with nothing to run. */
    public VirtualEventLoop() {}

    /** A view named {@code agent-1}, {@code agent-2} and so on. */
    public EventLoop newView() {
        return newView("agent-" + lastAgent.incrementAndGet());
    }

    /**
     * A loop with timers and an end of its own, run by this one.
     *
     * @param name how errors and {@link #pending()} call it
     * @throws IllegalStateException if this loop is closed
     */
    public EventLoop newView(String name) {
        return newNamedView(name);
    }

    VirtualLoopView newNamedView(String name) {
        synchronized (queue) {
            if (closed) {
                throw new IllegalStateException("the virtual loop is closed");
            }
            VirtualLoopView view = new VirtualLoopView(this, queue, name);
            views.add(view);
            return view;
        }
    }

    /**
     * Lets time pass and runs what comes due, up to and including the end of that time; then it is exactly that much
     * later.
     *
     * @param time zero runs what is ready
     * @throws IllegalArgumentException if it is negative
     * @throws AssertionError if a task threw, or after {@link #MAX_STEPS} tasks
     */
    public void advanceBy(Duration time) {
        requireNotNegative(time);
        drive(() -> {
            long end = queue.timeAfter(time);
            for (VirtualTask next; (next = queue.takeDueByOrMoveTo(end)) != null; ) {
                run(next, "advanceBy(" + time + ")");
            }
        });
    }

    /**
     * Runs what is ready, and what that makes ready, without letting time pass.
     *
     * @throws AssertionError if a task threw, or after {@link #MAX_STEPS} tasks
     */
    public void runReady() {
        drive(() -> {
            for (VirtualTask next; (next = queue.takeDueBy(queue.elapsed())) != null; ) {
                run(next, "runReady()");
            }
        });
    }

    /**
     * {@link #runUntil(BooleanSupplier, Duration)} with {@link #DEFAULT_LIMIT}.
     *
     * @throws AssertionError as there
     */
    @Override
    public void runUntil(BooleanSupplier condition) {
        runUntil(condition, DEFAULT_LIMIT);
    }

    /**
     * Runs task after task, letting time pass as needed, until the condition is true. It is asked before the first task
     * and after each; time stays where it came true.
     *
     * @param condition must not drive the loop
     * @param limit how much time may pass at most; what is due at its very end still runs
     * @throws AssertionError if it is not true after that time, when nothing is left to run, or after {@link #MAX_STEPS}
     *     tasks, with a list of what is pending; or if a task threw
     */
    public void runUntil(BooleanSupplier condition, Duration limit) {
        requireNotNegative(limit);
        drive(() -> {
            long end = queue.timeAfter(limit);
            while (!condition.getAsBoolean()) {
                VirtualTask next = queue.takeDueBy(end);
                if (next == null) {
                    throw new AssertionError("the condition is not true"
                            + (queue.isEmpty()
                                    ? " and nothing is left that could make it true"
                                    : " and nothing more is due within " + limit + " of virtual time")
                            + report());
                }
                run(next, "runUntil");
            }
        });
    }

    /** How much virtual time has passed since this loop was made. */
    public Duration elapsed() {
        return Duration.ofNanos(queue.elapsed());
    }

    /** What waits to be run on this loop and all its views, next first. A snapshot. */
    public List<PendingTask> pending() {
        return queue.snapshot();
    }

    /**
     * Fails if anything waits to be run, on whichever view, or if what a task threw has not been reported.
     *
     * @throws AssertionError with the list
     */
    public void assertQuiet() {
        uncaught.throwIfAny();
        if (!pending().isEmpty()) {
            throw new AssertionError("the loop is not quiet" + report());
        }
    }

    /**
     * Takes what tasks throw from now on; the driving call then ends without an error. It is called on the driving thread
     * after the task; what it throws itself ends the driving call at once.
     */
    public void onUncaught(Consumer<Throwable> handler) {
        uncaught.handler(handler);
    }

    /**
     * Sets the time of day forward, or back, as an operator or NTP might. Neither {@link #nanoTime()} nor any timer
     * notices.
     */
    public void shiftClock(Duration by) {
        clockShift = clockShift.plus(by);
    }

    @Override
    public void execute(Runnable task) {
        main.execute(task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return main.schedule(delay, task);
    }

    /** {@inheritDoc} It starts so that it overflows after ten seconds, as any monotonic clock may. */
    @Override
    public long nanoTime() {
        return NANO_ORIGIN + queue.elapsed();
    }

    @Override
    public Instant now() {
        return START.plusNanos(queue.elapsed()).plus(clockShift);
    }

    /**
     * Whether the calling thread runs a task or timer that was given to this loop itself: not one of a view, and not a
     * callback.
     */
    @Override
    public boolean inLoop() {
        return main.inLoop();
    }

    /**
     * Runs callbacks as tasks of this loop, each in its turn, yet with {@link #inLoop()} false. It outlives a view's end,
     * and rejects once this loop is closed.
     */
    @Override
    public Executor callbackExecutor() {
        return main.callbackExecutor();
    }

    /** Closes this loop and all views. It can still be driven, to run the tasks accepted before. */
    @Override
    public void close() {
        synchronized (queue) {
            closed = true;
            main.close();
            views.forEach(VirtualLoopView::close);
        }
    }

    /** The view that tasks given to this loop itself run on. */
    VirtualLoopView main() {
        return main;
    }

    void executeCallback(VirtualLoopView view, Runnable task, Object description) {
        Objects.requireNonNull(task, "task");
        synchronized (queue) {
            if (closed) {
                throw new RejectedExecutionException("the virtual loop is closed");
            }
            queue.add(Duration.ZERO, VirtualTask.Kind.CALLBACK, view, task, description);
        }
    }

    boolean runsTaskOf(VirtualLoopView view) {
        VirtualTask task = running;
        return task != null
                && task.view == view
                && task.kind != VirtualTask.Kind.CALLBACK
                && driver.get() == Thread.currentThread();
    }

    /** What came to light within a task, but was caught before the loop could see it. */
    void reportUncaught(Throwable thrown) {
        uncaught.add(String.valueOf(running), elapsed(), thrown);
    }

    private void drive(Runnable steps) {
        Thread me = Thread.currentThread();
        Thread other = driver.compareAndExchange(null, me);
        if (other != null) {
            throw new IllegalStateException(
                    other == me
                            ? "a task or condition must not drive the loop that runs it"
                            : "thread '" + other.getName() + "' is driving this loop; only one may at a time");
        }
        this.steps = 0;
        try {
            steps.run();
        } catch (RuntimeException | Error e) {
            uncaught.suppressIn(e);
            throw e;
        } finally {
            driver.set(null);
        }
        uncaught.throwIfAny();
    }

    private void run(VirtualTask task, String call) {
        if (++steps > MAX_STEPS) {
            queue.putBack(task);
            throw new AssertionError(
                    call + " ran " + MAX_STEPS + " tasks without an end; the next is " + task + report());
        }
        running = task;
        try {
            task.work.run();
        } catch (Throwable t) {
            reportUncaught(t);
        } finally {
            running = null;
        }
        uncaught.tellHandler();
    }

    private String report() {
        List<PendingTask> pending = pending();
        StringBuilder report = new StringBuilder(" at ").append(elapsed());
        report.append(pending.isEmpty() ? "; nothing is pending" : "; pending:");
        pending.stream()
                .limit(MAX_REPORTED)
                .forEach(task -> report.append("\n  ").append(task));
        if (pending.size() > MAX_REPORTED) {
            report.append("\n  and ").append(pending.size() - MAX_REPORTED).append(" more");
        }
        return report.toString();
    }

    private static void requireNotNegative(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("virtual time cannot go back: " + time);
        }
    }
}
