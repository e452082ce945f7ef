package io.websip.transport.socket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * Daemon threads whose names begin alike. They are numbered through the whole JVM, so that a thread dump tells those of
 * several transports apart. Thread-safe.
 */
public final class DaemonThreads implements ThreadFactory {
    private static final Map<String, AtomicInteger> NUMBERS = new ConcurrentHashMap<>();

    private final String prefix;
    private final BiFunction<Runnable, String, Thread> maker;
    private final AtomicInteger number;

    private DaemonThreads(String prefix, BiFunction<Runnable, String, Thread> maker) {
        this.prefix = prefix;
        this.maker = maker;
        this.number = NUMBERS.computeIfAbsent(prefix, p -> new AtomicInteger());
    }

    /** Those of the JDK, such as {@code websip-jetty-1}. */
    public static DaemonThreads named(String prefix) {
        return named(prefix, Thread::new);
    }

    /**
     * Those of a library.
     *
     * @param maker makes a thread for a task and a name; whether it is a daemon does not matter
     */
    public static DaemonThreads named(String prefix, BiFunction<Runnable, String, Thread> maker) {
        return new DaemonThreads(prefix, maker);
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = maker.apply(task, prefix + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
