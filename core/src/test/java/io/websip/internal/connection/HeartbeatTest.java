package io.websip.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.config.KeepAlive;
import io.websip.internal.fixture.ManualLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rhythm of the pings and the judgement that a connection is dead (RFC 5626 sections 4.4 and 4.4.1). */
class HeartbeatTest {
    private static final Duration INTERVAL = Duration.ofSeconds(100);
    private static final Duration PONG = Duration.ofSeconds(10);

    private final ManualLoop loop = new ManualLoop();
    private int pings;
    private int deaths;

    private Heartbeat heartbeat(KeepAlive kind, @Nullable Duration interval) {
        return new Heartbeat(
                loop,
                new SplittableRandom(44),
                interval == null ? kind.pongTimeout(PONG) : kind.every(interval).pongTimeout(PONG),
                () -> pings++,
                () -> deaths++);
    }

    private Heartbeat started(@Nullable Duration interval) {
        Heartbeat heartbeat = heartbeat(KeepAlive.webSocketPing(), interval);
        heartbeat.start();
        return heartbeat;
    }

    /** Lets time pass until the next ping, and says how much it was. */
    private Duration untilPing() {
        int before = pings;
        Duration waited = Duration.ZERO;
        while (pings == before) {
            Duration step = loop.timers().get(0);
            loop.advance(step);
            waited = waited.plus(step);
        }
        return waited;
    }

    private List<Duration> intervals(Heartbeat heartbeat, int count) {
        List<Duration> intervals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            intervals.add(untilPing());
            heartbeat.pong();
        }
        return intervals;
    }

    @Test
    void withoutAnIntervalEvery25To30Seconds() {
        List<Duration> intervals = intervals(started(null), 200);

        assertThat(intervals).allSatisfy(i -> assertThat(i).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(30)));
        assertThat(intervals.stream().min(Duration::compareTo).orElseThrow()).isLessThan(Duration.ofMillis(25_500));
        assertThat(intervals.stream().max(Duration::compareTo).orElseThrow()).isGreaterThan(Duration.ofMillis(29_500));
    }

    @Test
    void configuredIntervalIsWaitedTo80PercentAtLeast() {
        assertThat(intervals(started(INTERVAL), 200))
                .allSatisfy(i -> assertThat(i).isBetween(Duration.ofSeconds(80), INTERVAL));
    }

    @Test
    void out05ShorterFlowTimerHoldsFromNowOn() {
        Heartbeat heartbeat = started(INTERVAL);
        heartbeat.flowTimer(Duration.ofSeconds(20));
        assertThat(intervals(heartbeat, 50))
                .allSatisfy(i -> assertThat(i).isBetween(Duration.ofSeconds(16), Duration.ofSeconds(20)));
        heartbeat.flowTimer(null);
        intervals(heartbeat, 1); // the ping that was planned stays

        assertThat(intervals(heartbeat, 50)).allSatisfy(i -> assertThat(i).isBetween(Duration.ofSeconds(80), INTERVAL));
    }

    @Test
    void out05LongerFlowTimerDoesNotStretchAConfiguredInterval() {
        Heartbeat heartbeat = started(INTERVAL);
        heartbeat.flowTimer(Duration.ofSeconds(1_000));

        assertThat(untilPing()).isLessThanOrEqualTo(INTERVAL);
    }

    @Test
    void hostileFlowTimerIsBounded() {
        Heartbeat heartbeat = started(null);
        heartbeat.flowTimer(Duration.ZERO);
        assertThat(untilPing()).isBetween(Duration.ofMillis(800), Duration.ofSeconds(1));
        heartbeat.pong();
        heartbeat.flowTimer(Duration.ofSeconds(Long.MAX_VALUE));
        intervals(heartbeat, 1); // the ping that was planned stays

        assertThat(untilPing()).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(30));
    }

    @Test
    void out05FlowTimerBetweenTheDefaultsBoundsIsHonoured() {
        Heartbeat heartbeat = started(null);
        heartbeat.flowTimer(Duration.ofSeconds(28));

        assertThat(intervals(heartbeat, 50))
                .allSatisfy(i -> assertThat(i).isBetween(Duration.ofMillis(22_400), Duration.ofSeconds(28)));
    }

    @Test
    void sameFlowTimerOnceMoreDoesNotPutThePingOff() {
        Heartbeat heartbeat = started(null);
        heartbeat.flowTimer(Duration.ofSeconds(20));
        Duration due = loop.timers().get(0);
        loop.advance(Duration.ofSeconds(5));
        heartbeat.flowTimer(Duration.ofSeconds(20));

        assertThat(loop.timers()).containsExactly(due.minusSeconds(5));
    }

    @Test
    void out06NoPongWithinItsTimeIsTheEndOnce() {
        started(INTERVAL);
        untilPing();
        loop.advance(PONG.minusNanos(1));
        assertThat(deaths).isZero();
        loop.advance(Duration.ofNanos(1));

        assertThat(deaths).isEqualTo(1);
        assertThat(loop.isQuiet()).isTrue();
    }

    @Test
    void pongInTimeKeepsItAlive() {
        Heartbeat heartbeat = started(INTERVAL);
        untilPing();
        loop.advance(PONG.minusNanos(1));
        heartbeat.pong();
        loop.advance(PONG);

        assertThat(deaths).isZero();
        assertThat(loop.timers()).as("the next ping alone").hasSize(1);
    }

    @Test
    void otherTrafficPutsTheEndOff() {
        Heartbeat heartbeat = started(INTERVAL);
        untilPing();
        loop.advance(Duration.ofSeconds(9));
        heartbeat.sign();
        loop.advance(Duration.ofSeconds(9));
        assertThat(deaths).isZero();
        loop.advance(Duration.ofSeconds(1));

        assertThat(deaths).isEqualTo(1);
    }

    @Test
    void otherTrafficDoesNotPutTheEndOffForEver() {
        Heartbeat heartbeat = started(INTERVAL);
        untilPing();
        for (int second = 0; second < 200 && deaths == 0; second++) {
            heartbeat.sign();
            loop.advance(Duration.ofSeconds(1));
        }

        assertThat(deaths).isEqualTo(1);
        assertThat(pings).as("none beside one that is awaited").isEqualTo(1);
    }

    @Test
    void pongThatComesWhenTheNextPingIsDueIsFollowedByItAtOnce() {
        Heartbeat heartbeat = started(Duration.ofSeconds(5)); // shorter than the time for the pong
        untilPing();
        loop.advance(Duration.ofSeconds(6));
        assertThat(pings).isEqualTo(1);
        heartbeat.pong();

        assertThat(pings).isEqualTo(2);
        assertThat(deaths).isZero();
    }

    @Test
    void pongOutOfTheBlueChangesNothing() {
        Heartbeat heartbeat = started(INTERVAL);
        List<Duration> before = loop.timers();
        heartbeat.pong();
        heartbeat.sign();

        assertThat(loop.timers()).isEqualTo(before);
        assertThat(pings).isZero();
    }

    @Test
    void stopLeavesNothing() {
        Heartbeat heartbeat = started(INTERVAL);
        untilPing();
        heartbeat.stop();
        loop.advance(Duration.ofHours(1));

        assertThat(loop.isQuiet()).isTrue();
        assertThat(pings).isEqualTo(1);
        assertThat(deaths).isZero();
    }

    @Test
    void offNeverPingsWhateverTheRegistrarSays() {
        Heartbeat heartbeat = heartbeat(KeepAlive.off(), INTERVAL);
        heartbeat.start();
        heartbeat.flowTimer(Duration.ofSeconds(10));
        loop.advance(Duration.ofHours(1));

        assertThat(pings).isZero();
        assertThat(loop.isQuiet()).isTrue();
    }
}
