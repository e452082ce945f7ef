package io.websip.internal.registration;

import io.websip.internal.transaction.Outcome;
import io.websip.sip.SipResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A REGISTER that another server may take, where this one does not: it was answered by a failure that is not about our
 * credentials, or not at all (RFC 3263 section 4.3). What a MESSAGE is answered shows nothing of the kind, since that may
 * come from its receiver. Immutable.
 *
 * @param atLeast for how long the server is not to be asked again, by its Retry-After; zero where it says nothing (RFC
 *     3261 section 21.5.4)
 * @param reason to be told
 */
public record ServerFailure(Duration atLeast, String reason) {
    /** Null if it is not of that kind. */
    public static @Nullable ServerFailure of(Outcome outcome) {
        if (outcome instanceof Outcome.TimedOut) {
            return new ServerFailure(Duration.ZERO, "no answer to REGISTER");
        }
        if (outcome instanceof Outcome.Answered answered && isItsOwn(answered.response())) {
            SipResponse response = answered.response();
            long seconds = response.headers().seconds("Retry-After").orElse(0);
            return new ServerFailure(Duration.ofSeconds(seconds), response.status() + " to REGISTER");
        }
        return null;
    }

    private static boolean isItsOwn(SipResponse response) {
        return switch (response.status()) {
            case 401, 407, 423 -> false;
            default -> !response.isSuccess();
        };
    }
}
