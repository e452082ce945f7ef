package io.websip.transport.jetty;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Daemon threads, numbered through the whole JVM so that a thread dump tells the transports' threads apart. Thread-safe. */
final class DaemonThreads implements ThreadFactory {
    private static final AtomicInteger LOOPS = new AtomicInteger();
    private static final AtomicInteger CALLBACKS = new AtomicInteger();

    private final String prefix;
    private final AtomicInteger number;

    private DaemonThreads(String prefix, AtomicInteger number) {
        this.prefix = prefix;
        this.number = number;
    }

    static DaemonThreads forLoops() {
        return new DaemonThreads("websip-jetty-", LOOPS);
    }

    static DaemonThreads forCallbacks() {
        return new DaemonThreads("websip-jetty-callback-", CALLBACKS);
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, prefix + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
