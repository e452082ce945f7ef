package io.websip.transport.fake;

import io.websip.internal.log.GuardedLogger;
import io.websip.loop.EventLoop;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

/**
 * What the network does in virtual time: its own tasks, each run with the network's lock held, and the calls that it
 * hands over to the loops of agents and servers, which are made without the lock.
 */
final class Wire {
    private static final System.Logger LOG = GuardedLogger.of("io.websip.transport.fake");

    private final VirtualLoopView loop;
    private final Object lock;

    Wire(VirtualLoopView loop, Object lock) {
        this.loop = loop;
        this.lock = lock;
    }

    Object lock() {
        return lock;
    }

    long nanoTime() {
        return loop.nanoTime();
    }

    EventLoop.Timer schedule(Duration delay, String description, Runnable task) {
        try {
            return loop.schedule(delay, description, () -> {
                synchronized (lock) {
                    task.run();
                }
            });
        } catch (RejectedExecutionException e) {
            return lost(description, e);
        }
    }

    /** Makes a call on another loop: always in a task of its own, so that nobody is called back within a call. */
    void handOver(VirtualLoopView to, String description, Runnable call) {
        try {
            to.execute(description, call);
        } catch (RejectedExecutionException e) {
            lost(description, e);
        }
    }

    private static EventLoop.Timer lost(String description, RejectedExecutionException e) {
        LOG.log(System.Logger.Level.DEBUG, "lost, for its loop is closed: " + description, e);
        return () -> {};
    }
}
