package io.websip.config;

/**
 * How many messages to one target may be under way at once. Immutable.
 *
 * <p>RFC 3428 section 8 forbids more than one pending MESSAGE outside a dialog to a URI, whatever the transport: MESSAGE has
 * no flow control of its own, a fast hop may be followed by a slow one, and order is kept by nothing else. Targets are
 * compared as RFC 3261 section 19.1.4 compares URIs; messages to other targets never wait.
 */
public final class SendingPolicy {
    /** How many messages wait for one target where nothing else is said. */
    public static final int DEFAULT_MAX_WAITING = 1_000;

    private final boolean oneAtATime;
    private final int maxWaiting;

    private SendingPolicy(boolean oneAtATime, int maxWaiting) {
        this.oneAtATime = oneAtATime;
        this.maxWaiting = maxWaiting;
    }

    /** One, as the RFC demands; up to {@link #DEFAULT_MAX_WAITING} wait behind it, in order. The default. */
    public static SendingPolicy oneAtATime() {
        return oneAtATime(DEFAULT_MAX_WAITING);
    }

    /**
     * One, as the RFC demands; up to that many wait behind it, in order, and what comes beyond fails at once with
     * {@code Internal Error}, which says so.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public static SendingPolicy oneAtATime(int maxWaiting) {
        if (maxWaiting < 1) {
            throw new IllegalArgumentException("maxWaiting must be at least 1, not " + maxWaiting);
        }
        return new SendingPolicy(true, maxWaiting);
    }

    /**
     * Any number: only towards a server that is known to be fit for it, with no slower hop behind it. Messages may overtake
     * each other.
     */
    public static SendingPolicy unlimited() {
        return new SendingPolicy(false, 1);
    }

    /** Whether one message per target waits for the other. */
    public boolean isOneAtATime() {
        return oneAtATime;
    }

    /** How many messages may wait behind one to the same target. */
    public int maxWaiting() {
        return maxWaiting;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof SendingPolicy p && oneAtATime == p.oneAtATime && maxWaiting == p.maxWaiting;
    }

    @Override
    public int hashCode() {
        return oneAtATime ? maxWaiting : -1;
    }

    @Override
    public String toString() {
        return oneAtATime ? "one at a time, at most " + maxWaiting + " waiting" : "unlimited";
    }
}
