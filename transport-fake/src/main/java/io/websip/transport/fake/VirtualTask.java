package io.websip.transport.fake;

import io.websip.loop.EventLoop;
import java.time.Duration;
import java.util.Comparator;

/** One task in the queue. Immutable; the queue knows whether it still waits. */
final class VirtualTask implements EventLoop.Timer {
    enum Kind {
        TASK,
        TIMER,
        CALLBACK
    }

    static final Comparator<VirtualTask> BY_DEADLINE_THEN_SEQUENCE =
            Comparator.<VirtualTask>comparingLong(t -> t.deadline).thenComparingLong(t -> t.sequence);

    private final TaskQueue queue;
    private final Object description; // its toString is wanted only in a report

    final long deadline;
    final long sequence;
    final Kind kind;
    final VirtualLoopView view;
    final Runnable work;

    VirtualTask(
            TaskQueue queue,
            long deadline,
            long sequence,
            Kind kind,
            VirtualLoopView view,
            Runnable work,
            Object description) {
        this.queue = queue;
        this.deadline = deadline;
        this.sequence = sequence;
        this.kind = kind;
        this.view = view;
        this.work = work;
        this.description = description;
    }

    @Override
    public void cancel() {
        queue.remove(this);
    }

    PendingTask at(long elapsed) {
        return new PendingTask(
                Duration.ofNanos(deadline), Duration.ofNanos(deadline - elapsed), view.name(), description.toString());
    }

    @Override
    public String toString() {
        return view.name() + ": " + description;
    }
}
