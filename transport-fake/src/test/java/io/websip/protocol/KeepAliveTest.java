package io.websip.protocol;

import static io.websip.protocol.ServerFarm.url;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.config.KeepAlive;
import io.websip.loop.EventLoop;
import io.websip.sip.SipMethod;
import io.websip.transport.Closure;
import io.websip.transport.fake.FakeConnection;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.ServerConnection;
import io.websip.transport.fake.ServerHandler;
import io.websip.transport.fake.sip.Answer;
import io.websip.transport.fake.sip.FakeSipServer;
import io.websip.transport.fake.sip.FakeSipServerBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pings, pongs, and connections found dead (RFC 5626 sections 4.4 and 4.4.1, RFC 7118 section 6). */
class KeepAliveTest {
    private final ServerFarm farm = new ServerFarm();
    private FakeSipServer server = farm.server("main");

    @AfterEach
    void nothingIsLeft() {
        farm.close();
    }

    private UserAgent sender(KeepAlive keepAlive) {
        UserAgent agent =
                farm.started(b -> b.server(url("main")).register(false).keepAlive(keepAlive));
        farm.news();
        return agent;
    }

    private FakeConnection connection() {
        List<FakeConnection> open = farm.network.connections();
        return open.get(open.size() - 1);
    }

    private List<Duration> intervals(int count) {
        List<Duration> intervals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int before = server.pings() + server.webSocketPings();
            Duration since = farm.loop.elapsed();
            farm.loop.runUntil(() -> server.pings() + server.webSocketPings() > before);
            intervals.add(farm.loop.elapsed().minus(since));
        }
        return intervals;
    }

    private void assertDead(Duration after) {
        Duration since = farm.loop.elapsed();
        farm.untilNews();
        assertThat(farm.loop.elapsed().minus(since)).isEqualTo(after);
        assertThat(farm.lastLoss().why())
                .isInstanceOfSatisfying(
                        Closure.Failed.class,
                        failed -> assertThat(failed.cause()).hasMessageContaining("no pong"));
    }

    @Test
    void ws12PingsOfWebSocketAreTheDefaultBetween25And30Seconds() {
        farm.started(b -> b.server(url("main")).register(false));

        List<Duration> intervals = intervals(20);
        assertThat(intervals)
                .allSatisfy(i -> assertThat(i).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(30)))
                .doesNotHaveDuplicates();
        assertThat(server.webSocketPings()).isEqualTo(20);
        assertThat(server.pings()).isZero();
        assertThat(farm.losses).isEmpty();
    }

    @Test
    void out06CrlfPingsAreAnsweredAndNothingElseFollows() {
        sender(KeepAlive.crlf().every(Duration.ofSeconds(20)));
        farm.seconds(600);

        assertThat(server.pings()).isBetween(30, 37);
        assertThat(server.webSocketPings()).isZero();
        assertThat(server.requests()).isEmpty();
        assertThat(farm.losses).isEmpty();
    }

    @Test
    void configuredIntervalIsWaitedToFourFifthsOrMore() {
        sender(KeepAlive.webSocketPing().every(Duration.ofSeconds(10)));

        assertThat(intervals(20))
                .allSatisfy(i -> assertThat(i).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10)));
    }

    @Test
    void offSendsNothingYetAnswersAServersPing() {
        sender(KeepAlive.off());
        connection().send("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        farm.seconds(3_600);

        assertThat(server.pings() + server.webSocketPings()).isZero();
        assertThat(connection().delivered(io.websip.transport.fake.Direction.TO_SERVER))
                .isEqualTo(1);
    }

    @Test
    void trp02LoneCrlfIsNeverAnswered() {
        sender(KeepAlive.crlf());
        connection().send("\r\n".getBytes(StandardCharsets.US_ASCII));
        farm.seconds(20);

        assertThat(connection().delivered(io.websip.transport.fake.Direction.TO_SERVER))
                .isZero();
    }

    @Test
    void out06HalfOpenConnectionIsCutTenSecondsAfterThePingAndReplacedAtOnce() {
        UserAgent alice = farm.started(b -> b.server(url("main")));
        intervals(1);
        farm.seconds(1);
        connection().apply(Fault.halfOpen());
        farm.news();
        // The next ping goes nowhere, so its time shows by the end ten seconds after it.
        Duration since = farm.loop.elapsed();
        farm.untilNews();

        assertThat(farm.loop.elapsed().minus(since)).isBetween(Duration.ofSeconds(34), Duration.ofSeconds(39));
        assertThat(farm.lastLoss().retryIn()).as("at once").contains(Duration.ZERO);
        assertThat(farm.news()).containsExactly("disconnected main", "unregistered", "connected main", "registered");
        assertThat(alice.isRegistered()).isTrue();
    }

    @Test
    void out06MissingCrlfPongIsADeadConnection() {
        FakeSipServer mute = farm.server("mute", options -> options.crlfPong(false));
        farm.started(b -> b.server(url("mute")).keepAlive(KeepAlive.crlf().every(Duration.ofSeconds(60))));
        farm.loop.runUntil(() -> mute.pings() == 1);

        assertDead(Duration.ofSeconds(10));
    }

    @Test
    void pongTimeoutIsConfigured() {
        server.endpoint().onEveryConnection(Fault.noPong());
        sender(KeepAlive.webSocketPing().pongTimeout(Duration.ofSeconds(3)));
        intervals(1);

        assertDead(Duration.ofSeconds(3));
    }

    @Test
    void pendingMessageFailsByTheLossOfADeadConnection() {
        UserAgent alice = sender(KeepAlive.webSocketPing().every(Duration.ofSeconds(5)));
        server.enqueue(SipMethod.MESSAGE, Answer.silence());
        CompletableFuture<?> sent = alice.sendMessage("bob", "?");
        farm.loop.runReady();
        connection().apply(Fault.halfOpen());
        farm.seconds(16);

        assertThat(RegisteringBench.failure(sent)).hasMessageContaining("Connection Error");
    }

    @Test
    void serverThatFellSilentWithoutEverSpeakingIsMarkedAsFailed() {
        farm.server("spare");
        server.endpoint().onEveryConnection(Fault.halfOpen());
        farm.started(b -> b.server(url("main"), 1).server(url("spare")).register(false));
        farm.untilNews();

        assertThat(farm.news()).containsExactly("connected main", "disconnected main", "connected spare");
    }

    @Test
    void otherTrafficPutsTheEndOffButNotBeyondTheNextPing() {
        server.endpoint().onEveryConnection(Fault.noPong());
        sender(KeepAlive.webSocketPing().every(Duration.ofSeconds(60)));
        intervals(1);
        Duration ping = farm.loop.elapsed();
        while (farm.losses.isEmpty()) {
            connection().send("\r\n".getBytes(StandardCharsets.US_ASCII));
            farm.seconds(1);
        }

        assertThat(farm.loop.elapsed().minus(ping)).isBetween(Duration.ofSeconds(48 + 9), Duration.ofSeconds(60 + 11));
    }

    @Test
    void pongThatNobodyAskedForIsNotTheOneAwaited() {
        server.endpoint().onEveryConnection(Fault.noPong());
        sender(KeepAlive.webSocketPing().every(Duration.ofSeconds(60)));
        intervals(1);
        connection().pong(new byte[] {'x'});

        assertDead(Duration.ofSeconds(10));
    }

    @Test
    void nothingIsPingedAfterTheEnd() {
        UserAgent alice = sender(KeepAlive.webSocketPing().every(Duration.ofSeconds(5)));
        intervals(3);
        alice.stop().join();
        int pings = server.webSocketPings();
        farm.seconds(600);

        assertThat(server.webSocketPings()).isEqualTo(pings);
    }

    @Test
    void out05FlowTimerOfTheRegistrarIsTheInterval() {
        registered(b -> b.outbound(20), KeepAlive.webSocketPing());

        assertThat(intervals(20))
                .allSatisfy(i -> assertThat(i).isBetween(Duration.ofSeconds(16), Duration.ofSeconds(20)));
    }

    @Test
    void out05ShorterIntervalOfTheProgramStays() {
        registered(b -> b.outbound(3_600), KeepAlive.crlf().every(Duration.ofSeconds(10)));

        assertThat(intervals(10))
                .allSatisfy(i -> assertThat(i).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10)));
    }

    @Test
    void out05FlowTimerOfOneSecondIsTheLeast() {
        registered(b -> b.outbound(1), KeepAlive.webSocketPing());

        assertThat(intervals(10))
                .allSatisfy(i -> assertThat(i).isBetween(Duration.ofMillis(800), Duration.ofSeconds(1)));
    }

    @Test
    void out05FlowTimerTurnsNoPingsOn() {
        registered(b -> b.outbound(20), KeepAlive.off());
        farm.seconds(300);

        assertThat(server.pings() + server.webSocketPings()).isZero();
    }

    @Test
    void out05NextConnectionHasTheOrdinaryIntervalUntilTheRegistrarSaysMore() {
        registered(b -> b.outbound(20), KeepAlive.webSocketPing());
        server.enqueue(
                SipMethod.REGISTER,
                RegisteringBench.grant(";expires=600")); // without Require: outbound, without Flow-Timer
        server.restart();
        farm.seconds(5);

        assertThat(intervals(1).get(0)).isGreaterThan(Duration.ofSeconds(20));
    }

    @Test
    void out05LongerFlowTimerDoesNotStretchTheDefault() {
        registered(b -> b.outbound(3_600), KeepAlive.webSocketPing());

        assertThat(intervals(20))
                .allSatisfy(i -> assertThat(i).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(30)));
    }

    /** The limits of nginx and of AWS's load balancer (60 s), and that of Heroku's router. */
    @ParameterizedTest
    @ValueSource(ints = {60, 55})
    void idleConnectionOutlivesAProxyThatCutsASilentOne(int seconds) {
        for (KeepAlive keepAlive : List.of(KeepAlive.webSocketPing(), KeepAlive.crlf())) {
            String name = keepAlive.kind() == KeepAlive.Kind.CRLF ? "crlf" : "pings";
            FakeSipServer behind =
                    FakeSipServer.behind(farm.loop, false).noAuth().start();
            farm.network.listen(url(name), new ImpatientProxy(behind, Duration.ofSeconds(seconds)));
            farm.started(b -> b.server(url(name)).keepAlive(keepAlive));
            farm.seconds(3_600);

            assertThat(farm.losses).isEmpty();
        }
    }

    @Test
    void proxyThatCutsASilentConnectionCutsOneWithoutPings() {
        farm.network.listen(url("proxy"), new ImpatientProxy(server, Duration.ofSeconds(60)));
        farm.started(b -> b.server(url("proxy")).register(false).keepAlive(KeepAlive.off()));
        farm.seconds(61);

        assertThat(farm.losses).hasSize(1);
    }

    /** Cuts a connection on which nothing of the client's comes for a time. */
    private final class ImpatientProxy implements ServerHandler {
        private final ServerHandler behind;
        private final Duration patience;
        private final Map<ServerConnection, EventLoop.Timer> timers = new HashMap<>();

        ImpatientProxy(ServerHandler behind, Duration patience) {
            this.behind = behind;
            this.patience = patience;
        }

        private void heard(ServerConnection connection) {
            forget(connection);
            timers.put(connection, farm.loop.schedule(patience, connection::abort));
        }

        private void forget(ServerConnection connection) {
            EventLoop.Timer timer = timers.remove(connection);
            if (timer != null) {
                timer.cancel();
            }
        }

        @Override
        public void onOpen(ServerConnection connection) {
            heard(connection);
            behind.onOpen(connection);
        }

        @Override
        public void onMessage(ServerConnection connection, byte[] message) {
            heard(connection);
            behind.onMessage(connection, message);
        }

        @Override
        public void onPing(ServerConnection connection, byte[] payload) {
            heard(connection);
            behind.onPing(connection, payload);
        }

        @Override
        public void onClosed(ServerConnection connection, Closure why) {
            forget(connection);
            behind.onClosed(connection, why);
        }
    }

    private void registered(Consumer<FakeSipServerBuilder> options, KeepAlive keepAlive) {
        server = farm.server("edge", options);
        farm.started(b -> b.server(url("edge")).keepAlive(keepAlive));
        farm.news();
    }
}
