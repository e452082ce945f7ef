package io.websip;

import java.time.Duration;

/** What is demanded of the times in a configuration. */
final class Durations {
    private Durations() {}

    /** @throws IllegalArgumentException if it is not positive */
    static Duration positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
        return value;
    }

    /** @throws IllegalArgumentException if it is negative */
    static Duration notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + value);
        }
        return value;
    }
}
