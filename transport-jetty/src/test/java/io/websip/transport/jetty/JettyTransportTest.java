package io.websip.transport.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.websip.kit.Await;
import io.websip.kit.Frame;
import io.websip.kit.KitOptions;
import io.websip.kit.RawWebSocket;
import io.websip.kit.RawWebSocketServer;
import io.websip.kit.RecordingListener;
import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import io.websip.transport.Connection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.client.HttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is Jetty's own: settings, threads, the lent client. The promises of the port are in the contract's tests. */
class JettyTransportTest {
    /** One loop, one for name lookups, Jetty's timer, and its few for sockets. */
    private static final int MOST_THREADS = 12;

    static Stream<Arguments> badSettings() {
        return Stream.of(
                bad(b -> b.connectTimeout(Duration.ZERO), "connectTimeout is PT0S but must be longer than zero"),
                bad(b -> b.handshakeTimeout(Duration.ofMillis(-1)), "handshakeTimeout is PT-0.001S"),
                bad(b -> b.closeTimeout(Duration.ZERO), "closeTimeout is PT0S"),
                bad(b -> b.maxMessageBytes(0), "maxMessageBytes is 0 but must be at least 1"),
                bad(b -> b.maxQueuedBytes(-5), "maxQueuedBytes is -5"),
                bad(b -> b.threads(0), "threads is 0"));
    }

    private static Arguments bad(Consumer<JettyTransport.Builder> setting, String message) {
        return Arguments.of(setting, message);
    }

    @ParameterizedTest
    @MethodSource("badSettings")
    void aBadSettingIsRefusedWithItsNameValueAndRule(Consumer<JettyTransport.Builder> setting, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setting.accept(JettyTransport.builder()))
                .withMessageContaining(message);
    }

    @Test
    void threadsStartWhenTheyAreNeededAndAreDaemonsAndGoneAfterClose() {
        Set<Thread> before = websipThreads();
        JettyTransport transport = JettyTransport.builder().threads(2).build();
        EventLoop loop = transport.newEventLoop();
        assertThat(startedSince(before)).isEmpty();
        RecordingListener listener = new RecordingListener(loop, Await::until);
        try (RawWebSocketServer server = RawWebSocketServer.plain()) {
            transport.connect(server.address("localhost", "/"), loop, listener);
            server.accept().open();
            listener.awaitOpen();
        }
        assertThat(startedSince(before))
                .hasSizeLessThan(MOST_THREADS)
                .allMatch(Thread::isDaemon)
                .extracting(Thread::getName)
                .anyMatch(name -> name.matches("websip-jetty-\\d+"))
                .anyMatch(name -> name.matches("websip-jetty-io-\\d+"))
                .anyMatch(name -> name.matches("websip-jetty-callback-\\d+"));
        transport.close();
        listener.awaitClosed();
        Await.until("the end of all threads", () -> startedSince(before).isEmpty());
    }

    @Test
    void aLentClientIsUsedAndLeftAlone() throws Exception {
        Set<Thread> before = websipThreads();
        HttpClient lent = new HttpClient();
        lent.start();
        try {
            JettyTransport transport = JettyTransport.builder().httpClient(lent).build();
            EventLoop loop = transport.newEventLoop();
            RecordingListener listener = new RecordingListener(loop, Await::until);
            try (RawWebSocketServer server = RawWebSocketServer.plain()) {
                transport.connect(server.address("localhost", "/"), loop, listener);
                RawWebSocket peer = server.accept();
                assertThat(peer.open().header("User-Agent")).startsWith("Jetty");
                listener.awaitOpen();
                assertThat(startedSince(before))
                        .as("threads but the loop's and the callbacks'")
                        .allMatch(thread -> thread.getName().matches("websip-jetty-(\\d+|callback-\\d+)"));
                assertThat(Thread.getAllStackTraces().keySet())
                        .as("a pool of the WebSocket client's own")
                        .noneMatch(thread -> thread.getName().startsWith("WebSocket@"));
                transport.close();
                listener.awaitClosed(Closure.Failed.class);
            }
            assertThat(lent.isRunning()).isTrue();
        } finally {
            lent.stop();
        }
    }

    /** Agents have their own ways to find out that a server is gone: whatever the client does to idle connections. */
    @Test
    void anIdleConnectionOutlivesTheIdleTimeoutOfALentClient() throws Exception {
        HttpClient lent = new HttpClient();
        lent.setIdleTimeout(KitOptions.SHORT.toMillis());
        lent.start();
        try (JettyTransport transport =
                        JettyTransport.builder().httpClient(lent).build();
                RawWebSocketServer server = RawWebSocketServer.plain()) {
            EventLoop loop = transport.newEventLoop();
            RecordingListener listener = new RecordingListener(loop, Await::until);
            Connection connection = transport.connect(server.address("localhost", "/"), loop, listener);
            RawWebSocket peer = server.accept();
            peer.open();
            listener.awaitOpen();
            long open = System.nanoTime();
            long patience = KitOptions.SHORT.multipliedBy(4).toNanos();
            Await.until("the time-out to be long over", () -> System.nanoTime() - open > patience);
            assertThat(connection.send("still there".getBytes(StandardCharsets.UTF_8)))
                    .isTrue();
            assertThat(peer.read(Frame.TEXT).asText()).isEqualTo("still there");
        } finally {
            lent.stop();
        }
    }

    @Test
    void aLentClientThatTheApplicationStopsEndsItsConnections() throws Exception {
        HttpClient lent = new HttpClient();
        lent.start();
        try (JettyTransport transport =
                        JettyTransport.builder().httpClient(lent).build();
                RawWebSocketServer server = RawWebSocketServer.plain()) {
            EventLoop loop = transport.newEventLoop();
            RecordingListener open = new RecordingListener(loop, Await::until);
            transport.connect(server.address("localhost", "/"), loop, open);
            server.accept().open();
            open.awaitOpen();
            lent.stop();
            open.awaitClosed(Closure.Failed.class);
            RecordingListener next = new RecordingListener(loop, Await::until);
            transport.connect(server.address("localhost", "/"), loop, next);
            assertThat(next.awaitClosed(Closure.Failed.class).cause()).hasMessageContaining("closed");
        } finally {
            lent.stop();
        }
    }

    /** The first connection starts the client beside the loop; the transport may be closed while it is on its way. */
    @Test
    void aTransportThatIsClosedBeforeItsClientHasStartedStartsNone() throws Exception {
        JettyClient client = new JettyClient(JettyTransport.builder().checked(), null);
        client.stop();
        assertThatIllegalStateException().isThrownBy(client::start).withMessageContaining("closed");
        assertThat(client.isStarted()).isFalse();
    }

    @Test
    void aClientThatIsNotStartedIsNotTaken() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JettyTransport.builder().httpClient(new HttpClient()))
                .withMessageContaining("started");
    }

    @Test
    void aLentClientHasItsOwnTlsAndProxies() throws Exception {
        HttpClient lent = new HttpClient();
        lent.start();
        try {
            JettyTransport.Builder both =
                    JettyTransport.builder().httpClient(lent).insecureTrustAll();
            assertThatIllegalArgumentException().isThrownBy(both::build).withMessageContaining("its own TLS");
        } finally {
            lent.stop();
        }
    }

    static Set<Thread> websipThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("websip-jetty"))
                .collect(Collectors.toSet());
    }

    static Set<Thread> startedSince(Set<Thread> before) {
        Set<Thread> now = new HashSet<>(websipThreads());
        now.removeAll(before);
        return now;
    }
}
