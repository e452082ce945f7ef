package io.websip.transport.fake;

import io.websip.loop.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/** One agent's loop on the shared virtual one: the same time and the same order, but timers and an end of its own. */
final class VirtualLoopView implements EventLoop {
    private final VirtualEventLoop shared;
    private final TaskQueue queue;
    private final String name;
    private final Executor callbackExecutor = this::executeCallback;
    final Set<VirtualTask> timers = new HashSet<>(); // that wait; guarded by the queue
    private boolean closed; // guarded by the queue, so that nothing slips in between close and the removal of timers

    VirtualLoopView(VirtualEventLoop shared, TaskQueue queue, String name) {
        this.shared = shared;
        this.queue = queue;
        this.name = name;
    }

    String name() {
        return name;
    }

    @Override
    public void execute(Runnable task) {
        add(Duration.ZERO, VirtualTask.Kind.TASK, task, CallSite.of("task"));
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return add(delay, VirtualTask.Kind.TIMER, task, CallSite.of("timer"));
    }

    /** A timer that says itself what it is for. */
    Timer schedule(Duration delay, String description, Runnable task) {
        return add(delay, VirtualTask.Kind.TIMER, task, description);
    }

    /** A task that says itself what it is for. */
    void execute(String description, Runnable task) {
        add(Duration.ZERO, VirtualTask.Kind.TASK, task, description);
    }

    boolean isClosed() {
        synchronized (queue) {
            return closed;
        }
    }

    void reportUncaught(Throwable thrown) {
        shared.reportUncaught(thrown);
    }

    private VirtualTask add(Duration delay, VirtualTask.Kind kind, Runnable work, Object description) {
        Objects.requireNonNull(work, "task");
        synchronized (queue) {
            if (closed) {
                throw new RejectedExecutionException("loop '" + name + "' is closed");
            }
            return queue.add(delay, kind, this, work, description);
        }
    }

    private void executeCallback(Runnable task) {
        shared.executeCallback(this, task, CallSite.of("callback"));
    }

    @Override
    public long nanoTime() {
        return shared.nanoTime();
    }

    @Override
    public Instant now() {
        return shared.now();
    }

    @Override
    public boolean inLoop() {
        return shared.runsTaskOf(this);
    }

    @Override
    public void runUntil(BooleanSupplier condition) {
        shared.runUntil(condition);
    }

    @Override
    public Executor callbackExecutor() {
        return callbackExecutor;
    }

    @Override
    public void close() {
        synchronized (queue) {
            closed = true;
            queue.removeTimers(this);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
