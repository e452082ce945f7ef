package io.websip.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.config.UserAgentConfig;
import io.websip.kit.Await;
import io.websip.transport.Transport;
import io.websip.transport.jetty.JettyTransport;
import io.websip.transport.netty.NettyTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Agents that start and stop, over real sockets: what is there after 1,000 rounds was there before. */
class AgentRoundsTest {
    private static final int ROUNDS = 1_000;

    /** Of threads and files, which pools and the JVM may make for themselves. */
    private static final int SPARE = 8;

    @Test
    void netty() {
        roundsLeaveNothing(NettyTransport::new);
    }

    @Test
    void jetty() {
        roundsLeaveNothing(JettyTransport::new);
    }

    private static void roundsLeaveNothing(Supplier<Transport> transports) {
        try (EmbeddedServer server = EmbeddedServer.start(new EmbeddedServer.Options(0, "example.com", true), null)) {
            try (Transport first = transports.get()) {
                rounds(agent(server, first), 50); // what server and JVM make once is there now
            }
            Set<Long> before = threads();
            try (Transport transport = transports.get()) {
                UserAgent alice = agent(server, transport);
                rounds(alice, 1);
                long files = openFiles();
                int threads = threads().size();
                rounds(alice, ROUNDS);

                assertThat(alice.metrics().connects()).isEqualTo(ROUNDS + 1L);
                assertThat(alice.metrics().failedConnects()).isZero();
                assertThat(alice.metrics().transactions()).isZero();
                Await.until("the threads of the rounds to end", () -> threads().size() <= threads + SPARE);
                Await.until("the sockets of the rounds to be closed", () -> openFiles() <= files + SPARE);
            }
            Await.until("the transport's threads to end", () -> before.containsAll(ours()));
        }
    }

    private static UserAgent agent(EmbeddedServer server, Transport transport) {
        UserAgentConfig config = UserAgentConfig.builder()
                .uri("sip:alice@example.com")
                .server(server.url())
                .build();
        return UserAgent.create(config, transport);
    }

    private static void rounds(UserAgent agent, int count) {
        for (int i = 0; i < count; i++) {
            agent.start().join();
            assertThat(agent.isRegistered()).isTrue();
            agent.stop().join();
            assertThat(agent.isConnected()).isFalse();
        }
    }

    private static Set<Long> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getId).collect(Collectors.toSet());
    }

    /** Threads that a transport may have made; the JVM makes others when it likes. */
    private static Set<Long> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("websip")
                        || thread.getName().contains("netty")
                        || thread.getName().contains("jetty")
                        || thread.getName().contains("HttpClient"))
                .map(Thread::getId)
                .collect(Collectors.toSet());
    }

    /** Sockets among them; 0 where the system does not say. */
    private static long openFiles() {
        Path files = Path.of("/proc/self/fd");
        if (!Files.isDirectory(files)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(files)) {
            return all.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
