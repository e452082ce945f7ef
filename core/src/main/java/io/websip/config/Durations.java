package io.websip.config;

import java.time.Duration;

/** What is demanded of the times in a configuration. */
final class Durations {
    /** No time is longer: a year, with which one can still reckon in nanoseconds. */
    private static final Duration MAX = Duration.ofDays(366);

    private Durations() {}

    /** @throws IllegalArgumentException if it is not positive, or beyond a year */
    static Duration positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
        return bounded(name, value);
    }

    /** @throws IllegalArgumentException if it is negative, or beyond a year */
    static Duration notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + value);
        }
        return bounded(name, value);
    }

    /** @throws IllegalArgumentException if it is beyond a year */
    static Duration bounded(String name, Duration value) {
        if (value.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(name + " must not be longer than " + MAX + ", but is " + value);
        }
        return value;
    }
}
