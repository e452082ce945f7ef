package io.websip.protocol;

import io.websip.UserAgent;
import io.websip.config.UserAgentConfig;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.transport.fake.FakeConnection;
import io.websip.transport.fake.FakeNetwork;
import io.websip.transport.fake.FakeTransport;
import io.websip.transport.fake.VirtualEventLoop;
import io.websip.transport.fake.sip.FakeSipServer;
import io.websip.transport.fake.sip.FakeSipServerBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A server on a virtual network, and agents that write what happens to them on one tape. */
final class Scene implements AutoCloseable {
    static final String URL = "ws://sip.example.com";

    final VirtualEventLoop loop = new VirtualEventLoop();
    final FakeNetwork network = new FakeNetwork(loop);
    final FakeTransport transport = new FakeTransport(network);
    final Tape tape = new Tape();
    final FakeSipServer server;
    private final String url;
    private final List<UserAgent> agents = new ArrayList<>();

    /** A server that asks nobody for a password. */
    Scene() {
        this(FakeSipServerBuilder::noAuth);
    }

    Scene(Consumer<FakeSipServerBuilder> options) {
        this(options, URL);
    }

    Scene(Consumer<FakeSipServerBuilder> options, String url) {
        SecretWatch.begin();
        this.url = url;
        FakeSipServerBuilder builder = FakeSipServer.on(network, url);
        options.accept(builder);
        server = builder.start();
    }

    /** An agent that is not started and whose events nobody records. */
    UserAgent silentAgent(String user, Consumer<UserAgentConfigBuilder> options) {
        UserAgentConfigBuilder builder =
                UserAgentConfig.builder().uri("sip:" + user + "@example.com").server(url);
        options.accept(builder);
        UserAgent agent =
                SecretEar.at(UserAgent.create(SecretWatch.look(builder.build()), new TappedTransport(transport, tape)));
        agents.add(agent);
        return agent;
    }

    /** An agent that is not started. */
    UserAgent agent(String user, Consumer<UserAgentConfigBuilder> options) {
        UserAgent agent = silentAgent(user, options);
        agent.addListener(tape);
        return agent;
    }

    /** An agent that has registered; the tape is empty. */
    UserAgent started(String user, Consumer<UserAgentConfigBuilder> options) {
        UserAgent agent = agent(user, options);
        agent.start().join();
        tape.clear();
        return agent;
    }

    UserAgent started(String user) {
        return started(user, options -> {});
    }

    /** An agent that only sends: connected, not registered; the tape is empty. */
    UserAgent sender(Consumer<UserAgentConfigBuilder> options) {
        return started("alice", builder -> options.accept(builder.register(false)));
    }

    UserAgent sender() {
        return sender(options -> {});
    }

    void advance(Duration time) {
        loop.advanceBy(time);
    }

    void seconds(long seconds) {
        loop.advanceBy(Duration.ofSeconds(seconds));
    }

    void run() {
        loop.runReady();
    }

    /** The MESSAGEs that have come to the server. */
    List<SipRequest> messages() {
        return server.requests(SipMethod.MESSAGE);
    }

    /** The bodies of the MESSAGEs that have come to the server. */
    List<String> bodies() {
        return messages().stream().map(SipRequest::text).toList();
    }

    /** The last connection made to the server that is open. */
    FakeConnection connection() {
        List<FakeConnection> open = server.endpoint().connections();
        return open.get(open.size() - 1);
    }

    /** Sends text as it stands, line breaks made CRLF, to a registered user. */
    void raw(String user, String text) {
        server.sendRaw(user, text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        run();
    }

    /** Stops every agent and sees that none has left anything behind. */
    @Override
    public void close() {
        agents.forEach(UserAgent::close);
        network.assertNoConnections();
        assertAgentsQuiet();
        loop.advanceBy(Duration.ofSeconds(40)); // the server's own transactions
        loop.assertQuiet();
        SecretWatch.end();
    }

    void assertAgentsQuiet() {
        loop.runReady();
        if (loop.pending().stream().anyMatch(task -> task.loop().startsWith("agent-"))) {
            loop.assertQuiet();
        }
    }
}
