package io.websip.internal.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How a server that has failed is tried again. Immutable.
 *
 * @param min the first pause
 * @param max the longest
 * @param attempts how many pauses in a row there may be; negative for no bound, 0 if a lost connection is not replaced
 * @param spread within which a lost connection is replaced where a server has not failed
 */
public record ReconnectSettings(Duration min, Duration max, int attempts, Duration spread) {
    /** Whether a lost connection is replaced. */
    boolean replaces() {
        return attempts != 0;
    }

    /** Whether one more pause may follow that many. */
    boolean allows(int pauses) {
        return attempts < 0 || pauses < attempts;
    }

    /** A random part of the spread. */
    Duration part(RandomGenerator random) {
        return spread.isZero() ? Duration.ZERO : Duration.ofNanos(random.nextLong(spread.toNanos() + 1));
    }
}
