package io.websip.transport.fake;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last so many of what came, and which of it a test has not taken yet. Confined to the server's loop. */
final class Recorded<T> {
    private final int limit;
    private final Deque<T> all = new ArrayDeque<>();
    private final Deque<T> untaken = new ArrayDeque<>();

    Recorded(int limit) {
        this.limit = limit;
    }

    void add(T one) {
        addTo(all, one);
        addTo(untaken, one);
    }

    private void addTo(Deque<T> queue, T one) {
        if (queue.size() == limit) {
            queue.remove();
        }
        queue.add(one);
    }

    List<T> all() {
        return List.copyOf(all);
    }

    boolean hasUntaken() {
        return !untaken.isEmpty();
    }

    /** @throws java.util.NoSuchElementException if all are taken */
    T take() {
        return untaken.remove();
    }
}
