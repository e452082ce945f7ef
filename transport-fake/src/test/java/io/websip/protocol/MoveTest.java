package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static io.websip.protocol.ServerFarm.url;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.UserAgentEvent;
import io.websip.UserAgentListener;
import io.websip.config.MessageOptions;
import io.websip.sip.NameAddress;
import io.websip.sip.SipMethod;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.sip.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program does, and what else happens, while a better server registers the agent. */
class MoveTest {
    private final ServerFarm farm = new ServerFarm();

    @AfterEach
    void nothingIsLeft() {
        farm.close();
    }

    @Test
    void unregisterDuringTheTrialLeavesNoBindingAtTheBetterServer() {
        UserAgent alice = farm.atSpare();
        // the registrar takes the binding at once; its answer is slow on the way
        farm.get("main").endpoint().onEveryConnection(Fault.latency(Duration.ofMillis(300)));
        farm.loop.runUntil(() -> !farm.get("main").bindings("alice").isEmpty());
        assertThat(farm.news()).isEmpty();
        assertThat(alice.unregister().join().status()).isEqualTo(200);
        farm.seconds(60);
        assertThat(alice.isRegistered()).isFalse();
        assertThat(farm.get("spare").bindings("alice")).isEmpty();
        assertThat(farm.get("main").bindings("alice")).isEmpty();
    }

    @Test
    void unregisterWhileARefreshIsUnderWayIsNotLostToTheMove() {
        UserAgent alice = farm.atSpare();
        farm.get("spare").enqueue(SipMethod.REGISTER, Answer.byServer().after(Duration.ofSeconds(5)));
        goOn(alice.register());
        CompletableFuture<SipResponse> gone = alice.unregister();
        farm.back("main");
        farm.seconds(20);
        assertThat(gone.join().status()).isEqualTo(200);
        assertThat(farm.get("spare").bindings("alice")).isEmpty();
        assertThat(farm.get("main").bindings("alice")).isEmpty();
    }

    @Test
    void unregisterAllIsNotLostToTheMove() {
        UserAgent alice = farm.atSpare();
        farm.get("spare").enqueue(SipMethod.REGISTER, Answer.byServer());
        farm.get("spare").enqueue(SipMethod.REGISTER, Answer.byServer().after(Duration.ofSeconds(5)));
        var all = alice.unregisterAll();
        farm.loop.runReady();
        farm.back("main");
        farm.seconds(20);
        all.join();
    }

    @Test
    void unregisterAllDuringTheTrial() {
        UserAgent alice = farm.atSpare();
        farm.slowRegistrarIsBack(Answer.byServer());
        alice.unregisterAll().join();
        farm.seconds(20);
        assertThat(farm.news()).containsExactly("unregistered", "disconnected spare", "connected main");
        assertThat(farm.get("main").bindings("alice")).isEmpty();
    }

    @Test
    void unregisterAndRegisterDuringTheTrial() {
        UserAgent alice = farm.atSpare();
        farm.slowRegistrarIsBack(Answer.byServer());
        goOn(alice.unregister());
        CompletableFuture<SipResponse> again = alice.register();
        farm.seconds(20);
        assertThat(again.join().status()).isEqualTo(200);
        assertThat(alice.isRegistered()).isTrue();
        assertThat(farm.get("main").bindings("alice")).hasSize(1);
    }

    @Test
    void betterServerThatDropsUsAfterElevenSecondsIsTriedInGrowingPauses() {
        farm.atSpare();
        farm.get("main").dispatcher(r -> Answer.silence());
        farm.back("main");
        for (int i = 0; i < 12_000; i++) {
            farm.loop.advanceBy(Duration.ofMillis(100));
            farm.get("main").connections().forEach(c -> {
                if (farm.loop.elapsed().toMillis() % 12_000 == 0) {
                    c.abort();
                }
            });
        }
        assertThat(farm.registers("main")).isLessThan(60);
    }

    @Test
    void bothServersFailInOneTask() {
        UserAgent alice = farm.atSpare();
        farm.slowRegistrarIsBack(Answer.byServer());
        farm.get("main").restart();
        farm.get("spare").restart();
        farm.seconds(60);
        assertThat(alice.isRegistered()).isTrue();
    }

    @Test
    void stopAndStartDuringTheTrial() {
        UserAgent alice = farm.atSpare();
        farm.slowRegistrarIsBack(Answer.byServer());
        goOn(alice.stop());
        CompletableFuture<Void> startedAnew = alice.start();
        farm.seconds(60);

        assertThat(startedAnew).isCompleted();
        assertThat(farm.registerExpires("main")).containsExactly("600", "600");
        assertThat(farm.registerExpires("spare")).containsExactly("600", "0");
        assertThat(farm.connections("main")).isEqualTo(1);
        assertThat(farm.connections("spare")).isZero();
    }

    @Test
    void threeServers() {
        farm.server("a");
        farm.server("b");
        farm.server("c");
        farm.dead("a");
        farm.dead("b");
        UserAgent alice =
                farm.started(b -> b.server(url("a"), 10).server(url("b"), 5).server(url("c"), 1));
        farm.news();
        farm.get("a").endpoint().onEveryConnection();
        farm.get("a").dispatcher(r -> Answer.silence());
        farm.seconds(2);
        farm.back("b");
        farm.seconds(200);
        farm.get("a").dispatcher(r -> null);
        farm.seconds(600);
        assertThat(alice.isRegistered()).isTrue();
        assertThat(farm.connections("a")).isEqualTo(1);
    }

    @Test
    void registerFalseMoves() {
        farm.server("main");
        farm.server("spare");
        farm.dead("main");
        UserAgent alice = farm.started(b -> ServerFarm.twoServers(b).register(false));
        farm.news();
        farm.back("main");
        farm.seconds(10);
        assertThat(farm.news()).containsExactly("disconnected spare", "connected main");
        assertThat(farm.registers("main")).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 20, 300})
    void messageGivenUpBeforeTheMoveHoldsTheNextUntilItsAnswer(long timeout) {
        UserAgent alice = farm.atSpare();
        farm.get("spare").enqueue(SipMethod.MESSAGE, Answer.status(200).after(Duration.ofSeconds(25)));
        farm.get("main").dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(202) : null);
        MessageOptions o =
                MessageOptions.builder().timeout(Duration.ofSeconds(timeout)).build();
        CompletableFuture<SipResponse> first = alice.sendMessage("bob", "1", "text/plain", o);
        CompletableFuture<SipResponse> second = alice.sendMessage("bob", "2");
        farm.back("main");
        Duration t0 = farm.loop.elapsed();
        assertThat(second.join().status()).isEqualTo(202);
        assertThat(farm.loop.elapsed().minus(t0)).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(26));
    }

    @Test
    void messageGivenUpBeforeTheMoveAndTheOldFlowDies() {
        UserAgent alice = farm.atSpare();
        farm.get("spare").enqueue(SipMethod.MESSAGE, Answer.silence());
        farm.get("main").dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(202) : null);
        MessageOptions o =
                MessageOptions.builder().timeout(Duration.ofSeconds(1)).build();
        CompletableFuture<SipResponse> first = alice.sendMessage("bob", "1", "text/plain", o);
        CompletableFuture<SipResponse> second = alice.sendMessage("bob", "2");
        farm.back("main");
        farm.seconds(5);
        assertThat(second).isNotDone();
        farm.get("spare").restart();
        farm.loop.runReady();
        assertThat(second.join().status()).isEqualTo(202);
        assertThat(first).isCompletedExceptionally();
    }

    @Test
    void fetchThatIsUnderWayEndsWhereItBegan() {
        UserAgent alice = farm.atSpare();
        farm.get("spare").enqueue(SipMethod.REGISTER, Answer.byServer().after(Duration.ofSeconds(5)));
        CompletableFuture<List<NameAddress>> all = alice.fetchBindings();
        farm.loop.runReady();
        farm.back("main");
        farm.seconds(4);
        assertThat(farm.news()).containsExactly("disconnected spare", "connected main", "registered");
        assertThat(all).isNotDone();

        assertThat(all.join()).hasSize(1);
    }

    @Test
    void registerThatIsUnderWayIsDoneAtTheBetterServer() {
        farm.server("main");
        farm.server("spare").enqueue(SipMethod.REGISTER, Answer.byServer().after(Duration.ofSeconds(10)));
        farm.dead("main");
        UserAgent alice = farm.alice(ServerFarm::twoServers);
        CompletableFuture<?> started = alice.start();
        farm.loop.runUntil(() -> farm.registers("spare") == 1);
        CompletableFuture<SipResponse> registered = alice.register();
        farm.back("main");
        farm.seconds(5);

        assertThat(alice.isRegistered()).isTrue();
        assertThat(started).isCompleted();
        assertThat(registered.join().status()).isEqualTo(200);
        assertThat(farm.registers("main")).isEqualTo(1);
    }

    @Test
    void unregisterWithinTheMoveIsToldAndDoesNotOutliveALaterRegister() {
        farm.server("main");
        farm.server("spare").enqueue(SipMethod.REGISTER, Answer.silence());
        farm.dead("main");
        UserAgent alice = farm.alice(b -> ServerFarm.twoServers(b).callbackExecutor(Runnable::run));
        List<CompletableFuture<SipResponse>> wishes = new ArrayList<>();
        alice.addListener(new UserAgentListener() {
            @Override
            public void onDisconnected(UserAgentEvent.Disconnected event) {
                if (event.server().host().startsWith("spare")) {
                    wishes.add(alice.unregister());
                }
            }
        });
        goOn(alice.start());
        farm.loop.runUntil(() -> farm.registers("spare") == 1);
        farm.back("main");
        farm.seconds(10);
        assertThat(farm.news()).endsWith("disconnected spare", "connected main", "registered", "unregistered");
        assertThat(wishes)
                .hasSize(1)
                .allSatisfy(wish -> assertThat(wish.join().status()).isEqualTo(200));
        assertThat(farm.get("main").bindings("alice")).isEmpty();

        alice.register().join();
        farm.seconds(10);
        assertThat(alice.isRegistered()).isTrue();
    }

    /** The spare is lost while the better one is a black hole; a third has never failed. */
    @Test
    void healthyThirdServerIsTriedWithoutWaitingForTheAttemptAtTheBetterOne() {
        farm.server("a");
        farm.server("b");
        farm.server("c");
        farm.dead("a");
        UserAgent alice =
                farm.started(b -> b.server(url("a"), 10).server(url("b"), 5).server(url("c"), 1));
        farm.get("a").endpoint().onEveryConnection(Fault.silentHandshake());
        farm.seconds(3);
        farm.news();
        farm.dead("b");
        farm.get("b").restart();
        Duration t0 = farm.loop.elapsed();
        farm.loop.runReady();
        farm.loop.runUntil(alice::isConnected);
        assertThat(farm.loop.elapsed().minus(t0)).isLessThan(Duration.ofSeconds(1));
    }

    /** A REGISTER on the connection that was left keeps no agent from a better one. */
    @Test
    void agentThatIsToBeUnregisteredGoesToTheBetterServerInTheEnd() {
        farm.server("main").dispatcher(r -> r.method().equals(SipMethod.REGISTER) ? Answer.silence() : null);
        farm.server("spare");
        UserAgent alice = farm.alice(ServerFarm::twoServers);
        goOn(alice.start());
        farm.seconds(20);
        CompletableFuture<SipResponse> gone = alice.unregister(); // behind the REGISTER that has no answer
        farm.seconds(60);
        assertThat(gone).isDone();
        farm.get("main").dispatcher(r -> null);
        farm.seconds(4 * 3_600);
        assertThat(farm.connections("main") + "/" + farm.connections("spare")).isEqualTo("1/0");
    }

    /** The better server refuses while the answer of the other is due. */
    @Test
    void reg05NoSecondRegisterToAServerThatStillHasTheFirst() {
        farm.server("main").enqueue(SipMethod.REGISTER, Answer.status(503));
        farm.server("spare").enqueue(SipMethod.REGISTER, Answer.byServer().after(Duration.ofSeconds(8)));
        farm.dead("main");
        UserAgent alice = farm.alice(ServerFarm::twoServers);
        goOn(alice.start());
        farm.loop.runUntil(() -> farm.registers("spare") == 1);
        farm.back("main");
        farm.seconds(4); // tried, and refused
        assertThat(farm.registers("main")).isEqualTo(1);
        assertThat(farm.registers("spare")).as("while the first has no answer").isEqualTo(1);
        farm.seconds(60);
        assertThat(alice.isRegistered()).isTrue();
    }

    @Test
    void unregisteringAtTheLossLeavesNoConnectionToTheBetterServerBehind() {
        farm.server("main");
        farm.server("spare");
        farm.dead("main");
        UserAgent alice = farm.started(options -> ServerFarm.twoServers(options).callbackExecutor(Runnable::run));
        farm.registrarIsBack(Answer.silence());
        alice.addListener(new UserAgentListener() {
            @Override
            public void onDisconnected(UserAgentEvent.Disconnected event) {
                goOn(alice.unregister());
            }
        });
        farm.get("spare").enqueue(SipMethod.REGISTER, Answer.status(503));
        goOn(alice.register());
        farm.seconds(60);
        assertThat(farm.network.connections()).hasSize(1);
    }
}
