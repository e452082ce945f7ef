package io.websip.simulation;

import io.websip.UserAgentMetrics;
import io.websip.config.KeepAlive;
import io.websip.config.MessageOptions;
import io.websip.config.UserAgentConfig;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.transport.ServerAddress;
import io.websip.transport.fake.FakeNetwork;
import io.websip.transport.fake.FakeTransport;
import io.websip.transport.fake.VirtualEventLoop;
import io.websip.transport.fake.sip.FakeSipServer;
import io.websip.transport.fake.sip.FakeSipServerBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Agents, servers and a network between them, from their beginning to a quiet end. */
final class World {
    private static final int MAX_PENDING = 200;

    /** What has raced with each other as the faults stopped is over, also the answers that servers ponder on. */
    private static final Duration SETTLED = Duration.ofSeconds(100);

    /**
     * All have registered again, by themselves: a REGISTER that was sent before the faults stopped is refused, or given up
     * after 32 s, then the longest pause of {@link io.websip.config.RegistrationOptions.Builder#retry} follows, 30 min, and the next
     * one has its answer within a minute. All else is shorter: a lost connection is replaced within 30 s (see
     * {@link io.websip.config.ReconnectPolicy}), and a binding that the registrar has lost comes back by its refresh, within 260 s.
     */
    private static final Duration RECOVERY =
            Duration.ofMillis((long) ((32 + 1_800 + 60) * 1_000 / Registrations.SLOWEST_CLOCK));

    private final long seed;
    final Options options;
    final Random random;
    final VirtualEventLoop loop = new VirtualEventLoop();
    final Trace trace;
    final List<FakeSipServer> servers = new ArrayList<>();
    final List<Actor> actors = new ArrayList<>();
    private final FakeNetwork network = new FakeNetwork(loop);
    private final FakeTransport transport = new FakeTransport(network);
    private final Map<String, Sent> messages = new HashMap<>();
    final Map<String, RewritingRegistrar.Listed> grants = new HashMap<>(); // of a REGISTER, by its branch
    final People people;
    final Liar liar;
    final Flood flood;
    private final @Nullable WaryAgent wary;
    private final Misfortune misfortune;
    private final Registrations registrations;
    private boolean hostile = true;
    private int number;
    private int connections;
    private int loops;

    World(long seed, boolean detailed) {
        this.seed = seed;
        this.random = new Random(seed * 7_919L + 13);
        this.options = Options.of(random);
        this.trace = new Trace(loop, detailed);
        trace.say(options::toString);
        this.people = new People(options.oddNames());
        this.liar = new Liar(this);
        this.flood = new Flood(this);
        network.latency(Duration.ofMillis(options.latency()));
        this.registrations = new Registrations(this);
        this.misfortune = new Misfortune(this, registrations);
        servers.add(server("main"));
        servers.add(server("spare"));
        for (int i = 0; i < options.agents(); i++) {
            actors.add(actor(i));
        }
        this.wary = options.wary() ? new WaryAgent(this, network, transport, new Random(~seed)) : null;
    }

    private FakeSipServer server(String name) {
        Duration ahead = Duration.ofSeconds(random.nextInt(600) - 300L); // some clocks are fast
        trace.say(() -> name + " has a clock that is ahead by " + ahead);
        RewritingRegistrar rewriting = new RewritingRegistrar(this, new Random(seed * 31 + servers.size()), grants);
        trace.say(() -> name + " lists " + rewriting);
        FakeSipServerBuilder builder = FakeSipServer.on(network, "ws://" + name + ".example.com")
                .algorithms(options.algorithm())
                .nonceLife(options.nonceLife())
                .sayStale(options.sayStale())
                .challengeMessagesWith(options.messageChallenge())
                .expires(1, options.maxExpires()) // shorter ones lapse while they travel
                .date(ahead)
                .rewriteContacts(rewriting)
                .transactionTimeout(Duration.ofSeconds(30));
        people.users().forEach(user -> builder.user(user, People.password(user)));
        if (options.trusting()) {
            builder.challengesNoMessages();
        }
        if (options.nextNonces()) {
            builder.nextNonces();
        }
        if (options.rspauth()) {
            builder.rspauth();
        }
        if (options.flowTimer() >= 0) {
            builder.outbound(options.flowTimer());
        }
        if (!options.strict()) {
            builder.lenient();
        }
        FakeSipServer server = builder.start();
        server.dispatcher(misfortune::answer);
        return server;
    }

    private Actor actor(int i) {
        String user = people.users().get(options.twoDevices() && i == 1 ? 0 : i);
        String name = "agent" + i;
        boolean abroad = random.nextInt(3) == 0;
        Watch watch = new Watch(this, name, new CredentialWatch(trace, people.accounts(user, abroad)));
        int mainWeight = random.nextInt(3);
        int spareWeight = random.nextInt(3);
        KeepAlive usual = random.nextBoolean() ? KeepAlive.webSocketPing() : KeepAlive.crlf();
        KeepAlive keepAlive = random.nextInt(3) == 0 ? usual : usual.every(Duration.ofSeconds(5 + random.nextInt(20)));
        long maxBytes = random.nextBoolean() ? 20_000 + random.nextInt(60_000) : 8 << 20;
        long ownSeed = random.nextLong();
        boolean onTheLoop = random.nextInt(3) == 0;
        UserAgentConfigBuilder config = UserAgentConfig.builder()
                .uri(people.address(user))
                .maxIncomingBytes(maxBytes)
                .password(People.password(user))
                .server("ws://main.example.com", mainWeight)
                .server("ws://spare.example.com", spareWeight)
                .maxPendingMessages(MAX_PENDING)
                .keepAlive(keepAlive)
                .random(new Random(ownSeed));
        if (abroad) {
            config.credentials(people.abroad(user));
        }
        @Nullable FailingExecutor failing = null;
        if (onTheLoop) {
            config.callbackExecutor(Runnable::run);
        } else if (Math.floorMod(ownSeed, 3) == 0) {
            failing = new FailingExecutor(loop, new Random(~ownSeed));
            config.callbackExecutor(failing);
        }
        trace.say(() -> name + " is of " + user + ", has weights main " + mainWeight + ", spare " + spareWeight
                + ", keep-alive " + keepAlive + (abroad ? ", credentials for two realms" : "") + ", room for "
                + maxBytes + " octets, callbacks "
                + (onTheLoop ? "on its loop" : "by the executor of the loop")
                + ", and the seed " + ownSeed);
        Actor actor = new Actor(this, name, user, watch, transport, config);
        if (failing != null) {
            failing.losesTasks(actor::mayLose, actor::hasLost);
        }
        return actor;
    }

    /** How fast the next agent's clock goes. */
    double clockRate() {
        double rate = 1 + (random.nextDouble() * 2 - 1) * options.clockSpread() / 100;
        trace.say(() -> "agent" + actors.size() + " has a clock of rate " + rate);
        return rate;
    }

    /** As the fake network numbers them. */
    int nextConnection(ServerAddress server) {
        connections++;
        misfortune.connecting(server, connections);
        return connections;
    }

    void strikeOthers(FakeSipServer server, String user) {
        if (wary != null && random.nextBoolean()) {
            wary.strike();
        } else {
            flood.strike(server, user);
        }
    }

    /** Whether an agent refuses what comes, since it stops or has stopped. */
    boolean mayLeave(String agent) {
        return actors.stream()
                .anyMatch(actor -> actor.name.equals(agent) && (actor.isStopping() || !actor.isRunning()));
    }

    /** Whether what one of them sends comes to the other, if all is well. */
    boolean areTogether(Actor one, Actor other) {
        return servers.stream()
                .map(server -> server.endpoint().address())
                .anyMatch(address -> one.isAt(address) && other.isAt(address));
    }

    String nextLoop() {
        return "agent-" + ++loops; // as the fake transport names its views
    }

    boolean hostile() {
        return hostile;
    }

    Sent newMessage(int attempts, String target) {
        Sent sent = new Sent("m" + ++number + ".", attempts, target, trace);
        messages.put(sent.body, sent);
        return sent;
    }

    @Nullable
    Sent message(String body) {
        return messages.get(body);
    }

    /** G10: nothing but a message that is sent adds to what is pending. */
    void assertFew(Actor actor) {
        UserAgentMetrics metrics = actor.agent.metrics();
        if (metrics.pending() > MAX_PENDING || metrics.held() > MAX_PENDING) {
            trace.violated("G10 " + actor.name + " has too much pending: " + metrics);
        }
    }

    // ------------------------------------------------------------------------------------------------- its course

    void run() {
        try (Logs logs = new Logs(trace, People.SECRET, options.logs())) {
            live();
        }
    }

    private void live() {
        if (wary != null) {
            wary.start();
        }
        actors.forEach(Actor::start);
        for (int i = 0; i < options.steps(); i++) {
            step();
            switch (random.nextInt(5)) {
                case 0 -> {}
                case 1 -> pass(Duration.ZERO);
                case 2 -> pass(Duration.ofMillis(random.nextInt(1_500)));
                case 3 -> pass(Duration.ofSeconds(random.nextInt(10)));
                default -> pass(Duration.ofSeconds(random.nextInt(100)));
            }
        }
        recover();
        farewell();
        trace.assertClean();
    }

    private void step() {
        Actor actor = actors.get(random.nextInt(actors.size()));
        if (!actor.isRunning()) {
            actor.start();
        } else if (random.nextInt(100) < options.hostility()) {
            misfortune.hostileFrame(actor);
        } else {
            switch (random.nextInt(20)) {
                case 0, 1, 2, 3, 4, 5, 6, 7, 8 -> actor.act();
                case 9 -> actor.stop(random.nextBoolean());
                default -> misfortune.strike();
            }
        }
    }

    /** The faults stop: all agents are registered again within a bound, and every message ends. */
    private void recover() {
        trace.say(() -> "--- the faults stop");
        hostile = false;
        misfortune.cease();
        if (wary != null) {
            wary.recover();
        }
        Duration since = loop.elapsed();
        actors.forEach(Actor::wishToBeRegistered);
        pass(SETTLED);
        misfortune.cure(); // those too that were being opened when the faults stopped
        waitUntilWell(since);
        pass(Duration.ofSeconds(40)); // and stays so
        for (Actor actor : actors) {
            if (!actor.agent.isConnected() || !actor.agent.isRegistered()) {
                trace.violated(actor.name + " is not registered " + RECOVERY + " after the faults");
            } else if (!registrations.isBoundWhereItIs(actor)) {
                trace.violated(actor.name + " has no binding at its server " + RECOVERY + " after the faults");
            }
            actor.assertEnded();
            actor.assertLapsed();
            UserAgentMetrics metrics = actor.agent.metrics();
            if (metrics.pending() != 0 || metrics.held() != 0 || metrics.transactions() > 1) {
                trace.violated(actor.name + " has something left: " + metrics);
            }
        }
        trace.assertClean();
        waitUntilWell(since); // a move to a better server may have left a binding behind
        List<Sent> healthy = actors.stream()
                .map(actor -> actor.send(people.address(actor.user), 1, MessageOptions.NONE)
                        .andBack())
                .toList();
        pass(Duration.ofSeconds(30));
        healthy.forEach(Sent::assertSucceeded);
        if (wary != null) {
            wary.assertWell();
        }
        probe();
    }

    /** One agent with a small limit, to which messages of its server come. */
    private void probe() {
        for (Actor actor : actors) {
            long limit = actor.agent.config().maxIncomingBytes();
            for (FakeSipServer server : servers) {
                if (limit < 100_000 && registrations.isTheOnlyOneAt(server, actor)) {
                    flood.probe(server, actor, limit);
                    return;
                }
            }
        }
    }

    private void waitUntilWell(Duration since) {
        while (!isWell() && loop.elapsed().minus(since).compareTo(RECOVERY) < 0) {
            pass(Duration.ofSeconds(10));
        }
    }

    private boolean isWell() {
        return registrations.leadToAgents()
                && actors.stream()
                        .allMatch(actor -> actor.agent.isConnected()
                                && actor.agent.isRegistered()
                                && registrations.isBoundWhereItIs(actor)
                                && registrations.isHonest(actor)
                                && actor.agent.metrics().pending() == 0);
    }

    /** All stop, and nothing is left of them. */
    private void farewell() {
        List<Actor> registered =
                actors.stream().filter(actor -> actor.agent.isRegistered()).toList();
        actors.forEach(actor -> actor.stop(false));
        if (wary != null) {
            wary.stop();
        }
        pass(Duration.ofSeconds(120)); // the servers' own transactions too
        registered.stream()
                .filter(actor -> !actor.watch.hasUnregistered())
                .forEach(actor -> trace.violated(actor.name + " has stopped and not unregistered"));
        actors.forEach(Actor::assertEnded);
        flood.assertAnswered();
        if (wary != null) {
            wary.assertEnded();
        }
        network.assertNoConnections();
        loop.assertQuiet();
    }

    /** Lets time pass, and looks at everything after each event. */
    void pass(Duration time) {
        boolean[] over = {false};
        loop.schedule(time, () -> over[0] = true);
        loop.runUntil(
                () -> {
                    check();
                    return over[0];
                },
                time);
    }

    private void check() {
        trace.assertClean();
        for (Actor actor : actors) {
            registrations.check(actor);
        }
    }

    /** G4: nothing waits to be run for an agent that has stopped. */
    void assertNoTasks(String loopName) {
        loop.pending().stream()
                .filter(task -> task.loop().equals(loopName))
                .forEach(task -> trace.violated("G4 left after the stop: " + task));
    }
}
