package io.websip.kit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread brings about. */
public final class Await {
    /** Nothing that works takes this long, also on a slow machine. */
    public static final Duration CEILING = Duration.ofSeconds(30);

    private static final long FIRST_STEP_NANOS = 100_000;
    private static final long LONGEST_STEP_NANOS = 10_000_000;

    private Await() {}

    /** Returns as soon as the condition holds; fails after {@link #CEILING}. */
    public static void until(String what, BooleanSupplier condition) {
        until(what, CEILING, condition);
    }

    /** As {@link #until(String, BooleanSupplier)}, for what has to wait for its turn. */
    public static void until(String what, Duration ceiling, BooleanSupplier condition) {
        long start = System.nanoTime();
        long step = FIRST_STEP_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > ceiling.toNanos()) {
                throw new AssertionError("waited " + ceiling.toSeconds() + " s in vain for: " + what);
            }
            LockSupport.parkNanos(step);
            // Or many threads that wait would keep a small machine from what they wait for.
            step = Math.min(2 * step, LONGEST_STEP_NANOS);
        }
    }
}
