package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static io.websip.protocol.ServerFarm.url;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.NotReadyException;
import io.websip.UserAgent;
import io.websip.config.ReconnectPolicy;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.transport.Closure;
import io.websip.transport.fake.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several servers: which is taken, which is passed over, and what follows when all have failed (RFC 5626 section 4.5). */
class FailoverTest {
    private final ServerFarm farm = new ServerFarm();

    @AfterEach
    void nothingIsLeft() {
        farm.close();
    }

    private UserAgentConfigBuilder twoServers(UserAgentConfigBuilder builder) {
        return builder.server(url("main"), 10).server(url("spare"), 1);
    }

    private void bothListen() {
        farm.server("main");
        farm.server("spare");
    }

    @Test
    void highestWeightIsTakenWhateverTheOrder() {
        bothListen();
        farm.started(b -> b.server(url("spare"), 1).server(url("main"), 10));

        assertThat(farm.news()).containsExactly("connected main", "registered");
        assertThat(farm.connections("spare")).isZero();
    }

    @Test
    void amongEqualsTheChoiceIsRandom() {
        bothListen();
        for (int i = 0; i < 40; i++) {
            farm.agent("user" + i, b -> b.server(url("main")).server(url("spare")))
                    .start()
                    .join();
        }

        assertThat(farm.connections("main")).isBetween(10, 30);
        assertThat(farm.connections("spare")).isEqualTo(40 - farm.connections("main"));
    }

    @Test
    void lostServerIsLeftForTheOtherWithoutAPause() {
        bothListen();
        farm.started(this::twoServers);
        farm.news();
        Duration before = farm.loop.elapsed();
        farm.get("main").endpoint().onEveryConnection(Fault.unreachable());
        farm.get("main").restart();
        farm.loop.runReady();

        assertThat(farm.loop.elapsed()).isEqualTo(before);
        assertThat(farm.news()).containsExactly("disconnected main", "unregistered", "connected spare", "registered");
        assertThat(farm.lastLoss().retryIn()).contains(Duration.ZERO);
    }

    @Test
    void startWhoseFirstServerFailsSucceedsAtTheNext() {
        farm.server("main").endpoint().onEveryConnection(Fault.unreachable());
        farm.server("spare");
        farm.alice(this::twoServers).start().join();

        assertThat(farm.news()).containsExactly("disconnected main", "connected spare", "registered");
    }

    @Test
    void messageSentAtTheStartWaitsForTheServerThatWorks() {
        farm.server("main").endpoint().onEveryConnection(Fault.unreachable());
        farm.server("spare");
        UserAgent alice = farm.alice(b -> twoServers(b).register(false));
        goOn(alice.start());
        CompletableFuture<?> sent = alice.sendMessage("bob", "hello");
        farm.loop.runReady();

        assertThat(sent).isDone();
        assertThat(farm.get("spare").requests()).hasSize(1);
    }

    @Test
    void startFailsWhenEveryServerHasFailed() {
        farm.server("main").endpoint().onEveryConnection(Fault.refuse(503));
        farm.server("spare").endpoint().onEveryConnection(Fault.unreachable());
        CompletableFuture<Void> started = farm.alice(this::twoServers).start();

        assertThat(RegisteringBench.failure(started)).isInstanceOf(NotReadyException.class);
        assertThat(farm.news()).containsExactly("disconnected main", "disconnected spare");
        assertThat(farm.losses.get(0).retryIn()).contains(Duration.ZERO);
        assertThat(farm.losses.get(0).why())
                .isInstanceOfSatisfying(
                        Closure.Refused.class,
                        refused -> assertThat(refused.httpStatus()).isEqualTo(503));
        assertThat(farm.losses.get(1).retryIn())
                .hasValueSatisfying(
                        pause -> assertThat(pause).isBetween(Duration.ofMillis(900), Duration.ofSeconds(2)));
    }

    @Test
    void out08WhenAllHaveFailedEachHasPausesOfItsOwnThatDouble() {
        farm.server("main").endpoint().onEveryConnection(Fault.unreachable());
        farm.server("spare").endpoint().onEveryConnection(Fault.unreachable());
        goOn(farm.alice(this::twoServers).start());
        farm.loop.runReady();
        List<Duration> main = new ArrayList<>();
        List<Duration> spare = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            farm.untilNews();
            boolean ofMain = farm.events.get(farm.events.size() - 1).endsWith("main");
            (ofMain ? main : spare).add(farm.loop.elapsed());
        }

        for (List<Duration> times : List.of(main, spare)) {
            long[] upper = {2, 4, 8, 16};
            Duration last = Duration.ZERO;
            for (int i = 0; i < upper.length; i++) {
                Duration pause = times.get(i).minus(last);
                assertThat(pause).isBetween(Duration.ofMillis(500 * upper[i]), Duration.ofMillis(1_000 * upper[i]));
                last = times.get(i);
            }
        }
    }

    @Test
    void out08ByRfc5626ThirtySecondsThatDoubleUpToHalfAnHour() {
        farm.server("main").endpoint().onEveryConnection(Fault.unreachable());
        goOn(farm.alice(b -> b.server(url("main")).reconnect(ReconnectPolicy.rfc5626()))
                .start());
        farm.loop.runReady();
        long[] upper = {30, 60, 120, 240, 480, 960, 1_800, 1_800};

        for (long seconds : upper) {
            assertThat(farm.lastLoss().retryIn().orElseThrow())
                    .isBetween(Duration.ofMillis(500 * seconds), Duration.ofMillis(1_000 * seconds));
            assertThat(farm.untilNews())
                    .isEqualTo(farm.losses.get(farm.losses.size() - 2).retryIn().orElseThrow());
        }
    }

    @Test
    void boundedTriesEndInAnEventWithoutRetry() {
        farm.server("main").endpoint().onEveryConnection(Fault.unreachable());
        goOn(farm.alice(b -> b.server(url("main"))
                        .reconnect(ReconnectPolicy.defaults().attempts(3)))
                .start());
        farm.seconds(3_600);

        assertThat(farm.losses).hasSize(4); // the first, and one after each pause
        assertThat(farm.losses.subList(0, 3))
                .allSatisfy(loss -> assertThat(loss.retryIn()).isPresent());
        assertThat(farm.lastLoss().retryIn()).isEmpty();
        farm.get("main").endpoint().onEveryConnection();
        farm.seconds(3_600);
        assertThat(farm.connections("main")).isZero();
    }

    @Test
    void boundBeginsAnewWithEachConnection() {
        farm.server("main");
        farm.started(
                b -> b.server(url("main")).reconnect(ReconnectPolicy.defaults().attempts(1)));
        for (int i = 0; i < 5; i++) {
            farm.get("main").restart();
            farm.seconds(60);
        }

        assertThat(farm.losses)
                .hasSize(5)
                .allSatisfy(loss -> assertThat(loss.retryIn()).isPresent());
        assertThat(farm.connections("main")).isEqualTo(1);
    }

    @Test
    void afterTheEndOfTheTriesAStopAndAStartBeginAnew() {
        farm.server("main").endpoint().onNextConnection(Fault.unreachable());
        UserAgent alice = farm.alice(b -> b.server(url("main")).reconnect(ReconnectPolicy.never()));
        assertThat(RegisteringBench.failure(alice.start())).isInstanceOf(NotReadyException.class);
        alice.stop().join();
        alice.start().join();

        assertThat(farm.news()).containsExactly("disconnected main", "connected main", "registered");
    }

    @Test
    void neverReplacesNoLostConnectionThoughAnotherServerIsThere() {
        bothListen();
        UserAgent alice = farm.started(b -> twoServers(b).reconnect(ReconnectPolicy.never()));
        farm.get("main").restart();
        farm.seconds(3_600);

        assertThat(farm.news()).containsExactly("connected main", "registered", "disconnected main", "unregistered");
        assertThat(farm.lastLoss().retryIn()).isEmpty();
        assertThat(alice.isConnected()).isFalse();
    }

    @Test
    void neverTriesEachServerOnceAtTheStart() {
        farm.server("main").endpoint().onEveryConnection(Fault.unreachable());
        farm.server("spare").endpoint().onEveryConnection(Fault.unreachable());
        goOn(farm.alice(b -> twoServers(b).reconnect(ReconnectPolicy.never())).start());
        farm.seconds(3_600);

        assertThat(farm.news()).containsExactly("disconnected main", "disconnected spare");
        assertThat(farm.lastLoss().retryIn()).isEmpty();
    }

    @Test
    void serverThatTakesAndDropsConnectionsGetsLongerPausesAllTheSame() {
        farm.server("main")
                .endpoint()
                .onEveryConnection(Fault.cutAfter(io.websip.transport.fake.Direction.TO_SERVER, 1));
        goOn(farm.alice(b -> b.server(url("main"))).start());
        farm.seconds(300);

        assertThat(farm.losses).hasSizeBetween(10, 20);
        assertThat(farm.lastLoss().retryIn().orElseThrow()).isGreaterThanOrEqualTo(Duration.ofSeconds(15));
    }
}
