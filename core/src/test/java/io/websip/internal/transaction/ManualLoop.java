package io.websip.internal.transaction;

import io.websip.loop.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Executor;

/** A loop whose time stands still until a test moves it, deadline by deadline, ties in the order of their making. */
final class ManualLoop implements EventLoop {
    /** So late that it overflows soon, as nanoTime may. */
    private static final long START = Long.MAX_VALUE - 1_000;

    private final class Alarm implements Timer {
        final long deadline;
        final long sequence = nextSequence++;
        final Runnable task;

        Alarm(long deadline, Runnable task) {
            this.deadline = deadline;
            this.task = task;
        }

        @Override
        public void cancel() {
            alarms.remove(this);
        }
    }

    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(
            Comparator.<Alarm>comparingLong(a -> a.deadline - START).thenComparingLong(a -> a.sequence));
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private long nextSequence;
    private long nanos = START;
    private boolean inLoop = true;

    /** Makes the test's thread one that does not run the loop. */
    void leave() {
        inLoop = false;
    }

    void enter() {
        inLoop = true;
    }

    /** Runs what is due now, also what that makes due. */
    void settle() {
        advance(Duration.ZERO);
    }

    void advance(Duration time) {
        long left = time.toNanos();
        runTasks();
        while (!alarms.isEmpty() && alarms.element().deadline - nanos <= left) {
            Alarm alarm = alarms.remove();
            left -= alarm.deadline - nanos;
            nanos = alarm.deadline;
            alarm.task.run();
            runTasks();
        }
        nanos += left;
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** How long each timer still waits, the next one first. */
    List<Duration> timers() {
        return alarms.stream()
                .map(a -> Duration.ofNanos(a.deadline - nanos))
                .sorted()
                .toList();
    }

    boolean isQuiet() {
        return alarms.isEmpty() && tasks.isEmpty();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Alarm alarm = new Alarm(nanos + Math.max(0, delay.toNanos()), task);
        alarms.add(alarm);
        return alarm;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Instant now() {
        throw new UnsupportedOperationException("transactions do not ask for the time of day");
    }

    @Override
    public boolean inLoop() {
        return inLoop;
    }

    @Override
    public Executor callbackExecutor() {
        throw new UnsupportedOperationException("transactions do not call the application");
    }

    @Override
    public void close() {}
}
