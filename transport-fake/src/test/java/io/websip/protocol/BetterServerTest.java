package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static io.websip.protocol.ServerFarm.url;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.NewMessage;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.MessageOptions;
import io.websip.config.ReconnectPolicy;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.transport.Closure;
import io.websip.transport.fake.Direction;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.sip.Answer;
import io.websip.transport.fake.sip.FakeSipServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way back to a server of a higher weight, and the way away from one that does not register us. */
class BetterServerTest {
    private final ServerFarm farm = new ServerFarm();

    @AfterEach
    void nothingIsLeft() {
        farm.close();
    }

    @Test
    void betterServerThatIsBackIsReturnedTo() {
        UserAgent alice = farm.atSpare();
        farm.back("main");
        Duration wait = farm.untilNews();

        assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(farm.news()).containsExactly("disconnected spare", "connected main", "registered");
        assertThat(farm.lastLoss().retryIn()).contains(Duration.ZERO);
        assertThat(farm.lastLoss().why()).isEqualTo(new Closure.Closed(1000, "a better server answers again"));
        assertThat(alice.isConnected()).isTrue();
        farm.seconds(2);
        assertThat(farm.connections("spare")).isZero();
    }

    @Test
    void whileItStaysAwayItIsTriedInGrowingPausesAndNobodyIsTold() {
        UserAgent alice = farm.atSpare();
        for (int i = 0; i < 30; i++) {
            farm.seconds(20);
            assertThat(sent(alice, "bob", "hello").join().status()).isEqualTo(200);
        }

        assertThat(farm.news()).isEmpty();
        farm.back("main");
        assertThat(farm.untilNews()).isLessThanOrEqualTo(Duration.ofSeconds(30));
        assertThat(farm.news()).containsExactly("disconnected spare", "connected main", "registered");
    }

    private CompletableFuture<SipResponse> sent(UserAgent agent, String to, String body) {
        farm.get("spare").dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(200) : null);
        CompletableFuture<SipResponse> sent = agent.sendMessage(to, body);
        farm.loop.runReady();
        return sent;
    }

    @Test
    void whatIsUnderWayOnTheOldConnectionEndsThereAndWhatWaitsBehindItGoesOverTheNew() {
        UserAgent alice = farm.atSpare();
        farm.get("spare").enqueue(SipMethod.MESSAGE, Answer.status(200).after(Duration.ofSeconds(10)));
        farm.get("main").dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(202) : null);
        CompletableFuture<SipResponse> underWay = alice.sendMessage("bob", "1");
        CompletableFuture<SipResponse> behind = alice.sendMessage("bob", "2");
        farm.back("main");
        farm.seconds(5);
        assertThat(farm.news()).containsExactly("disconnected spare", "connected main", "registered");
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
        UserAgent alice = farm.atSpare();
        farm.get("main").endpoint().onEveryConnection(Fault.latency(Duration.ofSeconds(3)));
        farm.seconds(2); // the attempt is under way
        farm.dead("spare");
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
        UserAgent alice = farm.atSpare();
        farm.get("main").endpoint().onEveryConnection(Fault.latency(Duration.ofSeconds(3)));
        farm.seconds(2);
        alice.stop().join();

        assertThat(farm.news()).containsExactly("unregistered", "disconnected spare");
        farm.network.assertNoConnections();
    }

    @Test
    void betterServerThatTakesConnectionsAndDropsThemIsTriedInPausesAndNobodyIsTold() {
        farm.atSpare();
        farm.get("main").endpoint().onEveryConnection(Fault.cutAfter(Direction.TO_SERVER, 1));
        farm.seconds(1_200);

        assertThat(farm.news()).isEmpty();
        assertThat(farm.registers("main")).isBetween(4, 12);
    }

    @Test
    void neverReplacingAConnectionMeansNoReturnEither() {
        farm.server("main");
        farm.server("spare");
        farm.dead("main");
        farm.started(b -> ServerFarm.twoServers(b).reconnect(ReconnectPolicy.never()));
        farm.news();
        farm.back("main");
        farm.seconds(3_600);

        assertThat(farm.news()).isEmpty();
    }

    @Test
    void ws04ViaNamesTheTransportOfTheServerThatIsInUse() {
        farm.serverAt("wss://main.example.com", "main", options -> {});
        farm.server("spare");
        farm.dead("main");
        UserAgent alice =
                farm.started(b -> b.server("wss://main.example.com", 10).server(url("spare"), 1));
        farm.back("main");
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
        farm.dead("main");
        UserAgent alice = farm.started(b ->
                b.server("wss://main.example.com", 10).server(url("spare"), 1).password("secret"));
        farm.get("spare")
                .enqueue(
                        SipMethod.MESSAGE,
                        Answer.status(401)
                                .header("WWW-Authenticate", "Digest realm=\"example.com\", nonce=\"1\"")
                                .after(Duration.ofSeconds(10)));
        farm.get("spare").dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(200) : null);
        CompletableFuture<SipResponse> underWay = alice.sendMessage("bob", "hello");
        farm.back("main");

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
    void messagesGoOverTheOldConnectionUntilTheBetterServerHasRegisteredUs() {
        UserAgent alice = farm.atSpare();
        farm.back("main");
        farm.get("main").enqueue(SipMethod.REGISTER, Answer.byServer().after(Duration.ofSeconds(4)));
        farm.get("main").dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(202) : null);
        farm.seconds(3); // the REGISTER to main is under way
        assertThat(farm.registers("main")).isEqualTo(1);
        assertThat(farm.connections("main")).isEqualTo(1);
        MessageOptions held =
                MessageOptions.builder().holdFor(Duration.ofMinutes(1)).build();

        assertThat(alice.isConnected()).isTrue();
        assertThat(alice.isRegistered()).isTrue();
        assertThat(sent(alice, "bob", "1").join().status()).isEqualTo(200);
        assertThat(alice.sendMessage("bob", "2", "text/plain", held).join().status())
                .isEqualTo(200);
        farm.seconds(4);
        assertThat(farm.news()).containsExactly("disconnected spare", "connected main", "registered");
        assertThat(alice.sendMessage("bob", "3").join().status()).isEqualTo(202);
        assertThat(bodies("spare")).containsExactly("1", "2");
        assertThat(bodies("main")).containsExactly("3");
    }

    // ---- what may happen while the better server registers us ----

    @Test
    void oldServerLostMeanwhileLeavesTheAgentWhereItIsBeingRegistered() {
        UserAgent alice = farm.atSpare();
        farm.slowRegistrarIsBack(Answer.byServer());
        farm.get("spare").restart();
        farm.loop.runReady();
        assertThat(farm.news()).containsExactly("disconnected spare", "unregistered", "connected main");
        assertThat(farm.lastLoss().retryIn()).contains(Duration.ZERO);
        assertThat(alice.isRegistered()).isFalse();

        farm.seconds(4);
        assertThat(farm.news()).containsExactly("registered");
        assertThat(farm.registers("main")).isEqualTo(1);
        assertThat(farm.connections("main")).isEqualTo(1);
    }

    @Test
    void refusalAfterTheOldServerIsLostIsToldAsAnyOther() {
        UserAgent alice = farm.atSpare();
        farm.slowRegistrarIsBack(Answer.status(403));
        farm.dead("spare");
        farm.get("spare").restart();
        farm.seconds(10);

        assertThat(farm.news())
                .startsWith(
                        "disconnected spare",
                        "unregistered",
                        "connected main",
                        "registrationFailed",
                        "disconnected main",
                        "disconnected spare");
        assertThat(alice.isRegistered()).isFalse();
    }

    @Test
    void stopMeanwhileUnregistersWhereTheAgentIs() {
        UserAgent alice = farm.atSpare();
        farm.slowRegistrarIsBack(Answer.byServer());
        alice.stop().join();

        assertThat(farm.news()).containsExactly("unregistered", "disconnected spare");
        assertThat(farm.registerExpires("spare")).endsWith("0");
        farm.network.assertNoConnections();
    }

    @Test
    void stopMeanwhileUnregistersAtTheTriedServerToo() {
        UserAgent alice = farm.atSpare();
        farm.registrarIsBack(Answer.byServer().after(Duration.ofSeconds(1)));
        alice.stop().join();

        assertThat(farm.news()).containsExactly("unregistered", "disconnected spare");
        assertThat(farm.registerExpires("spare")).containsExactly("600", "0");
        assertThat(farm.registerExpires("main")).containsExactly("600", "0");
        farm.network.assertNoConnections();
    }

    @Test
    void stopMeanwhileUnregistersAtTheTriedServerAlsoWhenTheOtherOneIsLost() {
        UserAgent alice = farm.atSpare();
        farm.registrarIsBack(Answer.byServer().after(Duration.ofSeconds(1)));
        goOn(alice.stop());
        farm.dead("spare");
        farm.get("spare").restart();
        farm.seconds(3);

        assertThat(farm.news())
                .containsExactly("disconnected spare", "unregistered", "connected main", "disconnected main");
        assertThat(farm.registerExpires("main")).containsExactly("600", "0");
        farm.network.assertNoConnections();
    }

    @Test
    void stopMeanwhileIsNotHeldUpByATriedServerThatIsLost() {
        UserAgent alice = farm.atSpare();
        farm.slowRegistrarIsBack(Answer.byServer());
        Duration before = farm.loop.elapsed();
        CompletableFuture<Void> stopped = alice.stop();
        farm.get("main").restart();
        stopped.join();

        assertThat(farm.loop.elapsed()).isEqualTo(before);
        assertThat(farm.news()).containsExactly("unregistered", "disconnected spare");
        assertThat(farm.registerExpires("spare")).containsExactly("600", "0");
    }

    @Test
    void unregisterMeanwhileIsAnsweredWhereTheAgentIsAndThenItMovesUnregistered() {
        UserAgent alice = farm.atSpare();
        farm.slowRegistrarIsBack(Answer.byServer());
        farm.get("spare").enqueue(SipMethod.REGISTER, Answer.byServer().after(Duration.ofSeconds(1)));

        assertThat(alice.unregister().join().status()).isEqualTo(200);
        farm.seconds(10);
        assertThat(farm.news()).containsExactly("unregistered", "disconnected spare", "connected main");
        assertThat(farm.registers("main")).isEqualTo(1);
        assertThat(alice.isRegistered()).isFalse();
    }

    @Test
    void unregisterThatIsLostWithTheOldServerLeavesTheAgentUnregisteredAtTheBetterOne() {
        UserAgent alice = farm.atSpare();
        farm.slowRegistrarIsBack(Answer.byServer());
        farm.get("spare").enqueue(SipMethod.REGISTER, Answer.silence());
        CompletableFuture<SipResponse> unregistered = alice.unregister();
        farm.seconds(1);
        farm.get("spare").restart();
        farm.seconds(10);

        assertThat(unregistered).isCompletedExceptionally();
        assertThat(farm.news()).containsExactly("disconnected spare", "unregistered", "connected main");
        assertThat(alice.isRegistered()).isFalse();
    }

    @Test
    void registerMeanwhileIsAnsweredByWhicheverServerAnswersFirst() {
        UserAgent alice = farm.atSpare();
        farm.slowRegistrarIsBack(Answer.byServer());
        farm.get("spare").enqueue(SipMethod.REGISTER, Answer.silence());

        assertThat(alice.register().join().status()).isEqualTo(200);
        assertThat(alice.isRegistered()).isTrue();
        assertThat(farm.news()).containsExactly("disconnected spare", "connected main", "registered");
    }

    @Test
    void refreshDoesNotWaitForAServerThatIsSilent() {
        farm.server("main");
        farm.server("spare", o -> o.expires(1, 20));
        farm.dead("main");
        UserAgent alice = farm.started(ServerFarm::twoServers);
        farm.news();
        farm.get("main").dispatcher(r -> Answer.silence());
        farm.back("main");
        farm.seconds(600);

        assertThat(farm.registers("spare")).isBetween(30, 70);
        assertThat(farm.news()).isEmpty();
        assertThat(alice.isRegistered()).isTrue();
    }

    @Test
    void messageThatComesBeforeTheAnswerToTheRegisterIsTaken() {
        UserAgent alice = farm.atSpare();
        List<String> got = new ArrayList<>();
        alice.addListener(new UserAgentListener() {
            @Override
            public void onNewMessage(NewMessage event) {
                if (event instanceof NewMessage.Incoming incoming) {
                    got.add(incoming.message().text());
                }
            }
        });
        farm.slowRegistrarIsBack(Answer.byServer());
        SipRequest register = farm.get("main").requests(SipMethod.REGISTER).get(0);
        farm.get("main")
                .connections()
                .get(0)
                .send(SipRequest.builder(
                                SipMethod.MESSAGE, register.contacts().get(0).uri())
                        .add("Via", "SIP/2.0/WS main.example.com;branch=z9hG4bK1")
                        .add("Max-Forwards", "69")
                        .add("From", "<sip:bob@example.com>;tag=1")
                        .add("To", "<sip:alice@example.com>")
                        .add("Call-ID", "1")
                        .add("CSeq", "1 MESSAGE")
                        .add("Content-Type", "text/plain")
                        .body("early".getBytes(StandardCharsets.UTF_8))
                        .build()
                        .toBytes());
        farm.loop.runReady();

        assertThat(got).containsExactly("early");
        assertThat(farm.get("main").responses()).hasSize(1);
    }

    @Test
    void betterServerMayAskForAPasswordAndForALongerTime() {
        farm.server("spare");
        FakeSipServer main = FakeSipServer.on(farm.network, url("main"))
                .user("alice", "secret")
                .expires(1_000, 2_000)
                .start();
        main.endpoint().onEveryConnection(Fault.unreachable());
        UserAgent alice = farm.started(b -> ServerFarm.twoServers(b).password("secret"));
        farm.news();
        main.endpoint().onEveryConnection();
        farm.seconds(3);

        assertThat(farm.news()).containsExactly("disconnected spare", "connected main", "registered");
        assertThat(alice.binding().orElseThrow().expires()).isEqualTo(Duration.ofSeconds(1_000));
        assertThat(main.requests(SipMethod.REGISTER)).hasSizeBetween(3, 4); // 401, 423, 200
    }

    @Test
    void routeOfTheBetterServerIsTakenOnlyWhenTheAgentMoves() {
        farm.server("main", o -> o.serviceRoute("<sip:route.main.example.com;lr>"));
        farm.server("spare", o -> o.serviceRoute("<sip:route.spare.example.com;lr>"));
        farm.dead("main");
        UserAgent alice = farm.started(ServerFarm::twoServers);
        farm.news();
        farm.slowRegistrarIsBack(Answer.byServer());
        sent(alice, "bob", "1").join();
        farm.seconds(5);
        farm.get("main").dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(200) : null);
        alice.sendMessage("bob", "2").join();

        assertThat(routes("spare")).containsExactly("<sip:route.spare.example.com;lr>");
        assertThat(routes("main")).containsExactly("<sip:route.main.example.com;lr>");
    }

    private List<String> routes(String server) {
        return farm.get(server).requests(SipMethod.MESSAGE).stream()
                .map(r -> r.headers().first("Route").orElse("none"))
                .toList();
    }

    // ---- the way away ----

    @ParameterizedTest
    @ValueSource(ints = {404, 413, 480, 486, 500, 503, 600, 603})
    void uac15ServerThatRefusesARegisterIsLeftForAnotherUntilItsRetryAfterIsOver(int status) {
        farm.server("main").enqueue(SipMethod.REGISTER, Answer.status(status).header("Retry-After", "120"));
        farm.server("spare");
        UserAgent alice = farm.alice(ServerFarm::twoServers);
        alice.start().join();

        assertThat(farm.news())
                .containsExactly(
                        "connected main", "registrationFailed", "disconnected main", "connected spare", "registered");
        assertThat(farm.lastLoss().why()).isEqualTo(new Closure.Closed(1000, status + " to REGISTER"));
        Duration away = farm.untilNews();
        assertThat(away).isBetween(Duration.ofSeconds(120), Duration.ofSeconds(121));
        assertThat(farm.news()).containsExactly("disconnected spare", "connected main", "registered");
    }

    @Test
    void serverThatDoesNotAnswerARegisterIsLeftForAnother() {
        farm.server("main").enqueue(SipMethod.REGISTER, Answer.silence());
        farm.server("spare");
        farm.alice(ServerFarm::twoServers).start().join();

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
        UserAgent alice = farm.started(ServerFarm::twoServers);
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
