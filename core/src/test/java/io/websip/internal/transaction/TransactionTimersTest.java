package io.websip.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TransactionTimersTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void txn10_defaults() {
        assertThat(TransactionTimers.DEFAULT)
                .isEqualTo(new TransactionTimers(
                        Duration.ofMillis(500), Duration.ofSeconds(4), Duration.ofSeconds(5), Duration.ofSeconds(32)));
    }

    @Test
    void txn10_theOthersScaleWithT1() {
        assertThat(TransactionTimers.ofT1(SECOND))
                .isEqualTo(new TransactionTimers(
                        SECOND, Duration.ofSeconds(8), Duration.ofSeconds(10), Duration.ofSeconds(64)));
    }

    @Test
    void uas12_100ComesWhenTimerEWouldReachT2() {
        assertThat(TransactionTimers.DEFAULT.tryingDelay()).isEqualTo(Duration.ofMillis(3_500));
        assertThat(new TransactionTimers(SECOND, SECOND, SECOND, SECOND).tryingDelay())
                .isEqualTo(SECOND);
        assertThat(new TransactionTimers(SECOND, Duration.ofSeconds(3), SECOND, SECOND).tryingDelay())
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(new TransactionTimers(TransactionTimers.MIN, TransactionTimers.MAX, SECOND, SECOND).tryingDelay())
                .isLessThan(TransactionTimers.MAX.multipliedBy(2));
    }

    @Test
    void boundsAreChecked() {
        Duration below = TransactionTimers.MIN.minusNanos(1);
        Duration above = TransactionTimers.MAX.plusNanos(1);
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
                .isThrownBy(() -> new TransactionTimers(t1, t2, t4, timeout))
                .withMessage(message);
    }
}
