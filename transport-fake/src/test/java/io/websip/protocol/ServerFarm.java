package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.UserAgentEvent;
import io.websip.UserAgentListener;
import io.websip.config.UserAgentConfig;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.sip.SipMethod;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import io.websip.transport.fake.FakeDns;
import io.websip.transport.fake.FakeNetwork;
import io.websip.transport.fake.FakeTransport;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.VirtualEventLoop;
import io.websip.transport.fake.sip.Answer;
import io.websip.transport.fake.sip.FakeSipServer;
import io.websip.transport.fake.sip.FakeSipServerBuilder;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** Several servers on one network, and agents that tell to which of them they are connected. */
final class ServerFarm implements AutoCloseable {
    final VirtualEventLoop loop = new VirtualEventLoop();
    final FakeNetwork network = new FakeNetwork(loop);
    final FakeTransport transport = new FakeTransport(network);
    final FakeDns dns = new FakeDns(loop);
    final List<String> events = new ArrayList<>();
    final List<UserAgentEvent.Disconnected> losses = new ArrayList<>();
    private final Map<String, FakeSipServer> servers = new HashMap<>();
    private final List<UserAgent> agents = new ArrayList<>();

    ServerFarm() {
        SecretWatch.begin();
    }

    /** A server at {@code ws://NAME.example.com} that asks nobody for a password. */
    FakeSipServer server(String name, Consumer<FakeSipServerBuilder> options) {
        return serverAt("ws://" + name + ".example.com", name, options);
    }

    FakeSipServer server(String name) {
        return server(name, options -> {});
    }

    FakeSipServer serverAt(String url, String name, Consumer<FakeSipServerBuilder> options) {
        FakeSipServerBuilder builder = FakeSipServer.on(network, url).noAuth();
        options.accept(builder);
        FakeSipServer server = builder.start();
        servers.put(name, server);
        return server;
    }

    static String url(String name) {
        return "ws://" + name + ".example.com";
    }

    FakeSipServer get(String name) {
        return servers.get(name);
    }

    /** An agent whose servers are those that the test names. */
    UserAgent agent(String user, Consumer<UserAgentConfigBuilder> options) {
        return agent(user, transport, options);
    }

    /** The same over a transport that stands before the farm's. */
    UserAgent agent(String user, Transport transport, Consumer<UserAgentConfigBuilder> options) {
        UserAgentConfigBuilder builder =
                UserAgentConfig.builder().uri("sip:" + user + "@example.com").random(new Random(agents.size() + 7L));
        options.accept(builder);
        UserAgent agent = SecretEar.at(UserAgent.create(SecretWatch.look(builder.build()), transport));
        agent.addListener(new Recorder());
        agents.add(agent);
        return agent;
    }

    UserAgent alice(Consumer<UserAgentConfigBuilder> options) {
        return agent("alice", options);
    }

    UserAgent started(Consumer<UserAgentConfigBuilder> options) {
        UserAgent agent = alice(options);
        agent.start().join();
        return agent;
    }

    void seconds(long seconds) {
        loop.advanceBy(Duration.ofSeconds(seconds));
    }

    /** How long it takes until something new is told. */
    Duration untilNews() {
        int before = events.size();
        Duration since = loop.elapsed();
        loop.runUntil(() -> events.size() > before);
        return loop.elapsed().minus(since);
    }

    /** The events since the last call. */
    List<String> news() {
        loop.runReady();
        List<String> news = List.copyOf(events);
        events.clear();
        return news;
    }

    UserAgentEvent.Disconnected lastLoss() {
        return losses.get(losses.size() - 1);
    }

    // ---- a better server, named main, and a spare one ----

    /** Main is wanted more. */
    static UserAgentConfigBuilder twoServers(UserAgentConfigBuilder builder) {
        return builder.server(url("main"), 10).server(url("spare"), 1);
    }

    void dead(String server) {
        get(server).endpoint().onEveryConnection(Fault.unreachable());
    }

    void back(String server) {
        get(server).endpoint().onEveryConnection();
    }

    /** An agent at the spare server, since the main one cannot be reached. */
    UserAgent atSpare() {
        server("main");
        server("spare");
        dead("main");
        UserAgent alice = started(ServerFarm::twoServers);
        assertThat(news()).containsExactly("disconnected main", "connected spare", "registered");
        return alice;
    }

    /** Main can be reached again, and has the first REGISTER, which it answers after 4 s. */
    void slowRegistrarIsBack(Answer answer) {
        registrarIsBack(answer.after(Duration.ofSeconds(4)));
    }

    /** Main can be reached again, and has the first REGISTER. */
    void registrarIsBack(Answer answer) {
        get("main").enqueue(SipMethod.REGISTER, answer);
        back("main");
        loop.runUntil(() -> registers("main") == 1);
        news();
    }

    int registers(String server) {
        return get(server).requests(SipMethod.REGISTER).size();
    }

    /** The Expires of each REGISTER that has come. */
    List<String> registerExpires(String server) {
        return get(server).requests(SipMethod.REGISTER).stream()
                .map(r -> r.headers().first("Expires").orElse(""))
                .toList();
    }

    int connections(String server) {
        return get(server).connections().size();
    }

    @Override
    public void close() {
        agents.forEach(UserAgent::close);
        network.assertNoConnections();
        dns.assertNoQueries();
        loop.advanceBy(Duration.ofSeconds(40)); // the servers' own transactions
        loop.assertQuiet();
        SecretWatch.end();
    }

    private final class Recorder implements UserAgentListener {
        @Override
        public void onConnected(UserAgentEvent.Connected event) {
            events.add("connected " + name(event.server()));
        }

        @Override
        public void onDisconnected(UserAgentEvent.Disconnected event) {
            losses.add(event);
            events.add("disconnected " + name(event.server()));
        }

        @Override
        public void onRegistered(UserAgentEvent.Registered event) {
            events.add("registered");
        }

        @Override
        public void onUnregistered(UserAgentEvent.Unregistered event) {
            events.add("unregistered");
        }

        @Override
        public void onRegistrationFailed(UserAgentEvent.RegistrationFailed event) {
            events.add("registrationFailed");
        }

        /** A server that DNS has named is known by its address. */
        private String name(ServerAddress server) {
            return server.address()
                    .map(InetAddress::getHostAddress)
                    .orElse(server.host().replace(".example.com", ""));
        }
    }
}
