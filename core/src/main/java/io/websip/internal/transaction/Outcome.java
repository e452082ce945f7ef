package io.websip.internal.transaction;

import io.websip.sip.SipResponse;

/** How a request ended. Immutable. */
public sealed interface Outcome {
    /**
     * A final response came, one that is not a challenge we could answer.
     *
     * @param response 200 to 699
     */
    record Answered(SipResponse response) implements Outcome {}

    /** No final response came in time (RFC 3261 section 8.1.3.1, as if 408). */
    record TimedOut() implements Outcome {}

    /** There was no connection, or it was lost before the final response (RFC 3261 section 8.1.3.1, as if 503). */
    record ConnectionLost() implements Outcome {}

    /** It was never sent, or not again: the time that it was allowed to wait for a connection ran out. */
    record Expired() implements Outcome {}

    /**
     * The library itself failed.
     *
     * @param fault what happened
     */
    record Faulted(RuntimeException fault) implements Outcome {}
}
