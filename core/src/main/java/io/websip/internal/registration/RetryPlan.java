package io.websip.internal.registration;

import io.websip.config.RegistrationOptions;
import io.websip.internal.server.Backoff;
import io.websip.internal.transaction.Outcome;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** After which pause a failed REGISTER is tried again. Confined to the loop. */
final class RetryPlan {
    /** What a registrar demands beyond it is not waited: 30 days. */
    private static final long MAX_RETRY_AFTER_SECONDS = 2_592_000;

    private final Backoff backoff;

    RetryPlan(RegistrationOptions options, RandomGenerator random) {
        this.backoff = new Backoff(options.retryMin(), options.retryMax(), random);
    }

    /**
     * Whether the registrar has said what it thinks of our credentials, address or request, or has moved for good. Time
     * will hardly mend that, and it ends the binding; but an agent that is alone for a month asks again, rarely, for a
     * registrar may be wrong while it is being set up anew.
     */
    boolean isRefusal(Outcome outcome) {
        if (outcome instanceof Outcome.Answered answered) {
            return switch (answered.response().status()) {
                case 301, 400, 401, 402, 403, 404, 405, 407, 416, 420, 501, 505, 603, 604, 606 -> true;
                default -> false;
            };
        }
        return false;
    }

    /** Never at once (RFC 3261 section 10.2.7); a larger Retry-After wins (RFC 5626 section 4.5). */
    Duration next(Outcome outcome) {
        OptionalLong after = outcome instanceof Outcome.Answered answered
                ? answered.response().headers().seconds("Retry-After")
                : OptionalLong.empty();
        Duration pause = isRefusal(outcome) && after.isEmpty() ? backoff.longest() : backoff.next();
        if (after.isPresent()) {
            Duration demanded = Duration.ofSeconds(Math.min(after.getAsLong(), MAX_RETRY_AFTER_SECONDS));
            return demanded.compareTo(pause) > 0 ? demanded : pause;
        }
        return pause;
    }

    /** It worked: the next failure counts as the first. */
    void reset() {
        backoff.reset();
    }
}
