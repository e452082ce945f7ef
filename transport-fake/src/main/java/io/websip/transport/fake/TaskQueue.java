package io.websip.transport.fake;

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be run, and the time, which moves only when a task is taken out or when nothing is left before the time
 * asked for. Thread-safe.
 */
final class TaskQueue {
    private final TreeSet<VirtualTask> tasks = new TreeSet<>(VirtualTask.BY_DEADLINE_THEN_SEQUENCE);
    private long elapsed;
    private long lastSequence;

    synchronized VirtualTask add(
            Duration delay, VirtualTask.Kind kind, VirtualLoopView view, Runnable work, Object description) {
        long deadline = saturatedAdd(elapsed, Math.max(0, nanos(delay)));
        VirtualTask task = new VirtualTask(this, deadline, ++lastSequence, kind, view, work, description);
        insert(task);
        return task;
    }

    private void insert(VirtualTask task) {
        tasks.add(task);
        if (task.kind == VirtualTask.Kind.TIMER) {
            task.view.timers.add(task);
        }
    }

    synchronized void remove(VirtualTask task) {
        tasks.remove(task);
        task.view.timers.remove(task);
    }

    synchronized void removeTimers(VirtualLoopView view) {
        view.timers.forEach(tasks::remove);
        view.timers.clear();
    }

    /** Takes the next task due by that time and moves time to its deadline; null, with time unmoved, if there is none. */
    synchronized @Nullable VirtualTask takeDueBy(long time) {
        if (tasks.isEmpty() || tasks.first().deadline > time) {
            return null;
        }
        VirtualTask task = tasks.first();
        remove(task);
        elapsed = task.deadline;
        return task;
    }

    /** Puts a task that was taken and did not run in its place again. */
    synchronized void putBack(VirtualTask task) {
        insert(task);
    }

    /** Like {@link #takeDueBy}, but where there is none, time has come. */
    synchronized @Nullable VirtualTask takeDueByOrMoveTo(long time) {
        VirtualTask task = takeDueBy(time);
        if (task == null) {
            elapsed = Math.max(elapsed, time);
        }
        return task;
    }

    synchronized boolean isEmpty() {
        return tasks.isEmpty();
    }

    synchronized List<PendingTask> snapshot() {
        return tasks.stream().map(t -> t.at(elapsed)).toList();
    }

    synchronized long elapsed() {
        return elapsed;
    }

    synchronized long timeAfter(Duration duration) {
        return saturatedAdd(elapsed, nanos(duration));
    }

    private static long saturatedAdd(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
