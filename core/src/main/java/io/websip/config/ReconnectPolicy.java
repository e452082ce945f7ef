package io.websip.config;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * How a connection that was lost, or did not come about, is tried again. A pause begins at {@link #min()} and doubles with
 * each failure of the same server in a row up to {@link #max()}; 50 to 100 % of it are waited at random, so that the agents
 * of a server that has died do not come back at once (RFC 5626 section 4.5). Where the server has said how long it does not
 * want to be asked, the longer time holds.
 *
 * <p>With several servers the pauses are those of each: another one that has not failed is tried without a pause, or, where
 * many agents share them, at a random moment of the {@link #spread(Duration) spread}. A domain
 * that cannot be looked up counts like a server. A server that refuses for a reason that time will hardly mend, as by 403 or
 * without the subprotocol, gets the longest pause at once. A server has recovered once a connection has lasted for ten
 * seconds, or for {@link #min()} if that is longer.
 *
 * <p>Immutable.
 */
public final class ReconnectPolicy {
    private static final int UNBOUNDED = -1;
    private static final ReconnectPolicy DEFAULT = between(Duration.ofSeconds(2), Duration.ofSeconds(30));

    private final Duration min;
    private final Duration max;
    private final int attempts;
    private final Duration spread;

    private ReconnectPolicy(Duration min, Duration max, int attempts, Duration spread) {
        this.min = min;
        this.max = max;
        this.attempts = attempts;
        this.spread = spread;
    }

    /** Pauses between 2 and 30 s, without an end of the tries: what holds where nothing is said. */
    public static ReconnectPolicy defaults() {
        return DEFAULT;
    }

    /**
     * Pauses within these bounds, without an end of the tries.
     *
     * @throws IllegalArgumentException if one is not positive, or the first is above the second
     */
    public static ReconnectPolicy between(Duration min, Duration max) {
        Durations.positive("reconnect minimum", min);
        Durations.positive("reconnect maximum", max);
        if (min.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    "reconnect minimum " + min + " must not be greater than reconnect maximum " + max);
        }
        return new ReconnectPolicy(min, max, UNBOUNDED, Duration.ZERO);
    }

    /** Pauses between 30 and 1,800 s, those of RFC 5626 section 4.5 where all flows have failed. */
    public static ReconnectPolicy rfc5626() {
        return between(Duration.ofSeconds(30), Duration.ofSeconds(1_800));
    }

    /**
     * A lost connection is not replaced; at the start each server is tried once. Afterwards the agent stays without a
     * connection until it is stopped and started.
     */
    public static ReconnectPolicy never() {
        return new ReconnectPolicy(DEFAULT.min, DEFAULT.max, 0, Duration.ZERO);
    }

    /**
     * The same pauses, but only so many of them in a row: when the tries after the last have failed too, the agent stays
     * without a connection until it is stopped and started. Each connection that opens begins the count anew.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public ReconnectPolicy attempts(int count) {
        if (count < 1) {
            throw new IllegalArgumentException(
                    "reconnect attempts must be at least 1, not " + count + "; or use never()");
        }
        return new ReconnectPolicy(min, max, count, spread);
    }

    /**
     * The same, but an agent whose connection is lost waits for a random part of this time before it goes to a server that
     * has not failed, so that the agents of a server that dies do not all come to the next one at once. Zero, the default,
     * is right for a single agent; for thousands it should be their number divided by the handshakes and registrations
     * that a server takes in a second.
     *
     * @throws IllegalArgumentException if it is negative, or above {@link #max()}
     */
    public ReconnectPolicy spread(Duration time) {
        Durations.notNegative("reconnect spread", time);
        if (time.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    "reconnect spread " + time + " must not be greater than reconnect maximum " + max);
        }
        return new ReconnectPolicy(min, max, attempts, time);
    }

    /** The first pause. */
    public Duration min() {
        return min;
    }

    /** The longest pause, but for what a server demands. */
    public Duration max() {
        return max;
    }

    /** How many pauses in a row there are; 0 for {@link #never()}, empty for no bound. */
    public OptionalInt attempts() {
        return attempts == UNBOUNDED ? OptionalInt.empty() : OptionalInt.of(attempts);
    }

    /** Within which time a lost connection is replaced by one to a server that has not failed; zero for at once. */
    public Duration spread() {
        return spread;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ReconnectPolicy p
                && min.equals(p.min)
                && max.equals(p.max)
                && attempts == p.attempts
                && spread.equals(p.spread);
    }

    @Override
    public int hashCode() {
        return Objects.hash(min, max, attempts, spread);
    }

    @Override
    public String toString() {
        if (attempts == 0) {
            return "never";
        }
        return min + " to " + max
                + (attempts == UNBOUNDED ? "" : ", " + attempts + " times")
                + (spread.isZero() ? "" : ", spread over " + spread);
    }
}
