package io.websip.transport.socket;

import io.websip.internal.log.GuardedLogger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Threads for what may block: user code and the lookup of host names. Thread-safe.
 *
 * <p>A task takes the thread that fell idle last, then a new thread, and waits only once {@link #MAX_THREADS} are busy. A
 * cached pool of the JDK has no such bound, and a fixed one would start a thread for each of its first tasks although
 * another is idle. The queue stays short because each user agent has at most one task here at a time.
 *
 * <p>An adapter gives it to its loops as {@link io.websip.loop.EventLoop#callbackExecutor()}. It refuses no task, also while
 * the transport closes. Where no thread can be started, a task waits for one that lives. Only where none lives does
 * {@link #execute} throw what kept the thread from starting, and the task stays with the caller.
 */
public final class CallbackPool implements Executor {
    /** Enough that user code in some agents may wait for user code in others. */
    public static final int MAX_THREADS = 256;

    private static final System.Logger LOG = GuardedLogger.of("io.websip.transport");

    private final ThreadFactory threads;
    private final long idleNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Worker> idle = new ArrayDeque<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;
    private int starting; // of those that are running: whether they will is not known yet
    private boolean retired;

    /**
     * A pool without a thread.
     *
     * @param threads makes them when they are needed
     * @param idle how long a thread waits for work before it ends
     */
    public CallbackPool(ThreadFactory threads, long idle, TimeUnit unit) {
        this.threads = threads;
        this.idleNanos = unit.toNanos(idle);
    }

    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            Worker worker = idle.pollFirst();
            if (worker != null) {
                worker.handOver(task);
                return;
            }
            if (running >= MAX_THREADS) {
                waiting.add(task);
                return;
            }
            running++;
            starting++;
        } finally {
            lock.unlock();
        }
        startWorker(task);
    }

    /** From now on no thread waits for work, so that none is left once the tasks are done. */
    public void retire() {
        lock.lock();
        try {
            retired = true;
            idle.forEach(Worker::wake);
        } finally {
            lock.unlock();
        }
    }

    private void startWorker(Runnable task) {
        boolean started = false;
        try {
            threads.newThread(new Worker(task)).start();
            started = true;
        } catch (Throwable e) { // such as an OutOfMemoryError: the system has no thread left
            if (!waits(task)) {
                throw e;
            }
            LOG.log(System.Logger.Level.WARNING, "no thread for a callback; it waits for one that lives", e);
        } finally {
            if (started) {
                lock.lock();
                starting--;
                lock.unlock();
            }
        }
    }

    /** A worker that lives looks for tasks that wait before it falls idle or ends. */
    private boolean waits(Runnable task) {
        lock.lock();
        try {
            running--;
            starting--;
            if (running <= starting) {
                return false;
            }
            waiting.add(task);
            Worker worker = idle.pollFirst(); // it has fallen idle meanwhile
            if (worker != null) {
                worker.handOver(waiting.remove());
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private final class Worker implements Runnable {
        private final Condition handed = lock.newCondition();
        private @Nullable Runnable task;

        Worker(Runnable first) {
            task = first;
        }

        @Override
        public void run() {
            for (Runnable next = task; next != null; next = await()) {
                try {
                    next.run();
                } catch (Throwable e) {
                    LOG.log(System.Logger.Level.ERROR, "a callback threw; the callbacks after it go on", e);
                }
            }
        }

        /** Holding the lock. */
        void handOver(Runnable next) {
            task = next;
            handed.signal();
        }

        /** Holding the lock. */
        void wake() {
            handed.signal();
        }

        private @Nullable Runnable await() {
            lock.lock();
            try {
                task = waiting.poll();
                if (task == null) {
                    idle.addFirst(this);
                    long left = idleNanos;
                    while (task == null && !retired && left > 0) {
                        left = awaitNanos(left);
                    }
                    if (task == null) {
                        idle.remove(this);
                        running--;
                    }
                }
                return task;
            } finally {
                lock.unlock();
            }
        }

        private long awaitNanos(long nanos) {
            try {
                return handed.awaitNanos(nanos);
            } catch (InterruptedException e) {
                // Nobody interrupts an idle worker: the flag was left behind by a callback, and is gone now.
                return nanos;
            }
        }
    }
}
