package io.websip;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * What an agent counts, over all its starts. Thread-safe: a loop that ends and the one that follows it may both count, and
 * anyone may read; adders, since adding is what happens often.
 */
final class Counters {
    final LongAdder sent = new LongAdder();
    final LongAdder received = new LongAdder();
    final LongAdder succeeded = new LongAdder();
    final LongAdder pending = new LongAdder();
    final LongAdder registersSent = new LongAdder();
    final LongAdder registersFailed = new LongAdder();
    final LongAdder connects = new LongAdder();
    final LongAdder reconnects = new LongAdder();
    final LongAdder failedConnects = new LongAdder();
    final LongAdder bytesSent = new LongAdder();
    final LongAdder bytesReceived = new LongAdder();
    final LongAdder listenerExceptions = new LongAdder();
    private final Map<Cause, LongAdder> failed = new EnumMap<>(Cause.class);

    Counters() {
        for (Cause cause : Cause.values()) {
            failed.put(cause, new LongAdder());
        }
    }

    /** Counts a message that failed. */
    void failed(Cause cause) {
        Objects.requireNonNull(failed.get(cause)).increment();
    }

    /** Runs foreign code; what it throws is logged and counted. */
    boolean guarded(Runnable listener) {
        boolean fine = CallbackLane.guarded(listener);
        if (!fine) {
            listenerExceptions.increment();
        }
        return fine;
    }

    /** The ends are read before the beginnings, so that no message has ended that has not begun. */
    UserAgentMetrics snapshot(long held, long transactions) {
        Map<Cause, Long> causes = new EnumMap<>(Cause.class);
        failed.forEach((cause, count) -> {
            if (count.sum() > 0) {
                causes.put(cause, count.sum());
            }
        });
        long succeededNow = succeeded.sum();
        long reconnectsNow = reconnects.sum();
        long registersFailedNow = registersFailed.sum();
        return new UserAgentMetrics(
                sent.sum(),
                received.sum(),
                succeededNow,
                causes,
                Math.max(0, pending.sum()),
                held,
                registersSent.sum(),
                registersFailedNow,
                connects.sum(),
                reconnectsNow,
                failedConnects.sum(),
                transactions,
                bytesSent.sum(),
                bytesReceived.sum(),
                listenerExceptions.sum());
    }
}
