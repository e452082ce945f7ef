package io.websip;

import io.websip.internal.transaction.Outcome;
import io.websip.sip.SipResponse;
import java.util.Optional;

/** Translates how a request ended into the words of the events. */
final class Outcomes {
    private Outcomes() {}

    static Optional<SipResponse> response(Outcome outcome) {
        return outcome instanceof Outcome.Answered answered ? Optional.of(answered.response()) : Optional.empty();
    }

    static Cause cause(Outcome outcome) {
        if (outcome instanceof Outcome.Answered answered) {
            return Cause.ofStatus(answered.response().status());
        }
        if (outcome instanceof Outcome.TimedOut) {
            return Cause.REQUEST_TIMEOUT;
        }
        if (outcome instanceof Outcome.Expired) {
            return Cause.EXPIRED;
        }
        return outcome instanceof Outcome.ConnectionLost ? Cause.CONNECTION_ERROR : Cause.INTERNAL_ERROR;
    }
}
