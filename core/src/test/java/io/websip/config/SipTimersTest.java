package io.websip.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SipTimersTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void txn10_defaults() {
        assertThat(SipTimers.DEFAULT)
                .isEqualTo(new SipTimers(
                        Duration.ofMillis(500), Duration.ofSeconds(4), Duration.ofSeconds(5), Duration.ofSeconds(32)));
    }

    @Test
    void txn10_theOthersScaleWithT1() {
        assertThat(SipTimers.ofT1(SECOND))
                .isEqualTo(
                        new SipTimers(SECOND, Duration.ofSeconds(8), Duration.ofSeconds(10), Duration.ofSeconds(64)));
    }

    @Test
    void uas12_100ComesWhenTimerEWouldReachT2() {
        assertThat(SipTimers.DEFAULT.tryingDelay()).isEqualTo(Duration.ofMillis(3_500));
        assertThat(new SipTimers(SECOND, SECOND, SECOND, SECOND).tryingDelay()).isEqualTo(SECOND);
        assertThat(new SipTimers(SECOND, Duration.ofSeconds(3), SECOND, SECOND).tryingDelay())
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(new SipTimers(SipTimers.MIN, SipTimers.MAX, SECOND, SECOND).tryingDelay())
                .isLessThan(SipTimers.MAX.multipliedBy(2));
    }

    @Test
    void boundsAreChecked() {
        Duration below = SipTimers.MIN.minusNanos(1);
        Duration above = SipTimers.MAX.plusNanos(1);
        refused("T1 must be 1 ms to 1 hour, not PT0S", Duration.ZERO, SECOND, SECOND, SECOND);
        refused("T1 must be 1 ms to 1 hour, not PT-1S", SECOND.negated(), SECOND, SECOND, SECOND);
        refused("T2 must be 1 ms to 1 hour, not " + above, SECOND, above, SECOND, SECOND);
        refused("T4 must be 1 ms to 1 hour, not " + below, SECOND, SECOND, below, SECOND);
        refused("the transaction timeout must be 1 ms to 1 hour, not " + above, SECOND, SECOND, SECOND, above);
        refused("T2 must not be below T1, but PT0.999S is below PT1S", SECOND, SECOND.minusMillis(1), SECOND, SECOND);
        refused(
                "the transaction timeout must not be below T1, but PT0.5S is below PT1S",
                SECOND,
                SECOND,
                SECOND,
                Duration.ofMillis(500));
    }

    private static void refused(String message, Duration t1, Duration t2, Duration t4, Duration timeout) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SipTimers(t1, t2, t4, timeout))
                .withMessage(message);
    }
}
