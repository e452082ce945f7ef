package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static io.websip.protocol.ServerFarm.url;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.MessageOptions;
import io.websip.ReconnectPolicy;
import io.websip.UserAgent;
import io.websip.UserAgentConfigBuilder;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.transport.Closure;
import io.websip.transport.fake.Answer;
import io.websip.transport.fake.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way back to a server of a higher weight, and the way away from one that does not register us. */
class BetterServerTest {
    private final ServerFarm farm = new ServerFarm();

    @AfterEach
    void nothingIsLeft() {
        farm.close();
    }

    private UserAgentConfigBuilder twoServers(UserAgentConfigBuilder builder) {
        return builder.server(url("main"), 10).server(url("spare"), 1);
    }

    private void dead(String server) {
        farm.get(server).endpoint().onEveryConnection(Fault.unreachable());
    }

    private void back(String server) {
        farm.get(server).endpoint().onEveryConnection();
    }

    /** An agent at the spare server, since the main one cannot be reached. */
    private UserAgent atSpare() {
        farm.server("main");
        farm.server("spare");
        dead("main");
        UserAgent alice = farm.started(this::twoServers);
        assertThat(farm.news()).containsExactly("disconnected main", "connected spare", "registered");
        return alice;
    }

    @Test
    void betterServerThatIsBackIsReturnedTo() {
        UserAgent alice = atSpare();
        back("main");
        Duration wait = farm.untilNews();

        assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(farm.news()).containsExactly("disconnected spare", "unregistered", "connected main", "registered");
        assertThat(farm.lastLoss().retryIn()).contains(Duration.ZERO);
        assertThat(farm.lastLoss().why()).isEqualTo(new Closure.Closed(1000, "a better server answers again"));
        assertThat(alice.isConnected()).isTrue();
        farm.seconds(2);
        assertThat(farm.connections("spare")).isZero();
    }

    @Test
    void whileItStaysAwayItIsTriedInGrowingPausesAndNobodyIsTold() {
        UserAgent alice = atSpare();
        for (int i = 0; i < 30; i++) {
            farm.seconds(20);
            assertThat(sent(alice, "bob", "hello").join().status()).isEqualTo(200);
        }

        assertThat(farm.news()).isEmpty();
        back("main");
        assertThat(farm.untilNews()).isLessThanOrEqualTo(Duration.ofSeconds(30));
        assertThat(farm.news()).containsExactly("disconnected spare", "unregistered", "connected main", "registered");
    }

    private CompletableFuture<SipResponse> sent(UserAgent agent, String to, String body) {
        farm.get("spare").dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(200) : null);
        CompletableFuture<SipResponse> sent = agent.sendMessage(to, body);
        farm.loop.runReady();
        return sent;
    }

    @Test
    void whatIsUnderWayOnTheOldConnectionEndsThereAndWhatWaitsBehindItGoesOverTheNew() {
        UserAgent alice = atSpare();
        farm.get("spare").enqueue(SipMethod.MESSAGE, Answer.status(200).after(Duration.ofSeconds(10)));
        farm.get("main").dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(202) : null);
        CompletableFuture<SipResponse> underWay = alice.sendMessage("bob", "1");
        CompletableFuture<SipResponse> behind = alice.sendMessage("bob", "2");
        back("main");
        farm.seconds(5);
        assertThat(farm.news()).containsExactly("disconnected spare", "unregistered", "connected main", "registered");
        assertThat(underWay).isNotDone();
        assertThat(behind).isNotDone();

        assertThat(underWay.join().status()).isEqualTo(200);
        assertThat(behind.join().status()).isEqualTo(202);
        assertThat(bodies("spare")).containsExactly("1");
        assertThat(bodies("main")).containsExactly("2");
        farm.seconds(2);
        assertThat(farm.connections("spare")).isZero();
    }

    private List<String> bodies(String server) {
        return farm.get(server).requests(SipMethod.MESSAGE).stream()
                .map(SipRequest::text)
                .toList();
    }

    @Test
    void serverLostWhileTheBetterOneIsTriedIsReplacedByThatAttempt() {
        UserAgent alice = atSpare();
        farm.get("main").endpoint().onEveryConnection(Fault.latency(Duration.ofSeconds(3)));
        farm.seconds(2); // the attempt is under way
        dead("spare");
        farm.get("spare").restart();
        farm.loop.runReady();
        assertThat(farm.news()).containsExactly("disconnected spare", "unregistered");
        assertThat(farm.lastLoss().retryIn()).contains(Duration.ZERO);
        assertThat(alice.isConnected()).isFalse();

        farm.seconds(30);
        assertThat(farm.news()).containsExactly("connected main", "registered");
        assertThat(farm.connections("main")).isEqualTo(1);
    }

    @Test
    void stopWhileTheBetterOneIsTriedLeavesNothing() {
        UserAgent alice = atSpare();
        farm.get("main").endpoint().onEveryConnection(Fault.latency(Duration.ofSeconds(3)));
        farm.seconds(2);
        alice.stop().join();

        assertThat(farm.news()).containsExactly("unregistered", "disconnected spare");
        farm.network.assertNoConnections();
    }

    @Test
    void betterServerThatTakesConnectionsAndDropsThemIsTriedLessAndLessOften() {
        atSpare();
        farm.get("main").endpoint().onEveryConnection(Fault.cutAfter(io.websip.transport.fake.Direction.TO_SERVER, 1));
        farm.seconds(600);
        farm.news();
        int before = farm.losses.size();
        farm.seconds(600);

        assertThat(farm.losses.size() - before).isBetween(2 * 20, 2 * 41); // each time there and back
    }

    @Test
    void neverReplacingAConnectionMeansNoReturnEither() {
        farm.server("main");
        farm.server("spare");
        dead("main");
        farm.started(b -> twoServers(b).reconnect(ReconnectPolicy.never()));
        farm.news();
        back("main");
        farm.seconds(3_600);

        assertThat(farm.news()).isEmpty();
    }

    @Test
    void ws04ViaNamesTheTransportOfTheServerThatIsInUse() {
        farm.serverAt("wss://main.example.com", "main", options -> {});
        farm.server("spare");
        dead("main");
        UserAgent alice =
                farm.started(b -> b.server("wss://main.example.com", 10).server(url("spare"), 1));
        back("main");
        farm.seconds(5);
        goOn(alice.sendMessage("bob", "hello"));
        farm.loop.runReady();

        assertThat(viaTransports("spare")).containsOnly("WS");
        assertThat(viaTransports("main")).containsOnly("WSS").hasSize(2);
    }

    @Test
    void ws04RequestThatIsChallengedAfterTheMoveIsRepeatedWithTheTransportOfItsOwnConnection() {
        farm.serverAt("wss://main.example.com", "main", options -> {});
        farm.server("spare");
        dead("main");
        UserAgent alice = farm.started(b -> b.server("wss://main.example.com", 10)
                .server(url("spare"), 1)
                .password("secret"));
        farm.get("spare")
                .enqueue(
                        SipMethod.MESSAGE,
                        Answer.status(401)
                                .header("WWW-Authenticate", "Digest realm=\"example.com\", nonce=\"1\"")
                                .after(Duration.ofSeconds(10)));
        farm.get("spare").dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(200) : null);
        CompletableFuture<SipResponse> underWay = alice.sendMessage("bob", "hello");
        back("main");

        assertThat(underWay.join().status()).isEqualTo(200);
        assertThat(bodies("spare")).containsExactly("hello", "hello");
        assertThat(viaTransports("spare")).containsOnly("WS");
        assertThat(viaTransports("main")).containsOnly("WSS");
    }

    private List<String> viaTransports(String server) {
        return farm.get(server).requests().stream()
                .map(r -> r.topVia().transport())
                .toList();
    }

    @Test
    void heldMessageGoesOnceOverTheBetterServer() {
        UserAgent alice = atSpare();
        back("main");
        farm.get("main").enqueue(SipMethod.REGISTER, Answer.byServer().after(Duration.ofSeconds(4)));
        farm.get("main").dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(200) : null);
        farm.untilNews(); // the move
        CompletableFuture<SipResponse> sent = alice.sendMessage(
                "bob",
                "hello",
                "text/plain",
                MessageOptions.builder().holdFor(Duration.ofMinutes(1)).build());
        farm.seconds(3);
        assertThat(sent).isNotDone();

        assertThat(sent.join().status()).isEqualTo(200);
        assertThat(bodies("main")).containsExactly("hello");
        assertThat(bodies("spare")).isEmpty();
    }

    // ---- the way away ----

    @Test
    void uac15ServerThatAnswersRegister503IsLeftForAnotherUntilItsRetryAfterIsOver() {
        farm.server("main").enqueue(SipMethod.REGISTER, Answer.status(503).header("Retry-After", "120"));
        farm.server("spare");
        UserAgent alice = farm.alice(this::twoServers);
        alice.start().join();

        assertThat(farm.news())
                .containsExactly(
                        "connected main", "registrationFailed", "disconnected main", "connected spare", "registered");
        assertThat(farm.lastLoss().why()).isEqualTo(new Closure.Closed(1000, "503 to REGISTER"));
        Duration away = farm.untilNews();
        assertThat(away).isBetween(Duration.ofSeconds(120), Duration.ofSeconds(121));
        assertThat(farm.news()).containsExactly("disconnected spare", "unregistered", "connected main", "registered");
    }

    @Test
    void serverThatDoesNotAnswerARegisterIsLeftForAnother() {
        farm.server("main").enqueue(SipMethod.REGISTER, Answer.silence());
        farm.server("spare");
        farm.alice(this::twoServers).start().join();

        assertThat(farm.loop.elapsed()).isEqualTo(Duration.ofSeconds(32));
        assertThat(farm.news())
                .containsExactly(
                        "connected main", "registrationFailed", "disconnected main", "connected spare", "registered");
    }

    @Test
    void uac15WithoutAnotherServerTheTimeHoldsForTheNextConnectionToo() {
        farm.server("main").enqueue(SipMethod.REGISTER, Answer.status(503).header("Retry-After", "120"));
        goOn(farm.alice(b -> b.server(url("main"))).start());
        farm.seconds(20);
        farm.get("main").restart();
        farm.loop.runReady();
        assertThat(farm.news()).containsExactly("connected main", "registrationFailed", "disconnected main");
        assertThat(farm.lastLoss().retryIn()).contains(Duration.ofSeconds(100));

        farm.seconds(100);
        assertThat(farm.news()).containsExactly("connected main", "registered");
    }

    @Test
    void answerToAMessageMovesNobody() {
        farm.server("main");
        farm.server("spare");
        UserAgent alice = farm.started(this::twoServers);
        farm.news();
        List<CompletableFuture<SipResponse>> all = new ArrayList<>();
        for (int status : new int[] {503, 500, 430, 408}) {
            farm.get("main").enqueue(SipMethod.MESSAGE, Answer.status(status).header("Retry-After", "60"));
            all.add(alice.sendMessage("bob", "hello"));
            farm.seconds(1);
        }

        assertThat(all).allSatisfy(sent -> assertThat(sent).isCompletedExceptionally());
        assertThat(farm.news()).isEmpty();
    }
}
