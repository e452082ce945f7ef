package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.UserAgentEvent;
import io.websip.UserAgentListener;
import io.websip.config.ReconnectPolicy;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.sip.FakeSipServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Five hundred agents lose their server at once: they must not come back at once (RFC 5626 section 4.5; OUT-08). */
class HerdTest {
    private static final int AGENTS = 500;
    private static final Duration MIN = Duration.ofSeconds(2);
    private static final Duration MAX = Duration.ofSeconds(30);

    private final ServerFarm farm = new ServerFarm();
    private final FakeSipServer server = farm.server("main");
    private final List<Duration> attempts = new ArrayList<>(); // when each ended, well or not

    @AfterEach
    void nothingIsLeft() {
        farm.close();
    }

    /** All connected. */
    private List<UserAgent> herd(boolean register) {
        return herd(b -> b.server(ServerFarm.url("main")).reconnect(MIN, MAX).register(register));
    }

    private List<UserAgent> herd(Consumer<UserAgentConfigBuilder> options) {
        List<UserAgent> herd = new ArrayList<>();
        for (int i = 0; i < AGENTS; i++) {
            long seed = i;
            UserAgent agent = farm.agent("user" + i, b -> options.accept(b.random(new Random(seed))));
            agent.start().join();
            herd.add(agent);
        }
        herd.forEach(agent -> agent.addListener(new UserAgentListener() {
            @Override
            public void onConnected(UserAgentEvent.Connected event) {
                attempts.add(farm.loop.elapsed());
            }

            @Override
            public void onDisconnected(UserAgentEvent.Disconnected event) {
                attempts.add(farm.loop.elapsed());
            }
        }));
        return herd;
    }

    /** How many of the times fall into each slice of that length, from the first time on. */
    private static List<Integer> slices(List<Duration> times, Duration from, Duration slice, int count) {
        List<Integer> slices = new ArrayList<>(Collections.nCopies(count, 0));
        for (Duration time : times) {
            int at = (int) time.minus(from).dividedBy(slice);
            assertThat(at).isBetween(0, count - 1);
            slices.set(at, slices.get(at) + 1);
        }
        return slices;
    }

    @Test
    void out08AgentsOfALostServerComeBackEvenlyOverTheSecondHalfOfThePause() {
        List<UserAgent> herd = herd(true);
        Duration lost = farm.loop.elapsed();
        server.restart();
        farm.loop.runReady();
        assertThat(attempts).as("all have lost it").hasSize(AGENTS).containsOnly(lost);
        attempts.clear();
        farm.loop.advanceBy(MIN);

        assertThat(attempts).hasSize(AGENTS);
        assertThat(herd).allMatch(UserAgent::isRegistered);
        assertThat(slices(attempts, lost.plus(MIN.dividedBy(2)), Duration.ofMillis(100), 11)
                        .subList(0, 10))
                .as("agents in each tenth of a second")
                .allSatisfy(count -> assertThat(count).isBetween(AGENTS / 20, AGENTS / 20 * 3));
    }

    @Test
    void out08AgentsOfALostServerGoOverToAnotherEvenlyOverTheSpread() {
        farm.server("spare");
        Duration spread = Duration.ofSeconds(5);
        List<UserAgent> herd = herd(b -> b.server(ServerFarm.url("main"), 2)
                .server(ServerFarm.url("spare"), 1)
                .reconnect(ReconnectPolicy.between(MAX, MAX).spread(spread)));
        Duration lost = farm.loop.elapsed();
        server.endpoint().onEveryConnection(Fault.unreachable());
        server.restart();
        farm.loop.runReady();
        attempts.clear();
        farm.loop.advanceBy(spread);

        assertThat(farm.connections("spare")).isEqualTo(AGENTS);
        assertThat(herd).allMatch(UserAgent::isRegistered);
        assertThat(slices(attempts, lost, Duration.ofMillis(500), 11).subList(0, 10))
                .as("agents in each half of a second")
                .allSatisfy(count -> assertThat(count).isBetween(AGENTS / 20, AGENTS / 20 * 3));
    }

    @Test
    void out08ServerThatStaysAwayIsAskedLessAndLessAndNeverByAllAtOnce() {
        herd(false);
        server.endpoint().onEveryConnection(Fault.unreachable());
        server.restart();
        farm.loop.runReady();
        attempts.clear();
        Duration lost = farm.loop.elapsed();
        farm.seconds(600);

        List<Integer> perSecond = slices(attempts, lost, Duration.ofSeconds(1), 601);
        int first =
                perSecond.subList(0, 60).stream().mapToInt(Integer::intValue).sum();
        int last =
                perSecond.subList(540, 600).stream().mapToInt(Integer::intValue).sum();
        assertThat(last).as("attempts of the tenth minute").isLessThan(first * 3 / 5);
        assertThat(perSecond.subList(60, 600))
                .as("attempts in each second, once the pauses are the longest: 22.5 s on average")
                .allSatisfy(count -> assertThat(count).isLessThan(AGENTS / 10));
    }

    @Test
    void out08RecoveredServerGetsThemBackOverTheLongestPause() {
        List<UserAgent> herd = herd(false);
        server.endpoint().onEveryConnection(Fault.unreachable());
        server.restart();
        farm.seconds(300);
        server.endpoint().onEveryConnection();
        attempts.clear();
        Duration back = farm.loop.elapsed();
        farm.loop.advanceBy(MAX);

        assertThat(herd).allMatch(UserAgent::isConnected);
        assertThat(attempts).hasSize(AGENTS);
        assertThat(slices(attempts, back, Duration.ofSeconds(1), 31))
                .as("agents in each second")
                .allSatisfy(count -> assertThat(count).isLessThan(AGENTS / 10));
    }

    @Test
    void uac15RetryAfterIsHeededByAllAndTheyStayAsSpreadAsTheyCame() {
        List<UserAgent> herd = herd(false);
        Duration lost = farm.loop.elapsed();
        server.endpoint().onEveryConnection(Fault.refuse(503, Duration.ofSeconds(120)));
        server.restart();
        farm.seconds(60);
        server.endpoint().onEveryConnection();
        assertThat(attempts).as("lost, and refused once").hasSize(2 * AGENTS);
        attempts.clear();
        farm.seconds(62);

        assertThat(herd).allMatch(UserAgent::isConnected);
        assertThat(slices(attempts, lost.plusSeconds(121), Duration.ofMillis(100), 11)
                        .subList(0, 10))
                .as("agents in each tenth of a second")
                .allSatisfy(count -> assertThat(count).isBetween(AGENTS / 20, AGENTS / 20 * 3));
    }
}
