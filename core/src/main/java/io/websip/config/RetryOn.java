package io.websip.config;

/** After what a message may be sent again ({@link MessageOptions.Builder#retry}). */
public enum RetryOn {
    /**
     * A 503 with Retry-After: once that time is over (RFC 3261 section 20.33). One that is longer than the message may be
     * held, or than the transaction time-out where it may not, is not waited for.
     */
    SERVICE_UNAVAILABLE,
    /** A 430: once the agent has registered anew (RFC 5626 section 4.3). */
    FLOW_FAILED,
    /**
     * The connection was lost before the answer: on the next one. The first may have arrived all the same, so the receiver
     * may get the message twice, with the same Call-ID.
     */
    CONNECTION_LOST
}
