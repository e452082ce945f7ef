package io.websip.simulation;

import io.websip.loop.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** A loop whose clock runs faster or slower than the one beneath, as no two machines agree. */
final class RatedLoop implements EventLoop {
    private final EventLoop loop;
    private final double rate;
    private final long origin;
    private final Instant start;

    /** @param rate how much passes here while one second passes beneath */
    RatedLoop(EventLoop loop, double rate) {
        this.loop = loop;
        this.rate = rate;
        this.origin = loop.nanoTime();
        this.start = loop.now();
    }

    EventLoop beneath() {
        return loop;
    }

    private long passed() {
        return (long) ((loop.nanoTime() - origin) * rate);
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    /** As on a real machine a timer never comes too early by its own clock. */
    @Override
    public Timer schedule(Duration delay, Runnable task) {
        long due = passed() + delay.toNanos();
        long beneath = (long) Math.ceil(due / rate) + 1 - (loop.nanoTime() - origin);
        return loop.schedule(Duration.ofNanos(Math.max(delay.isZero() ? 0 : 1, beneath)), task);
    }

    @Override
    public long nanoTime() {
        return origin + passed();
    }

    @Override
    public Instant now() {
        return start.plusNanos(passed());
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
