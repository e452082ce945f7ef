package io.websip.internal.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.config.RegistrationOptions;
import io.websip.internal.transaction.Outcome;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipResponse;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 3261 section 10.2.7, RFC 5626 section 4.5. */
class RetryPlanTest {
    private static final Set<Integer> REFUSALS =
            Set.of(301, 400, 401, 402, 403, 404, 405, 407, 416, 420, 501, 505, 603, 604, 606);

    private final RetryPlan plan = new RetryPlan(
            RegistrationOptions.builder()
                    .retry(Duration.ofSeconds(30), Duration.ofSeconds(1_800))
                    .build(),
            new Random(1));

    private static Outcome answered(int status, @Nullable Long after) {
        SipMessageBuilder<SipResponse> response = SipResponse.builder(status, null);
        if (after != null) {
            response.add("Retry-After", Long.toString(after));
        }
        return new Outcome.Answered(response.build());
    }

    @Test
    void whatTimeWillHardlyMend() {
        for (int status = 300; status < 700; status++) {
            assertThat(plan.isRefusal(answered(status, null))).as("%d", status).isEqualTo(REFUSALS.contains(status));
        }
        assertThat(plan.isRefusal(new Outcome.TimedOut())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "503, , 15, 30",
        "503, 100, 100, 100",
        "503, 5, 15, 30",
        "403, , 900, 1800",
        "403, 100, 100, 100",
        "403, 5, 15, 30",
        "503, 2592000, 2592000, 2592000",
        "503, 2592001, 2592000, 2592000"
    })
    void theFirstPauseInSeconds(int status, @Nullable Long after, long least, long most) {
        assertThat(plan.next(answered(status, after))).isBetween(Duration.ofSeconds(least), Duration.ofSeconds(most));
    }

    @Test
    void pausesGrowUntilItWorks() {
        Duration last = Duration.ZERO;
        for (int i = 0; i < 10; i++) {
            last = plan.next(new Outcome.TimedOut());
        }
        assertThat(last).isGreaterThanOrEqualTo(Duration.ofSeconds(900));
        plan.reset();
        assertThat(plan.next(new Outcome.TimedOut())).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }
}
