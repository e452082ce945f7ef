package io.websip.internal.transaction;

/** Waits for somebody to answer a request. */
@FunctionalInterface
public interface ServerTransactionUser {
    /** Why nobody hears an answer any more. */
    enum Lapse {
        /** The client has given the request up: no answer came within its timer F (RFC 4320 section 4.2). */
        TIMED_OUT,
        /** The connection on which the request came is gone, and the answer's way with it. */
        CONNECTION_LOST
    }

    /** No final response was sent, and from now on none can be. At most once, on the loop. */
    void onLapsed(Lapse why);
}
