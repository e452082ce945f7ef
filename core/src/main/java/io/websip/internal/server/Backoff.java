package io.websip.internal.server;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: a base that doubles with each failure up to a maximum, of which 50 to 100 % are
 * waited at random, so that many agents do not come back at once (RFC 5626 section 4.5). Confined to the loop.
 */
public final class Backoff {
    private static final int MAX_DOUBLINGS = 30;

    private final Duration base;
    private final Duration max;
    private final RandomGenerator random;
    private int failures;

    /** Starts without failures. */
    public Backoff(Duration base, Duration max, RandomGenerator random) {
        this.base = base;
        this.max = max;
        this.random = random;
    }

    /** Another one without failures, of the same randomness. */
    public Backoff between(Duration min, Duration most) {
        return new Backoff(min, most, random);
    }

    /** Counts one more failure and gives the pause after it. */
    public Duration next() {
        double doubled = base.toNanos() * (double) (1L << Math.min(failures, MAX_DOUBLINGS));
        return failed(Math.min(doubled, (double) max.toNanos()));
    }

    /** Counts one more failure, of a kind that time will hardly mend, and gives a pause of the longest. */
    public Duration longest() {
        return failed((double) max.toNanos());
    }

    private Duration failed(double upper) {
        failures++;
        return Duration.ofNanos((long) (upper * (0.5 + 0.5 * random.nextDouble())));
    }

    /** Whether the last try failed. */
    public boolean hasFailures() {
        return failures > 0;
    }

    /** It worked: the next failure counts as the first. */
    public void reset() {
        failures = 0;
    }
}
