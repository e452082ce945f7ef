package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.config.UserAgentConfig;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import io.websip.transport.Connection;
import io.websip.transport.ConnectionListener;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import io.websip.transport.fake.Fault;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.SimpleFormatter;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("once a domain has answered by wss, neither DNS nor lost packets lead to ws")
class DowngradeTest {
    private static final String IP = "192.0.2.1";

    private final ServerFarm farm = new ServerFarm();

    @BeforeEach
    void listenAtBothPorts() {
        farm.dns.address("example.com", IP);
        farm.serverAt("wss://" + IP, "wss", options -> {});
        farm.serverAt("ws://" + IP, "ws", options -> {});
    }

    @AfterEach
    void nothingIsLeft() {
        farm.close();
    }

    private UserAgentConfigBuilder domain(UserAgentConfigBuilder builder) {
        return builder.server("example.com").dnsResolver(farm.dns).register(false);
    }

    /** Nothing was ever heard of ws, not even a handshake. */
    private void neverByWs() {
        farm.seconds(4 * 3600);
        assertThat(farm.events).noneMatch(event -> event.startsWith("connected") && event.contains("ws://"));
        assertThat(farm.get("ws").endpoint().connections()).isEmpty();
        assertThat(farm.losses).allMatch(loss -> loss.server().secure());
    }

    private void blockWss() {
        farm.get("wss").endpoint().onEveryConnection(Fault.unreachable());
    }

    @Test
    @DisplayName("a reset, and nothing at port 443 from then on")
    void reset() {
        farm.started(this::domain);
        blockWss();
        farm.get("wss").restart();
        neverByWs();
    }

    @Test
    @DisplayName("the agent comes back by wss")
    void comesBack() {
        UserAgent alice = farm.started(this::domain);
        blockWss();
        farm.get("wss").restart();
        farm.seconds(3600);
        assertThat(alice.isConnected()).isFalse();
        farm.get("wss").endpoint().onEveryConnection();
        farm.seconds(3600);
        assertThat(alice.isConnected()).isTrue();
        neverByWs();
    }

    @Test
    @DisplayName("stopped and started again")
    void restart() {
        UserAgent alice = farm.started(this::domain);
        alice.stop().join();
        blockWss();
        goOn(alice.start());
        neverByWs();
    }

    @Test
    @DisplayName("another agent of the same transport")
    void anotherAgent() {
        farm.started(this::domain).stop().join();
        blockWss();
        goOn(farm.agent("bob", this::domain).start());
        neverByWs();
    }

    @Test
    @DisplayName("DNS that names ws only, from then on")
    void dnsNamesWsOnly() {
        UserAgent alice = farm.started(this::domain);
        farm.dns.srv("_sip._ws.example.com", 1, 1, 80, "plain.example.com").address("plain.example.com", IP);
        farm.dns.naptr("example.com", 1, 1, "SIP+D2W", "_sip._ws.example.com");
        farm.seconds(7200);
        blockWss();
        farm.get("wss").restart();
        neverByWs();
        assertThat(alice.isConnected()).isFalse();
    }

    @Test
    @DisplayName("DNS that names ws only, and no address of the domain any more: the failure says why ws is not used")
    void dnsNamesWsAlone() {
        farm.started(this::domain).stop().join();
        farm.dns.remove("example.com");
        farm.dns.srv("_sip._ws.example.com", 1, 1, 80, "plain.example.com").address("plain.example.com", IP);
        goOn(farm.agent("bob", this::domain).start());
        farm.seconds(60);
        assertThat(farm.lastLoss().why().toString())
                .contains("ws is not used, since example.com has answered by wss before");
        neverByWs();
    }

    @Test
    @DisplayName("a refusal by wss is an answer: ws is not tried, even at the first attempt")
    void refused() {
        farm.get("wss").endpoint().onEveryConnection(Fault.refuse(503));
        goOn(farm.alice(this::domain).start());
        neverByWs();
    }

    /** As of a server whose certificate is not trusted. */
    private record Untrusted(Transport behind, String subject) implements Transport {
        @Override
        public EventLoop newEventLoop() {
            return behind.newEventLoop();
        }

        @Override
        public Connection connect(ServerAddress server, EventLoop loop, ConnectionListener listener) {
            Connection connection = behind.connect(server, loop, server.secure() ? new Deaf() : listener);
            if (server.secure()) {
                connection.abort();
                SSLException failure = new SSLException("the certificate of " + subject + " is not trusted");
                loop.execute(() -> listener.onClosed(new Closure.Failed(failure)));
            }
            return connection;
        }

        @Override
        public void close() {}
    }

    private static final class Deaf implements ConnectionListener {
        @Override
        public void onOpen() {}

        @Override
        public void onMessage(byte[] message) {}

        @Override
        public void onPong(byte[] payload) {}

        @Override
        public void onClosed(Closure why) {}
    }

    @ParameterizedTest
    @ValueSource(strings = {"CN=example.net", "CN=\u001b[2J\r\nINFO forged", "CN=\u202e"})
    @DisplayName("a failed TLS handshake is an answer, also where the certificate has characters that no log shows")
    void untrusted(String subject) {
        UserAgentConfigBuilder options = domain(UserAgentConfig.builder().uri("sip:alice@example.com"));
        try (UserAgent alice = UserAgent.create(options.build(), new Untrusted(farm.transport, subject))) {
            goOn(alice.start());
            farm.seconds(4 * 3600);
            assertThat(farm.get("ws").endpoint().connections()).isEmpty();
            assertThat(farm.get("ws").requests()).isEmpty();
        }
    }

    @Test
    @DisplayName("a domain at which nothing has ever answered wss is used by ws, and a warning says so once")
    void guess() {
        try (LogTrap log = new LogTrap("io.websip.connection")) {
            blockWss();
            farm.started(this::domain);
            for (int i = 0; i < 3; i++) {
                farm.get("ws").restart();
                farm.seconds(60);
            }
            assertThat(log.records().stream()
                            .filter(entry -> entry.getLevel() == Level.WARNING)
                            .map(new SimpleFormatter()::formatMessage)
                            .filter(line -> line.contains("TLS")))
                    .containsExactly("example.com is used without TLS, at ws://example.com:80/ at " + IP
                            + ": DNS names no server of it, and nothing answers wss there (requireTls forbids it)");
        }
    }

    /** The farm's transport, as if it was built with a bearer token. */
    private record WithToken(Transport transport) implements Transport {
        @Override
        public EventLoop newEventLoop() {
            return transport.newEventLoop();
        }

        @Override
        public Connection connect(ServerAddress server, EventLoop loop, ConnectionListener listener) {
            return transport.connect(server, loop, listener);
        }

        @Override
        public boolean hasUpgradeSecrets() {
            return true;
        }

        @Override
        public void close() {
            transport.close();
        }
    }

    private UserAgent agentWithToken(Consumer<UserAgentConfigBuilder> options) {
        UserAgent agent = farm.agent("alice", new WithToken(farm.transport), options);
        goOn(agent.start());
        farm.seconds(60);
        return agent;
    }

    @Test
    @DisplayName("a transport whose upgrade requests carry a token: a domain is never guessed to be at ws")
    void upgradeSecrets() {
        blockWss();
        agentWithToken(this::domain);
        neverByWs();
        assertThat(farm.losses).isNotEmpty();
    }

    @Test
    @DisplayName(
            "a transport whose upgrade requests carry a token: DNS that names ws only leads nowhere, and the loss says why")
    void upgradeSecretsByDns() {
        farm.dns.remove("example.com");
        farm.dns.srv("_sip._ws.example.com", 1, 1, 80, "plain.example.com").address("plain.example.com", IP);
        agentWithToken(this::domain);
        assertThat(farm.lastLoss().why().toString()).contains("ws is not used, since upgrade requests carry secrets");
        neverByWs();
    }

    @Test
    @DisplayName(
            "a transport whose upgrade requests carry a token: a ws URL of the configuration is the program's own choice")
    void upgradeSecretsByChoice() {
        assertThat(agentWithToken(options -> options.server("ws://" + IP).register(false))
                        .isConnected())
                .isTrue();
    }

    @Test
    @DisplayName("an agent that is at ws by a guess leaves it for wss, and stays there")
    void upgrade() {
        blockWss();
        farm.started(this::domain);
        farm.get("wss").endpoint().onEveryConnection();
        farm.seconds(7200);
        assertThat(farm.get("wss").endpoint().connections()).hasSize(1);
        farm.events.clear();
        farm.losses.clear();
        blockWss();
        farm.get("wss").restart();
        neverByWs();
    }
}
