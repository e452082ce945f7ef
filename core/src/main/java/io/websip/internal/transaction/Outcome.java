package io.websip.internal.transaction;

import io.websip.internal.log.ThrownText;
import io.websip.sip.SipResponse;
import org.jspecify.annotations.Nullable;

/** How a request ended. Immutable. */
public sealed interface Outcome {
    /** The outcome in a few words that hold nothing of a user, for logs and recordings. */
    String summary();

    /** What there is to say beside that, in words fit for a log and an exception; empty for nothing. */
    default String detail() {
        return "";
    }

    /** The exception that made it fail; null for none. */
    default @Nullable Exception cause() {
        return null;
    }

    /**
     * A final response came, one that is not a challenge we could answer.
     *
     * @param response 200 to 699
     * @param detail why a challenge was not answered, or not once more; empty for any other response
     */
    record Answered(SipResponse response, String detail) implements Outcome {
        /** An answer that says all by itself. */
        public Answered(SipResponse response) {
            this(response, "");
        }

        @Override
        public String summary() {
            return "answered with " + response.status();
        }
    }

    /**
     * No final response came in time (RFC 3261 section 8.1.3.1, as if 408).
     *
     * @param detail how long it was awaited, and from which server; empty if that is not known
     */
    record TimedOut(String detail) implements Outcome {
        /** Without a detail. */
        public TimedOut() {
            this("");
        }

        @Override
        public String summary() {
            return "no answer in time";
        }
    }

    /**
     * There was no connection, or it was lost before the final response (RFC 3261 section 8.1.3.1, as if 503).
     *
     * @param detail why; empty if that is not known
     * @param cause the same as an exception; null for none
     */
    record ConnectionLost(String detail, @Nullable Exception cause) implements Outcome {
        /** For a reason that is not known here. */
        public ConnectionLost() {
            this("", null);
        }

        @Override
        public String summary() {
            return "no connection";
        }
    }

    /**
     * It was never sent, or not again: the time that it was allowed to wait for a connection ran out.
     *
     * @param detail what it waited for; empty if that is not known
     * @param cause the same as an exception; null for none
     */
    record Expired(String detail, @Nullable Exception cause) implements Outcome {
        /** For a reason that is not known here. */
        public Expired() {
            this("", null);
        }

        @Override
        public String summary() {
            return "Expired";
        }
    }

    /**
     * The library itself failed.
     *
     * @param fault what happened
     */
    record Faulted(RuntimeException fault) implements Outcome {
        /** Of whatever was thrown. */
        public static Faulted of(Throwable thrown) {
            return new Faulted(
                    thrown instanceof RuntimeException fault
                            ? fault
                            : new IllegalStateException(thrown.getClass().getName(), thrown));
        }

        @Override
        public String summary() {
            return "a fault of the library";
        }

        @Override
        public String detail() {
            return ThrownText.message(fault);
        }

        @Override
        public Exception cause() {
            return fault;
        }
    }
}
