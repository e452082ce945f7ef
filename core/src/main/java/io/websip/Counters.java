package io.websip;

import io.websip.sip.Discard;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an agent counts, over all its starts. Thread-safe: a loop that ends and the one that follows it may both count, and
 * anyone may read. In two arrays, as a program may have thousands of agents that count nearly nothing.
 */
final class Counters {
    /** What is counted, besides the causes of failures. */
    enum Count {
        SENT,
        RECEIVED,
        SUCCEEDED,
        PENDING,
        REGISTERS_SENT,
        REGISTERS_FAILED,
        CONNECTS,
        RECONNECTS,
        FAILED_CONNECTS,
        BYTES_SENT,
        BYTES_RECEIVED,
        LISTENER_EXCEPTIONS,
        /** Of received messages that wait for the listeners or for an answer. */
        INCOMING_BYTES,
        /** Of messages without outcome. */
        PENDING_BYTES,
        /** Of responses that wait for the listeners. */
        RESPONSE_BYTES
    }

    private static final int COUNTS = Count.values().length;
    private static final Cause[] CAUSES = Cause.values();
    private static final Discard[] DISCARDS = Discard.values();

    private final AtomicLongArray counts = new AtomicLongArray(COUNTS);
    private volatile @Nullable AtomicLongArray failed; // from the first failure on: most agents have none
    private volatile @Nullable AtomicLongArray discarded; // likewise

    /** Counts one more. */
    void increment(Count what) {
        counts.getAndIncrement(what.ordinal());
    }

    /** Counts one less. */
    void decrement(Count what) {
        counts.getAndDecrement(what.ordinal());
    }

    /** Counts so many more. */
    void add(Count what, long more) {
        counts.getAndAdd(what.ordinal(), more);
    }

    /**
     * Counts bytes that are held, unless they would be more than may be together with others. Alone anything may be.
     *
     * @return whether they were counted; then {@link #release} is to follow
     */
    boolean hold(Count what, long bytes, long max) {
        long held = counts.addAndGet(what.ordinal(), bytes);
        if (held > max && held != bytes) {
            counts.addAndGet(what.ordinal(), -bytes);
            return false;
        }
        return true;
    }

    /** Counts bytes out again. */
    void release(Count what, long bytes) {
        counts.addAndGet(what.ordinal(), -bytes);
    }

    /** Counts a message that failed. */
    void failed(Cause cause) {
        AtomicLongArray byCause = failed;
        if (byCause == null) {
            byCause = first(() -> failed, CAUSES.length, first -> failed = first);
        }
        byCause.getAndIncrement(cause.ordinal());
    }

    /** Counts something that came and was not used. */
    void discarded(Discard kind) {
        AtomicLongArray byKind = discarded;
        if (byKind == null) {
            byKind = first(() -> discarded, DISCARDS.length, first -> discarded = first);
        }
        byKind.getAndIncrement(kind.ordinal());
    }

    private synchronized AtomicLongArray first(
            Supplier<@Nullable AtomicLongArray> made, int length, Consumer<AtomicLongArray> keep) {
        AtomicLongArray other = made.get();
        if (other != null) {
            return other;
        }
        AtomicLongArray first = new AtomicLongArray(length);
        keep.accept(first);
        return first;
    }

    /** Runs foreign code; what it throws is logged and counted. */
    boolean guarded(Runnable listener) {
        boolean fine = CallbackLane.guarded(listener);
        if (!fine) {
            increment(Count.LISTENER_EXCEPTIONS);
        }
        return fine;
    }

    private long of(Count what) {
        return counts.get(what.ordinal());
    }

    /** The ends are read before the beginnings, so that no message has ended that has not begun. */
    UserAgentMetrics snapshot(long held, long transactions) {
        Map<Cause, Long> causes = by(Cause.class, CAUSES, failed);
        long succeededNow = of(Count.SUCCEEDED);
        long reconnectsNow = of(Count.RECONNECTS);
        long registersFailedNow = of(Count.REGISTERS_FAILED);
        return new UserAgentMetrics(
                of(Count.SENT),
                of(Count.RECEIVED),
                succeededNow,
                causes,
                Math.max(0, of(Count.PENDING)),
                held,
                of(Count.REGISTERS_SENT),
                registersFailedNow,
                of(Count.CONNECTS),
                reconnectsNow,
                of(Count.FAILED_CONNECTS),
                transactions,
                of(Count.BYTES_SENT),
                of(Count.BYTES_RECEIVED),
                of(Count.LISTENER_EXCEPTIONS),
                by(Discard.class, DISCARDS, discarded));
    }

    private static <E extends Enum<E>> Map<E, Long> by(Class<E> type, E[] kinds, @Nullable AtomicLongArray counts) {
        Map<E, Long> map = new EnumMap<>(type);
        for (E kind : kinds) {
            long count = counts == null ? 0 : counts.get(kind.ordinal());
            if (count > 0) {
                map.put(kind, count);
            }
        }
        return map;
    }
}
