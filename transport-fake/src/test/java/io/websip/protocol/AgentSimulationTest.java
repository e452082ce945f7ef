package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static io.websip.protocol.ServerFarm.url;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.Message;
import io.websip.UserAgent;
import io.websip.UserAgentEvent;
import io.websip.UserAgentListener;
import io.websip.UserAgentMetrics;
import io.websip.config.KeepAlive;
import io.websip.config.MessageOptions;
import io.websip.config.RetryOn;
import io.websip.config.UserAgentConfig;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.trace.WireMessage;
import io.websip.transport.fake.Direction;
import io.websip.transport.fake.FakeConnection;
import io.websip.transport.fake.FakeNetwork;
import io.websip.transport.fake.FakeTransport;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.VirtualEventLoop;
import io.websip.transport.fake.sip.Answer;
import io.websip.transport.fake.sip.FakeSipServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random sequences of what programs, servers and networks do to one agent, in virtual time: G1, G2, G4 and G6 hold, nothing
 * is left after a stop, and once the faults end the agent is registered again. A failing seed is printed with its log; {@code
 * -Dwebsip.firstSeed=N -Dwebsip.seeds=1} replays it, and more seeds run for as long as is asked.
 */
class AgentSimulationTest {
    private static final int SEEDS = Integer.getInteger("websip.seeds", 200);
    private static final int FIRST = Integer.getInteger("websip.firstSeed", 0);

    @Test
    void whateverHappens() {
        List<String> broken = new ArrayList<>();
        Map<String, Integer> kinds = new HashMap<>();
        for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
            Simulation simulation = new Simulation(seed);
            try {
                simulation.run();
            } catch (Throwable t) {
                String what = String.valueOf(t.getMessage())
                        .replaceAll("[0-9]+", "#")
                        .replaceAll("\\s+", " ")
                        .strip();
                what = what.substring(0, Math.min(160, what.length()));
                if (kinds.merge(what, 1, Integer::sum) == 1) {
                    Throwable cause = t.getCause() == null ? t : t.getCause();
                    broken.add("seed " + seed + ": " + t.getMessage() + "\n"
                            + List.of(cause.getStackTrace()).stream().limit(8).toList() + "\n  "
                            + String.join("\n  ", simulation.log));
                }
            }
        }
        assertThat(broken).as(kinds.toString()).isEmpty();
    }

    private static final class Sent {
        final String body;
        final MessageOptions options;
        final int resends;
        final boolean redirects;
        final List<String> events = new ArrayList<>();
        int wire;

        @Nullable
        CompletableFuture<SipResponse> future;

        int completions;

        Sent(String body, MessageOptions options, int resends, boolean redirects) {
            this.body = body;
            this.options = options;
            this.resends = resends;
            this.redirects = redirects;
        }
    }

    private static final class Simulation {
        final int seed;
        final Random random;
        final boolean strict; // servers that judge each request; without the faults by which they see it too late
        final VirtualEventLoop loop = new VirtualEventLoop();
        final FakeNetwork network = new FakeNetwork(loop);
        final FakeTransport transport = new FakeTransport(network);
        final List<FakeSipServer> servers = new ArrayList<>();
        final List<String> log = new ArrayList<>();
        final List<Sent> messages = new ArrayList<>();
        final Map<String, Sent> byBody = new HashMap<>();
        final List<String> violations = new ArrayList<>();
        final UserAgent alice;
        boolean hostile = true;
        boolean stopped;
        boolean running;
        int number;

        Simulation(int seed) {
            this.seed = seed;
            this.random = new Random(seed * 7_919L + 13);
            this.strict = seed % 3 == 0;
            for (String name : List.of("main", "spare")) {
                var builder = FakeSipServer.on(network, url(name));
                if (!strict) {
                    builder.lenient();
                }
                FakeSipServer server = builder.noAuth()
                        .expires(1, 60 + random.nextInt(200)) // shorter ones lapse while they travel
                        .start();
                server.dispatcher(this::answer);
                servers.add(server);
            }
            UserAgentConfigBuilder config = UserAgentConfig.builder()
                    .uri("sip:alice@example.com")
                    .server(url("main"), random.nextInt(3))
                    .server(url("spare"), random.nextInt(3))
                    .keepAlive(
                            random.nextBoolean()
                                    ? KeepAlive.webSocketPing().every(Duration.ofSeconds(20))
                                    : KeepAlive.crlf())
                    .random(new Random(seed))
                    .wireTrace(this::wire);
            if (random.nextInt(3) == 0) {
                config.callbackExecutor(Runnable::run);
            }
            alice = UserAgent.create(config.build(), transport);
            alice.addListener(new Ears());
        }

        void say(String what) {
            log.add(loop.elapsed() + " " + what);
        }

        void violated(String what) {
            say("!!! " + what);
            violations.add(what);
        }

        void event(String what) {
            say("  event " + what);
            if (stopped) {
                violated("an event after the stop: " + what);
            }
        }

        private final class Ears implements UserAgentListener {
            @Override
            public void onConnected(UserAgentEvent.Connected event) {
                event("connected " + event.server());
                sometimes();
            }

            @Override
            public void onDisconnected(UserAgentEvent.Disconnected event) {
                event("disconnected " + event.why() + " " + event.retryIn());
                sometimes();
            }

            @Override
            public void onRegistered(UserAgentEvent.Registered event) {
                event("registered " + event.expires());
                sometimes();
            }

            @Override
            public void onUnregistered(UserAgentEvent.Unregistered event) {
                event("unregistered " + event.cause());
                sometimes();
            }

            @Override
            public void onRegistrationFailed(UserAgentEvent.RegistrationFailed event) {
                event("registrationFailed " + event.cause() + " " + event.retryIn());
                sometimes();
            }
        }

        /** What a program may do in a listener. */
        void sometimes() {
            if (hostile && running && random.nextInt(6) == 0) {
                try {
                    program(random.nextInt(10));
                } catch (IllegalStateException e) {
                    say("  refused: " + e.getMessage());
                }
            }
        }

        void wire(WireMessage message) {
            if (message.kind() != WireMessage.Kind.SIP) {
                return;
            }
            String text = message.text();
            say("  " + message.direction() + " " + message.server().host() + " "
                    + text.lines().findFirst().orElse("") + " "
                    + text.lines()
                            .filter(l -> l.startsWith("CSeq") || l.startsWith("Expires"))
                            .toList());
            if (stopped) {
                violated("on the wire after the stop");
            }
            if (message.direction() == WireMessage.Direction.SENT && text.startsWith("MESSAGE")) {
                String body = text.lines().reduce("", (a, b) -> b);
                Sent sent = byBody.get(body);
                if (sent == null) {
                    violated("unknown body " + body);
                    return;
                }
                sent.wire++;
                if (sent.events.contains("succeeded") || sent.events.contains("failed")) {
                    violated(body + " is sent after its outcome " + sent.events);
                }
            }
        }

        @Nullable
        Answer answer(SipRequest request) {
            if (!hostile) {
                return request.method().equals(SipMethod.MESSAGE) ? Answer.status(200) : null;
            }
            Duration later = Duration.ofMillis(random.nextInt(4) == 0 ? random.nextInt(60_000) : random.nextInt(2_000));
            if (request.method().equals(SipMethod.MESSAGE)) {
                return switch (random.nextInt(16)) {
                    case 0 -> Answer.status(503).header("Retry-After", Integer.toString(random.nextInt(20)));
                    case 1 -> Answer.status(430).after(later);
                    case 2 ->
                        Answer.status(302)
                                .header("Contact", "<sip:r" + random.nextInt(3) + "@example.com>;q=0.5, <sip:r9@x>");
                    case 3 -> Answer.silence();
                    case 4 -> Answer.hangUp();
                    case 5 -> Answer.status(486).after(later);
                    case 6 -> Answer.status(202).after(later);
                    case 7 -> Answer.byServer().after(later);
                    case 8 -> Answer.status(100).then(Answer.status(200).after(later));
                    default -> Answer.status(200);
                };
            }
            return switch (random.nextInt(20)) {
                case 0 -> Answer.status(503);
                case 1 -> Answer.status(503).header("Retry-After", Integer.toString(random.nextInt(100)));
                case 2 -> Answer.silence();
                case 3 -> Answer.hangUp();
                case 4 -> Answer.status(500).after(later);
                case 5 -> Answer.status(423).header("Min-Expires", Integer.toString(random.nextInt(2_000)));
                case 6 -> Answer.byServer().after(later);
                case 7 -> Answer.status(200);
                case 8 -> Answer.status(439);
                case 9 -> Answer.status(480).after(later);
                default -> null;
            };
        }

        Fault fault() {
            return switch (strict ? random.nextInt(5) : random.nextInt(8)) {
                case 0 -> Fault.refuse(503, Duration.ofSeconds(random.nextInt(30)));
                case 1 -> Fault.refuse(403);
                case 2 -> Fault.unreachable();
                case 3 -> Fault.silentHandshake();
                case 4 ->
                    Fault.cutAfter(random.nextBoolean() ? Direction.TO_CLIENT : Direction.TO_SERVER, random.nextInt(4));
                case 5 -> Fault.noSubprotocol();
                case 6 -> Fault.latency(Duration.ofMillis(random.nextInt(4_000)));
                default -> Fault.halfOpen();
            };
        }

        void send() {
            MessageOptions.Builder options = MessageOptions.builder();
            int resends = 0;
            boolean redirects = false;
            if (random.nextBoolean()) {
                options.holdFor(Duration.ofSeconds(1 + random.nextInt(120)));
            }
            if (random.nextBoolean()) {
                resends = 1 + random.nextInt(3);
                options.retry(resends, RetryOn.values());
            }
            if (random.nextInt(3) == 0) {
                redirects = true;
                options.followRedirects(1 + random.nextInt(3));
            }
            if (random.nextInt(4) == 0) {
                options.expires(Duration.ofSeconds(1 + random.nextInt(60)));
            }
            if (!strict && random.nextInt(4) == 0) { // what the agent has given up is still pending at a server
                options.timeout(Duration.ofMillis(1 + random.nextInt(40_000)));
            }
            Sent sent = new Sent("m" + ++number + ".", options.build(), resends, redirects);
            byBody.put(sent.body, sent);
            Message message = new Message(alice);
            message.onSending(e -> sent.events.add("sending"));
            message.onSucceeded(e -> outcome(sent, "succeeded"));
            message.onFailed(e -> outcome(sent, "failed"));
            String target = "r" + random.nextInt(3);
            sent.future = message.send(target, sent.body, "text/plain", sent.options);
            sent.future.whenComplete((r, t) -> sent.completions++);
            say("send " + sent.body + " to " + target + " hold/retry " + resends + " redirects " + redirects);
            messages.add(sent);
        }

        void outcome(Sent sent, String what) {
            event(sent.body + " " + what);
            if (!sent.events.equals(List.of("sending"))) {
                violated(sent.body + " " + what + " after " + sent.events);
            }
            sent.events.add(what);
            sometimes();
        }

        void program(int what) {
            switch (what) {
                case 0 -> {
                    say("register()");
                    goOn(alice.register());
                }
                case 1 -> {
                    say("unregister()");
                    goOn(alice.unregister());
                }
                case 2 -> {
                    say("unregisterAll()");
                    goOn(alice.unregisterAll());
                }
                case 3 -> {
                    say("fetchBindings()");
                    goOn(alice.fetchBindings());
                }
                default -> send();
            }
        }

        void step() {
            int what = random.nextInt(24);
            FakeSipServer server = servers.get(random.nextInt(2));
            if (what < 11) {
                if (running) {
                    program(what);
                }
            } else if (what < 14) {
                Fault fault = fault();
                say("every connection of " + server.endpoint() + ": " + fault);
                server.endpoint().onEveryConnection(fault);
            } else if (what < 18) {
                say("health to " + server.endpoint());
                server.endpoint().onEveryConnection();
            } else if (what == 18) {
                say("restart " + server.endpoint());
                server.restart();
            } else if (what == 19) {
                for (FakeConnection connection : server.endpoint().connections()) {
                    if (connection.isOpen()) {
                        Fault fault = fault();
                        if (fault instanceof Fault.OnLink onLink) {
                            say("open connection of " + server.endpoint() + ": " + fault);
                            connection.apply(onLink);
                        }
                    }
                }
            } else if (what == 20) {
                server.forget("alice");
            } else if (what == 21) {
                server.expireNonces();
            } else if (what == 22 && random.nextBoolean()) {
                stop();
            }
        }

        void stop() {
            if (!running) {
                return;
            }
            say("stop()");
            running = false;
            List<Sent> before = List.copyOf(messages);
            CompletableFuture<Void> over = alice.stop();
            boolean[] done = {false};
            over.whenComplete((v, t) -> done[0] = true);
            loop.runUntil(() -> done[0], Duration.ofSeconds(30));
            say("stopped");
            stopped = true;
            loop.runReady();
            assertDone(before);
            assertThat(loop.pending().stream()
                            .filter(t -> t.loop().startsWith("agent-"))
                            .toList())
                    .as("timers after the stop")
                    .isEmpty();
            loop.advanceBy(Duration.ofSeconds(random.nextInt(100)));
            stopped = false;
        }

        void start() {
            say("start()");
            running = true;
            goOn(alice.start());
        }

        void assertDone(List<Sent> which) {
            for (Sent sent : which) {
                assertThat(sent.completions)
                        .as(sent.body + " has its outcome, " + sent.events)
                        .isEqualTo(1);
                assertThat(sent.events).as(sent.body).hasSize(2);
                assertThat(sent.events.get(1))
                        .isEqualTo(sent.future.isCompletedExceptionally() ? "failed" : "succeeded");
                if (sent.resends == 0 && !sent.redirects) {
                    assertThat(sent.wire)
                            .as("times that " + sent.body + " was sent")
                            .isLessThanOrEqualTo(2);
                }
            }
        }

        void run() {
            start();
            say(alice.config().servers() + " " + alice.config().callbackExecutor());
            int steps = 10 + random.nextInt(50);
            for (int i = 0; i < steps; i++) {
                if (!running) {
                    start();
                }
                step();
                switch (random.nextInt(5)) {
                    case 0 -> {}
                    case 1 -> loop.runReady();
                    case 2 -> loop.advanceBy(Duration.ofMillis(random.nextInt(1_500)));
                    case 3 -> loop.advanceBy(Duration.ofSeconds(random.nextInt(10)));
                    default -> loop.advanceBy(Duration.ofSeconds(random.nextInt(100)));
                }
            }
            say("--- health");
            hostile = false;
            servers.forEach(s -> s.endpoint().onEveryConnection());
            if (!running) {
                start();
            }
            loop.advanceBy(Duration.ofSeconds(100)); // what has raced with each other is over: the last wish is clear
            goOn(alice.register());
            loop.advanceBy(Duration.ofMinutes(35)); // the longest pause is 30 min
            loop.advanceBy(Duration.ofSeconds(40));
            assertThat(alice.isConnected()).as("connected again").isTrue();
            assertThat(alice.isRegistered()).as("registered again").isTrue();
            assertThat(servers.stream()
                            .mapToInt(s -> s.bindings("alice").size())
                            .sum())
                    .as("bindings")
                    .isPositive();
            assertDone(messages);
            UserAgentMetrics metrics = alice.metrics();
            assertThat(metrics.pending()).as("pending").isZero();
            assertThat(metrics.held()).as("held").isZero();
            assertThat(metrics.transactions()).as("transactions").isLessThanOrEqualTo(1);
            CompletableFuture<SipResponse> last = alice.sendMessage("r0", "last");
            byBody.put("last", new Sent("last", MessageOptions.NONE, 0, false));
            loop.advanceBy(Duration.ofSeconds(30));
            assertThat(last).as("a message in health").isCompleted();
            stop();
            network.assertNoConnections();
            assertThat(violations).isEmpty();
        }
    }
}
