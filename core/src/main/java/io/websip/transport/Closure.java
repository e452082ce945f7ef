package io.websip.transport;

import io.websip.text.TimeText;
import io.websip.text.Visible;
import java.time.Duration;
import java.util.Optional;

/** Why a connection is over. Immutable; {@code toString} is fit for a log. */
public sealed interface Closure {
    /**
     * The WebSocket was closed with a close frame, by either side.
     *
     * @param code the peer's status code where it sent one, 1005 where its frame had none, else ours
     * @param reason the text beside it, as {@link Visible#line(String)} shows it; possibly empty
     */
    record Closed(int code, String reason) implements Closure {
        /** Makes the reason visible. */
        public Closed {
            reason = Visible.line(reason);
        }

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
     * @param reason which rule it broke, or its reason phrase, as {@link Visible#line(String)} shows it
     * @param retryAfter how long it does not want to be asked again; empty if it has not said so
     */
    record Refused(int httpStatus, String reason, Optional<Duration> retryAfter) implements Closure {
        /** Makes the reason visible. */
        public Refused {
            reason = Visible.line(reason);
        }

        /** A refusal without Retry-After. */
        public Refused(int httpStatus, String reason) {
            this(httpStatus, reason, Optional.empty());
        }

        @Override
        public String toString() {
            String after =
                    retryAfter.map(time -> ", retry after " + TimeText.of(time)).orElse("");
            return "refused with HTTP " + httpStatus + " (" + reason + ")" + after;
        }
    }

    /**
     * No connection came about, or it broke without a close frame: refused, unreachable, reset, a certificate that is
     * not trusted, a time-out, an aborted attempt.
     *
     * @param cause what happened, with a message that names the address or the rule; where its text, or that of its causes,
     *     has control characters, a copy without them ({@link Visible#failure(Exception)})
     */
    record Failed(Exception cause) implements Closure {
        /** Makes the texts of the exception visible. */
        public Failed {
            cause = Visible.failure(cause);
        }

        @Override
        public String toString() {
            return "failed: " + Visible.line(cause);
        }
    }
}
