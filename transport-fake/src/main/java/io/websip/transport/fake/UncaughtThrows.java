package io.websip.transport.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What tasks have thrown and has not been reported yet, the first so many of it. Thread-safe. */
final class UncaughtThrows {
    /** A task that throws each time it runs, a million times, is reported without a million errors. */
    private static final int LIMIT = 100;

    private record Entry(String task, Duration at, Throwable thrown) {
        AssertionError toError() {
            return new AssertionError("at " + at + " threw " + task + ": " + thrown, thrown);
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private @Nullable Consumer<Throwable> handler;

    synchronized void handler(Consumer<Throwable> newHandler) {
        handler = newHandler;
    }

    synchronized void add(String task, Duration at, Throwable thrown) {
        // A listener's Error is seen twice: where it leaves the listener, and where it leaves the task.
        if (entries.size() < LIMIT && entries.stream().noneMatch(e -> e.thrown.equals(thrown))) {
            entries.add(new Entry(task, at, thrown));
        }
    }

    /** Gives them to the handler, if there is one; then they are dealt with. */
    void tellHandler() {
        Consumer<Throwable> taker;
        synchronized (this) {
            taker = handler;
        }
        if (taker != null) {
            takeAll().forEach(e -> taker.accept(e.thrown));
        }
    }

    /** Throws the first, with the others suppressed in it, and forgets them all. */
    void throwIfAny() {
        List<Entry> all = takeAll();
        if (all.isEmpty()) {
            return;
        }
        AssertionError error = all.get(0).toError();
        all.stream().skip(1).forEach(e -> error.addSuppressed(e.toError()));
        throw error;
    }

    /** Lets another error tell of them. */
    void suppressIn(Throwable other) {
        takeAll().forEach(e -> other.addSuppressed(e.toError()));
    }

    private synchronized List<Entry> takeAll() {
        List<Entry> all = List.copyOf(entries);
        entries.clear();
        return all;
    }
}
