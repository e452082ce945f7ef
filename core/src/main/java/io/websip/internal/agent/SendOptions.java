package io.websip.internal.agent;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one message is to be sent. Immutable.
 *
 * @param displayName in From in place of the agent's own; null for that
 * @param anonymous whether From tells nothing of the sender (RFC 3323 section 4.1)
 * @param expires for how long it means anything to its receiver (RFC 3428 section 4); null for ever
 * @param holdFor how long it may wait for a connection and a registration; null not at all
 * @param timeout how long its final answer is waited for; null for the transaction's own time
 * @param retries how often it may be sent again
 * @param retryUnavailable whether after a 503 with Retry-After
 * @param retryFlowFailed whether after a 430
 * @param retryLost whether after the loss of the connection
 * @param redirects how many targets of 3xx responses are tried
 */
public record SendOptions(
        @Nullable String displayName,
        boolean anonymous,
        @Nullable Duration expires,
        @Nullable Duration holdFor,
        @Nullable Duration timeout,
        int retries,
        boolean retryUnavailable,
        boolean retryFlowFailed,
        boolean retryLost,
        int redirects) {
    /** Nothing but what must be. */
    public static final SendOptions NONE = new SendOptions(null, false, null, null, null, 0, false, false, false, 0);
}
