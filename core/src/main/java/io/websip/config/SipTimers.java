package io.websip.config;

import java.time.Duration;

/**
 * The times that transactions run by (RFC 3261 section 17.1.1.1 and table 4). Immutable.
 *
 * @param t1 an estimate of the round trip: the first interval of retransmissions
 * @param t2 the longest interval of retransmissions; not below {@code t1}
 * @param t4 how long a message may stay in the network
 * @param timeout how long a request waits for its final response (timer F), and how long a final response is kept for
 *     retransmissions of its request (timer J); 64 times T1 in the RFC, yet set apart here; not below {@code t1}
 */
public record SipTimers(Duration t1, Duration t2, Duration t4, Duration timeout) {
    /** The shortest that any of them can be set to. */
    public static final Duration MIN = Duration.ofMillis(1);

    /** The longest that any of them can be set to. */
    public static final Duration MAX = Duration.ofHours(1);

    // Below the limits, since its own making checks them.
    /** 500 ms, 4 s, 5 s and 32 s, as the RFC has them. */
    public static final SipTimers DEFAULT = ofT1(Duration.ofMillis(500));

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is below {@link #MIN} or above {@link #MAX}, or {@code t2} or
     *     {@code timeout} is below {@code t1}
     */
    public SipTimers {
        check("T1", t1);
        check("T2", t2);
        check("T4", t4);
        check("the transaction timeout", timeout);
        if (t2.compareTo(t1) < 0) {
            throw new IllegalArgumentException("T2 must not be below T1, but " + t2 + " is below " + t1);
        }
        if (timeout.compareTo(t1) < 0) {
            throw new IllegalArgumentException(
                    "the transaction timeout must not be below T1, but " + timeout + " is below " + t1);
        }
    }

    private static void check(String what, Duration time) {
        if (time.compareTo(MIN) < 0 || time.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(what + " must be 1 ms to 1 hour, not " + time);
        }
    }

    /**
     * The others scaled with T1 as in the defaults: T2 is 8, T4 is 10 and the timeout 64 times T1.
     *
     * @throws IllegalArgumentException if one gets out of its bounds
     */
    public static SipTimers ofT1(Duration t1) {
        return new SipTimers(t1, t1.multipliedBy(8), t1.multipliedBy(10), t1.multipliedBy(64));
    }

    /**
     * When a server that has no final response yet sends 100: once the client's timer E would be set to T2 (RFC 4320
     * section 4.1), 3.5 s after the request with the defaults.
     */
    public Duration tryingDelay() {
        Duration delay = Duration.ZERO;
        Duration interval = t1;
        do {
            delay = delay.plus(interval);
            interval = interval.multipliedBy(2);
        } while (interval.compareTo(t2) < 0);
        return delay;
    }
}
