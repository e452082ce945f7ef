package io.websip.transport;

import io.websip.internal.log.ThrownText;
import java.time.Duration;
import java.util.Optional;

/** Why a connection is over. Immutable; {@code toString} is fit for a log. */
public sealed interface Closure {
    /**
     * The WebSocket was closed with a close frame, by either side.
     *
     * @param code the peer's status code where it sent one, 1005 where its frame had none, else ours
     * @param reason the text beside it, possibly empty
     */
    record Closed(int code, String reason) implements Closure {
        @Override
        public String toString() {
            return reason.isEmpty() ? "closed with " + code : "closed with " + code + " (" + reason + ")";
        }
    }

    /**
     * The server answered the upgrade request, but not with a WebSocket that speaks SIP.
     *
     * @param httpStatus the status of its answer; 101 if the handshake itself was wrong (no subprotocol or another one,
     *     wrong Sec-WebSocket-Accept)
     * @param reason which rule it broke, or its reason phrase
     * @param retryAfter how long it does not want to be asked again; empty if it has not said so
     */
    record Refused(int httpStatus, String reason, Optional<Duration> retryAfter) implements Closure {
        /** A refusal without Retry-After. */
        public Refused(int httpStatus, String reason) {
            this(httpStatus, reason, Optional.empty());
        }

        @Override
        public String toString() {
            String after = retryAfter.map(time -> ", retry after " + time).orElse("");
            return "refused with HTTP " + httpStatus + " (" + reason + ")" + after;
        }
    }

    /**
     * No connection came about, or it broke without a close frame: refused, unreachable, reset, a certificate that is
     * not trusted, a time-out, an aborted attempt.
     *
     * @param cause what happened, with a message that names the address or the rule
     */
    record Failed(Exception cause) implements Closure {
        @Override
        public String toString() {
            return "failed: " + ThrownText.of(cause);
        }
    }
}
