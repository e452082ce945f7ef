package io.websip.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.kit.Await;
import io.websip.kit.RawWebSocket;
import io.websip.kit.RawWebSocketServer;
import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import io.websip.transport.Connection;
import io.websip.transport.ConnectionListener;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import io.websip.transport.jetty.JettyTransport;
import io.websip.transport.netty.NettyTransport;
import io.websip.transport.socket.ProxyServer;
import io.websip.transport.socket.TransportBuilder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("G8: credentials for HTTP are in no log, exception or string, in good times and in bad")
class HttpSecretsTest {
    private static final String PASSWORD = "Cheshire-Cat";
    private static final String TOKEN = "white-rabbit-token";
    private static final List<String> SECRETS = List.of(
            PASSWORD, TOKEN, Base64.getEncoder().encodeToString(("me:" + PASSWORD).getBytes(StandardCharsets.UTF_8)));

    private final List<String> seen = new CopyOnWriteArrayList<>();

    /** Tells how it ended, and what the strings of all parts were meanwhile. */
    private final class Listener implements ConnectionListener {
        private volatile boolean opened;
        private volatile boolean closed;

        @Override
        public void onOpen() {
            opened = true;
        }

        @Override
        public void onMessage(byte[] message) {}

        @Override
        public void onPong(byte[] payload) {}

        @Override
        public void onClosed(Closure why) {
            seen.add(why.toString());
            if (why instanceof Closure.Failed failed) {
                seen.add(trace(failed.cause()));
            }
            closed = true;
        }
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private final Handler trap = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord entry) {
            seen.add(formatter.format(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private static TransportBuilder<?> builder(String name) {
        TransportBuilder<?> builder = name.equals("netty") ? NettyTransport.builder() : JettyTransport.builder();
        return builder.handshakeTimeout(Duration.ofSeconds(2)).closeTimeout(Duration.ofSeconds(1));
    }

    private void connects(
            TransportBuilder<?> builder, RawWebSocketServer server, ServerAddress address, String answer) {
        seen.add(builder.toString());
        Listener listener = new Listener();
        try (Transport transport = builder.build()) {
            EventLoop loop = transport.newEventLoop();
            Connection connection = transport.connect(address, loop, listener);
            seen.add(transport + " " + loop + " " + connection);
            RawWebSocket peer = server.accept();
            var request = peer.readRequest();
            assertThat(SECRETS)
                    .as("the secret is in the request")
                    .anyMatch(secret -> request.headers().toString().contains(secret));
            peer.write(answer.isEmpty() ? request.goodAnswer() : answer);
            if (answer.isEmpty()) {
                Await.until("the opening", () -> listener.opened);
                seen.add(transport + " " + connection);
                peer.reset();
            }
            Await.until("the end", () -> listener.closed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"netty", "jetty"})
    void credentialsForHttp(String name) {
        Logger websip = Logger.getLogger("io.websip");
        Level before = websip.getLevel();
        Logger root = Logger.getLogger("");
        List<Level> levels =
                List.of(root.getHandlers()).stream().map(Handler::getLevel).toList();
        Handler[] handlers = root.getHandlers();
        for (Handler handler : handlers) {
            handler.setLevel(Level.WARNING);
        }
        websip.setLevel(Level.ALL);
        root.addHandler(trap);
        try (RawWebSocketServer server = RawWebSocketServer.plain();
                RawWebSocketServer proxy = RawWebSocketServer.plain()) {
            String refused = "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"sip\"\r\nContent-Length: 0\r\n\r\n";
            for (String answer :
                    List.of("", refused, "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", "nonsense\r\n\r\n")) {
                connects(builder(name).basicAuthentication("me", PASSWORD), server, server.address(), answer);
                connects(builder(name).bearerToken(TOKEN), server, server.address(), answer);
                connects(
                        builder(name).basicAuthentication("me", PASSWORD),
                        server,
                        server.address("127.0.0.1", "/sip?token=" + TOKEN),
                        answer);
            }
            ProxyServer through =
                    ProxyServer.http("127.0.0.1", proxy.address().port()).withCredentials("me", PASSWORD);
            seen.add(through.toString());
            String denied = "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n";
            connects(builder(name).proxy(through), proxy, server.address(), denied);
            connects(builder(name).proxy(through), proxy, server.address(), "nonsense\r\n\r\n");
        } finally {
            root.removeHandler(trap);
            websip.setLevel(before);
            for (int i = 0; i < handlers.length; i++) {
                handlers[i].setLevel(levels.get(i));
            }
        }
        assertThat(seen)
                .hasSizeGreaterThan(40)
                .allSatisfy(text -> assertThat(text).doesNotContain(SECRETS));
    }
}
