package io.websip.transport.fake.sip;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

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

    /**
     * Takes those in front of the first of this kind.
     *
     * @param passedOver is given each of them
     * @return whether there is one of this kind, which is the next to be taken
     */
    boolean passTo(Predicate<T> kind, Consumer<T> passedOver) {
        while (!untaken.isEmpty() && !kind.test(untaken.element())) {
            passedOver.accept(untaken.remove());
        }
        return !untaken.isEmpty();
    }

    /** @throws java.util.NoSuchElementException if all are taken */
    T take() {
        return untaken.remove();
    }
}
