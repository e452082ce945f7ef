package io.websip.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a server is left alone: by its failures, by their kind, and by what it asks for itself. */
class EndpointTest {
    private static final Duration MIN = Duration.ofSeconds(2);
    private static final Duration MAX = Duration.ofSeconds(100);

    /** So late that it overflows soon, as nanoTime may. */
    private static final long NOW = Long.MAX_VALUE - 1_000;

    private final Endpoint endpoint = new Endpoint(
            ServerAddress.parse("wss://sip.example.com"), 3, new Backoff(MIN, MAX, new SplittableRandom(5_626)));

    private static long after(Duration time) {
        return NOW + time.toNanos();
    }

    private Duration failed(@Nullable Closure why) {
        return failed(why, Duration.ZERO);
    }

    private Duration failed(@Nullable Closure why, Duration atLeast) {
        endpoint.failed(why, atLeast, NOW);
        return endpoint.markLeft(NOW);
    }

    private static Closure refused(int status) {
        return new Closure.Refused(status, "no");
    }

    @Test
    void isNotMarkedAtFirst() {
        assertThat(endpoint.isMarked(NOW)).isFalse();
        assertThat(endpoint.markLeft(NOW)).isZero();
        assertThat(endpoint.domain()).isNull();
    }

    @Test
    void markRunsOutAtItsTimeAndNotBefore() {
        Duration mark = failed(new Closure.Closed(1001, ""));

        assertThat(endpoint.markLeft(after(Duration.ofMillis(500)))).isEqualTo(mark.minusMillis(500));
        assertThat(endpoint.isMarked(after(mark.minusNanos(1)))).isTrue();
        assertThat(endpoint.isMarked(after(mark))).isFalse();
        assertThat(endpoint.markLeft(after(mark.plusDays(1)))).isZero();
    }

    @Test
    void out08MarksDoubleUpToTheLongestOfWhichHalfToAllIsWaited() {
        for (int upper : new int[] {2, 4, 8, 16, 32, 64, 100, 100}) {
            assertThat(failed(new Closure.Failed(new IOException("gone"))))
                    .isBetween(Duration.ofMillis(500L * upper), Duration.ofSeconds(upper));
        }
    }

    @Test
    void provenServerBeginsAnew() {
        failed(null);
        failed(null);
        failed(null);
        endpoint.proven();

        assertThat(failed(null)).isLessThanOrEqualTo(MIN);
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 300, 301, 302, 307, 400, 401, 403, 404, 407, 410, 451, 499})
    void ws02PermanentRefusalHasTheLongestMarkAtOnce(int status) {
        assertThat(failed(refused(status))).isBetween(MAX.dividedBy(2), MAX);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 408, 425, 429, 500, 502, 503, 504, 599})
    void ws02PassingRefusalHasTheShortestMark(int status) {
        assertThat(failed(refused(status))).isBetween(MIN.dividedBy(2), MIN);
    }

    @Test
    void uac15LargerDemandHoldsAndASmallerDoesNot() {
        assertThat(failed(null, Duration.ofSeconds(50))).isEqualTo(Duration.ofSeconds(50));
        assertThat(failed(refused(403), Duration.ofSeconds(1))).isGreaterThanOrEqualTo(MAX.dividedBy(2));
    }

    @Test
    void uac15RetryAfterOfARefusedHandshakeIsADemandToo() {
        assertThat(failed(new Closure.Refused(503, "busy", Optional.of(Duration.ofSeconds(70)))))
                .isEqualTo(Duration.ofSeconds(70));
    }

    @Test
    void uac15SmallerRetryAfterDoesNotShortenTheMark() {
        assertThat(failed(new Closure.Refused(403, "no", Optional.of(Duration.ofSeconds(1)))))
                .isGreaterThanOrEqualTo(MAX.dividedBy(2));
    }

    @Test
    void uac15NoDemandIsLongerThanThirtyDays() {
        assertThat(failed(null, Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void uac15DemandOutlivesASuccess() {
        endpoint.avoid(Duration.ofSeconds(60), NOW);
        endpoint.proven();

        assertThat(endpoint.markLeft(after(Duration.ofSeconds(20)))).isEqualTo(Duration.ofSeconds(40));
        assertThat(endpoint.isMarked(after(Duration.ofSeconds(60)))).isFalse();
    }

    @Test
    void uac15ShorterDemandDoesNotShortenALongerOne() {
        endpoint.avoid(Duration.ofSeconds(60), NOW);
        endpoint.avoid(Duration.ofSeconds(5), NOW);

        assertThat(endpoint.markLeft(NOW)).isEqualTo(Duration.ofSeconds(60));
    }
}
