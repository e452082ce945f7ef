package io.websip.internal.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.internal.fixture.ManualLoop;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseTest {
    private static final Duration LONGEST = Duration.ofSeconds(4_294_967_295L);

    private final ManualLoop loop = new ManualLoop();
    private int over;
    private final Lease lease = new Lease(loop, new Random(1), () -> over++);

    @Test
    void endsOnceWhenItsTimeIsOver() {
        lease.begin(Duration.ofSeconds(60));
        loop.advance(Duration.ofSeconds(59));
        assertThat(lease.left()).isEqualTo(Duration.ofSeconds(1));
        assertThat(over).isZero();

        loop.advance(Duration.ofSeconds(3_600));
        assertThat(over).isEqualTo(1);
        assertThat(lease.isRunning()).isFalse();
        assertThat(lease.left()).isZero();
    }

    @Test
    void beginsAnew() {
        lease.begin(Duration.ofSeconds(60));
        loop.advance(Duration.ofSeconds(30));
        lease.begin(Duration.ofSeconds(60));
        loop.advance(Duration.ofSeconds(59));

        assertThat(over).isZero();
        assertThat(loop.timers()).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void endedItTellsNothing() {
        lease.begin(Duration.ofSeconds(60));
        lease.end();

        assertThat(loop.isQuiet()).isTrue();
        assertThat(lease.isRunning()).isFalse();
    }

    @Test
    void longestGrantEndsAfterItsTimeThoughNoTimerIsLongerThan20Days() {
        lease.begin(LONGEST);
        assertThat(loop.timers()).containsExactly(Duration.ofDays(20));
        loop.advance(LONGEST.minusSeconds(1));
        assertThat(over).isZero();

        loop.advance(Duration.ofSeconds(1));
        assertThat(over).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 5, 20, 60, 3_600, 2_592_000})
    void reg07RefreshIsDueBetweenAHalfAndNineTenths(long seconds) {
        for (int i = 0; i < 1_000; i++) {
            assertThat(lease.refreshIn(Duration.ofSeconds(seconds)).toMillis()).isBetween(500 * seconds, 900 * seconds);
        }
    }

    @Test
    void shortestGrantIsRefreshedNoMoreOftenThanEachSecond() {
        assertThat(lease.refreshIn(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void longestGrantIsRefreshedWithin30Days() {
        assertThat(lease.refreshIn(LONGEST)).isBetween(Duration.ofDays(15), Duration.ofDays(27));
    }
}
