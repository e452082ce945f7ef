package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.UserAgentEvent;
import io.websip.UserAgentListener;
import io.websip.config.MessageOptions;
import io.websip.config.RetryOn;
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

/** Each moment of a move to a better server, and each step of a trial: calls of the program, faults, answers. */
class MoveMomentsTest {
    private final ServerFarm farm = new ServerFarm();

    @AfterEach
    void nothingIsLeft() {
        farm.close();
    }

    private void quietAfter(UserAgent alice, CompletableFuture<Void> stopped) {
        stopped.join();
        farm.network.assertNoConnections();
        farm.news();
        farm.seconds(300);
        assertThat(farm.news()).isEmpty();
        assertThat(farm.get("main").bindings("alice")).isEmpty();
        assertThat(farm.get("spare").bindings("alice")).isEmpty();
    }

    /** stop() every 100 ms of a move whose steps take long, with or without a message under way. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void stopAtEveryMomentOfAMove(boolean withMessage) {
        for (int at = 0; at <= 9_000; at += 100) {
            try (ServerFarm f = new ServerFarm()) {
                f.server("main");
                f.server("spare");
                f.dead("main");
                UserAgent alice = f.started(b -> ServerFarm.twoServers(b).stopGrace(Duration.ofSeconds(10)));
                f.get("main").enqueue(SipMethod.REGISTER, Answer.byServer().after(Duration.ofSeconds(2)));
                f.get("main").endpoint().onEveryConnection(Fault.latency(Duration.ofMillis(700)));
                CompletableFuture<SipResponse> m = null;
                if (withMessage) {
                    f.get("spare").enqueue(SipMethod.MESSAGE, Answer.status(200).after(Duration.ofSeconds(8)));
                    m = alice.sendMessage("bob", "1");
                }
                f.loop.advanceBy(Duration.ofMillis(at));
                Duration t0 = f.loop.elapsed();
                alice.stop().join();
                assertThat(f.loop.elapsed().minus(t0)).as("at " + at).isLessThan(Duration.ofSeconds(20));
                f.network.assertNoConnections();
                f.news();
                f.seconds(100);
                assertThat(f.news()).as("at " + at).isEmpty();
                if (m != null) {
                    assertThat(m).isDone();
                }
                for (String s : List.of("main", "spare")) {
                    List<String> expires = f.registerExpires(s);
                    boolean moved = f.registers("main") > 0
                            && s.equals("spare")
                            && !expires.get(expires.size() - 1).equals("0");
                    if (!expires.isEmpty() && !moved) {
                        assertThat(expires).as(s + " at " + at).endsWith("0");
                    }
                }
            }
        }
    }

    @Test
    void trialGrantedDuringTheGraceAndThenLost() {
        UserAgent alice = farm.atSpare();
        farm.get("spare").enqueue(SipMethod.MESSAGE, Answer.status(200).after(Duration.ofMillis(1_800)));
        farm.registrarIsBack(Answer.byServer().after(Duration.ofSeconds(1)));
        CompletableFuture<SipResponse> m = alice.sendMessage("bob", "x");
        farm.loop.runReady();
        CompletableFuture<Void> stopped = alice.stop();
        farm.loop.advanceBy(Duration.ofMillis(1_200));
        farm.get("main").restart();
        quietAfter(alice, stopped);
        assertThat(m).isDone();
    }

    @Test
    void trialGrantedDuringTheGraceAndThenTheOldOneLost() {
        UserAgent alice = farm.atSpare();
        farm.get("spare").enqueue(SipMethod.MESSAGE, Answer.status(200).after(Duration.ofMillis(1_800)));
        farm.registrarIsBack(Answer.byServer().after(Duration.ofSeconds(1)));
        CompletableFuture<SipResponse> m = alice.sendMessage("bob", "x");
        farm.loop.runReady();
        CompletableFuture<Void> stopped = alice.stop();
        farm.loop.advanceBy(Duration.ofMillis(1_200));
        farm.get("spare").restart();
        quietAfter(alice, stopped);
        assertThat(m).isCompletedExceptionally();
        assertThat(farm.registerExpires("main")).endsWith("0");
    }

    @Test
    void trialFailsDuringTheGraceNoNewAttemptAndNoRegisterFollows() {
        UserAgent alice = farm.atSpare();
        farm.get("spare").enqueue(SipMethod.MESSAGE, Answer.status(200).after(Duration.ofMillis(1_800)));
        farm.registrarIsBack(Answer.byServer().after(Duration.ofSeconds(1)));
        CompletableFuture<SipResponse> m = alice.sendMessage("bob", "x");
        farm.loop.runReady();
        CompletableFuture<Void> stopped = alice.stop();
        farm.loop.advanceBy(Duration.ofMillis(500));
        farm.get("main").restart();
        farm.loop.advanceBy(Duration.ofMillis(1_000));
        assertThat(farm.connections("main"))
                .as("a new connection while stopping")
                .isZero();
        quietAfter(alice, stopped);
    }

    @ParameterizedTest
    @ValueSource(strings = {"disconnected", "connected", "registered"})
    void stopInAListenerOfTheMove(String where) {
        farm.server("main");
        farm.server("spare");
        farm.dead("main");
        List<CompletableFuture<Void>> stops = new ArrayList<>();
        UserAgent alice = farm.alice(b -> ServerFarm.twoServers(b).callbackExecutor(Runnable::run));
        boolean[] armed = {false};
        alice.addListener(new UserAgentListener() {
            @Override
            public void onDisconnected(UserAgentEvent.Disconnected e) {
                if (armed[0] && where.equals("disconnected")) {
                    armed[0] = false;
                    stops.add(alice.stop());
                }
            }

            @Override
            public void onConnected(UserAgentEvent.Connected e) {
                if (armed[0] && where.equals("connected")) {
                    armed[0] = false;
                    stops.add(alice.stop());
                }
            }

            @Override
            public void onRegistered(UserAgentEvent.Registered e) {
                if (armed[0] && where.equals("registered")) {
                    armed[0] = false;
                    stops.add(alice.stop());
                }
            }
        });
        alice.start().join();
        armed[0] = true;
        farm.back("main");
        farm.seconds(10);
        assertThat(stops).hasSize(1);
        quietAfter(alice, stops.get(0));
        assertThat(farm.registerExpires("main")).containsExactly("600", "0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unregister", "unregisterAll", "register", "fetch"})
    void callInTheDisconnectedOfTheMove(String what) {
        farm.server("main");
        farm.server("spare");
        farm.dead("main");
        List<CompletableFuture<?>> calls = new ArrayList<>();
        UserAgent alice = farm.alice(b -> ServerFarm.twoServers(b).callbackExecutor(Runnable::run));
        boolean[] armed = {false};
        alice.addListener(new UserAgentListener() {
            @Override
            public void onDisconnected(UserAgentEvent.Disconnected e) {
                if (armed[0]) {
                    armed[0] = false;
                    calls.add(
                            switch (what) {
                                case "unregister" -> alice.unregister();
                                case "unregisterAll" -> alice.unregisterAll();
                                case "register" -> alice.register();
                                default -> alice.fetchBindings();
                            });
                }
            }
        });
        alice.start().join();
        armed[0] = true;
        farm.back("main");
        farm.seconds(20);
        assertThat(calls).hasSize(1).allSatisfy(c -> assertThat(c).isDone());
        if (what.startsWith("unreg")) {
            assertThat(alice.isRegistered()).isFalse();
            assertThat(farm.get("main").bindings("alice")).isEmpty();
        } else {
            assertThat(alice.isRegistered()).isTrue();
            assertThat(farm.get("main").bindings("alice")).hasSize(1);
        }
        alice.stop().join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unregister", "unregisterAll"})
    void registerBehindWhatWaitsForAnAnswerOfTheOldServer(String what) {
        UserAgent alice = farm.atSpare();
        farm.get("spare").enqueue(SipMethod.REGISTER, Answer.silence());
        CompletableFuture<?> refresh = alice.register();
        CompletableFuture<?> out = what.equals("unregister") ? alice.unregister() : alice.unregisterAll();
        CompletableFuture<?> in = alice.register();
        farm.back("main");
        farm.seconds(20);
        assertThat(farm.news()).endsWith("connected main", "registered");
        assertThat(refresh).isCompleted();
        assertThat(out).isCompletedExceptionally();
        assertThat(in).isCompleted();
        assertThat(alice.isRegistered()).isTrue();
        assertThat(farm.get("main").bindings("alice")).hasSize(1);
        alice.stop().join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unregister", "unregisterAll", "register", "fetch", "close", "stop"})
    void callAtEveryMoment(String what) {
        for (int at = 0; at <= 9_000; at += 100) {
            try (ServerFarm f = new ServerFarm()) {
                f.server("main");
                f.server("spare");
                f.dead("main");
                UserAgent alice = f.started(ServerFarm::twoServers);
                f.get("main").enqueue(SipMethod.REGISTER, Answer.byServer().after(Duration.ofSeconds(2)));
                f.get("main").endpoint().onEveryConnection(Fault.latency(Duration.ofMillis(700)));
                f.loop.advanceBy(Duration.ofMillis(at));
                CompletableFuture<?> c = switch (what) {
                    case "unregister" -> alice.unregister();
                    case "unregisterAll" -> alice.unregisterAll();
                    case "register" -> alice.register();
                    case "fetch" -> alice.fetchBindings();
                    case "close" -> {
                        alice.close();
                        yield CompletableFuture.completedFuture(null);
                    }
                    default -> alice.stop();
                };
                f.loop.advanceBy(Duration.ofMillis(50));
                CompletableFuture<SipResponse> again =
                        what.equals("unregister") && at % 200 == 0 ? alice.register() : null;
                f.seconds(40);
                assertThat(c).as(what + " at " + at).isDone();
                assertThat(c).as(what + " at " + at).isCompleted();
                if (again != null) {
                    assertThat(again).as("again at " + at).isDone();
                    assertThat(alice.isRegistered()).as("again at " + at).isTrue();
                    assertThat(f.get("main").bindings("alice"))
                            .as("again at " + at)
                            .hasSize(1);
                } else if (what.startsWith("unreg")) {
                    assertThat(alice.isRegistered()).as(what + " at " + at).isFalse();
                    assertThat(f.get("main").bindings("alice"))
                            .as(what + " at " + at)
                            .isEmpty();
                    assertThat(f.get("spare").bindings("alice"))
                            .as(what + " at " + at)
                            .isEmpty();
                }
                alice.stop().join();
                f.network.assertNoConnections();
            }
        }
    }

    /** Retry of 503, 430, lost connection over the move: each ends once. */
    @ParameterizedTest
    @ValueSource(strings = {"503", "430", "lost", "302"})
    void messageAcrossAMove(String what) {
        UserAgent alice = farm.atSpare();
        Answer a = switch (what) {
            case "503" -> Answer.status(503).header("Retry-After", "5");
            case "430" -> Answer.status(430);
            case "302" -> Answer.status(302).header("Contact", "<sip:carol@example.com>");
            default -> Answer.silence();
        };
        farm.get("spare").enqueue(SipMethod.MESSAGE, a.after(Duration.ofSeconds(6)));
        farm.get("main").dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(202) : null);
        List<String> ends = new ArrayList<>();
        MessageOptions o = MessageOptions.builder()
                .retry(3, RetryOn.values())
                .followRedirects(3)
                .holdFor(Duration.ofMinutes(5))
                .build();
        CompletableFuture<SipResponse> m = alice.sendMessage("bob", "x", "text/plain", o);
        m.whenComplete((r, t) -> ends.add("end"));
        farm.back("main");
        farm.seconds(5);
        assertThat(farm.news()).containsExactly("disconnected spare", "connected main", "registered");
        if (what.equals("lost")) {
            farm.get("spare").restart();
        }
        farm.seconds(120);
        assertThat(m.join().status()).isEqualTo(202);
        assertThat(ends).hasSize(1);
        assertThat(farm.get("main").requests(SipMethod.MESSAGE)).hasSize(1);
        farm.seconds(60);
        assertThat(farm.connections("spare")).isZero();
        assertThat(farm.news()).isEmpty();
    }

    /** stop() with a REGISTER of the program under way at the spare and a trial under way at the better one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 500, 1_500, 2_500, 5_000})
    void stopWithARefreshAndATrialUnderWay(int ms) {
        UserAgent alice = farm.alice(b -> ServerFarm.twoServers(b).stopGrace(Duration.ofSeconds(20)));
        farm.server("main");
        farm.server("spare");
        farm.dead("main");
        alice.start().join();
        farm.get("spare").enqueue(SipMethod.REGISTER, Answer.byServer().after(Duration.ofSeconds(3)));
        farm.registrarIsBack(Answer.byServer().after(Duration.ofSeconds(2)));
        CompletableFuture<SipResponse> r = alice.register();
        CompletableFuture<?> f = alice.fetchBindings();
        farm.loop.advanceBy(Duration.ofMillis(ms));
        CompletableFuture<Void> s = alice.stop();
        quietAfter(alice, s);
        assertThat(r).isDone();
        assertThat(f).isDone();
        assertThat(farm.registerExpires("main")).endsWith("0");
    }

    /** The trial is answered 423, 439, 401 by turns, and the stop comes in between. */
    @ParameterizedTest
    @ValueSource(ints = {0, 300, 800, 1_300, 1_800, 2_300})
    void stopWhileTheTrialIsAnsweredStepByStep(int ms) {
        UserAgent alice = farm.alice(b -> ServerFarm.twoServers(b).stopGrace(Duration.ofSeconds(20)));
        farm.server("main");
        farm.server("spare");
        farm.dead("main");
        alice.start().join();
        farm.get("main")
                .enqueue(
                        SipMethod.REGISTER,
                        Answer.status(423).header("Min-Expires", "1800").after(Duration.ofMillis(500)));
        farm.get("main").enqueue(SipMethod.REGISTER, Answer.status(439).after(Duration.ofMillis(500)));
        farm.get("main").enqueue(SipMethod.REGISTER, Answer.byServer().after(Duration.ofMillis(500)));
        farm.back("main");
        farm.loop.runUntil(() -> farm.registers("main") == 1);
        farm.loop.advanceBy(Duration.ofMillis(ms));
        CompletableFuture<Void> s = alice.stop();
        quietAfter(alice, s);
        List<String> expires = farm.registerExpires("main");
        assertThat(expires).endsWith("0");
    }
}
