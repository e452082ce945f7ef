package io.websip.internal.agent;

import io.websip.loop.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/**
 * The agent's loop as the engine sees it: where the loop has been closed under it, as by a transport that is closed before
 * its agents, timers are never due and a task that is put off runs at once, so that everything still comes to its end.
 */
final class ClosableLoop implements EventLoop {
    private static final Timer NEVER = () -> {};

    private final EventLoop loop;

    ClosableLoop(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public void execute(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        try {
            return loop.schedule(delay, task);
        } catch (RejectedExecutionException e) {
            return NEVER;
        }
    }

    @Override
    public long nanoTime() {
        return loop.nanoTime();
    }

    @Override
    public Instant now() {
        return loop.now();
    }

    @Override
    public boolean inLoop() {
        return loop.inLoop();
    }

    @Override
    public Executor callbackExecutor() {
        return loop.callbackExecutor();
    }

    @Override
    public void runUntil(BooleanSupplier condition) {
        loop.runUntil(condition);
    }

    @Override
    public void close() {
        loop.close();
    }
}
