package io.websip.internal.registration;

import io.websip.loop.EventLoop;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The time that the registrar has granted: when it is over, and when it is to be asked for anew. Confined to the loop. */
final class Lease {
    private static final long SECOND_MILLIS = 1_000;

    /** However short the grant is, it is refreshed no more often than this, so that a registrar cannot make us spin. */
    private static final long MIN_REFRESH_MILLIS = 1_000;

    /** Beyond this no refresh is planned any later: 30 days. */
    private static final long MAX_REFRESH_SECONDS = 2_592_000;

    /** No timer is set any later, whatever the grant (2**32-1 seconds are 136 years): it is set again then. */
    private static final Duration MAX_TIMER = Duration.ofDays(20);

    private final EventLoop loop;
    private final RandomGenerator random;
    private final Runnable over;
    private long until;
    private EventLoop.@Nullable Timer timer;

    /** @param over runs when the time is over */
    Lease(EventLoop loop, RandomGenerator random, Runnable over) {
        this.loop = loop;
        this.random = random;
        this.over = over;
    }

    /** The time begins anew. */
    void begin(Duration granted) {
        end();
        until = loop.nanoTime() + granted.toNanos();
        watch();
    }

    /** Nothing is granted any more, and the end of the time is not told. */
    void end() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** Whether the time is running. */
    boolean isRunning() {
        return timer != null;
    }

    /** What is left of it. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, until - loop.nanoTime()));
    }

    private void watch() {
        Duration left = left();
        timer = loop.schedule(left.compareTo(MAX_TIMER) > 0 ? MAX_TIMER : left, () -> {
            timer = null;
            if (left().isZero()) {
                over.run();
            } else {
                watch();
            }
        });
    }

    /** Between a half and nine tenths of the time granted, spread so that many agents do not refresh at once. */
    Duration refreshIn(Duration granted) {
        long seconds = Math.min(MAX_REFRESH_SECONDS, granted.toSeconds());
        double part = 0.5 + 0.4 * random.nextDouble();
        return Duration.ofMillis(Math.max(MIN_REFRESH_MILLIS, (long) (seconds * SECOND_MILLIS * part)));
    }
}
