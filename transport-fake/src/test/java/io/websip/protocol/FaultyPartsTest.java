package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.config.UserAgentConfig;
import io.websip.loop.EventLoop;
import io.websip.sip.SipMethod;
import io.websip.transport.Connection;
import io.websip.transport.ConnectionListener;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Ping intervals that change for ever, and transports that throw. */
class FaultyPartsTest {
    @Test
    @DisplayName("a registrar whose Flow-Timer changes with each answer does not keep pings from being sent")
    void changingFlowTimerStarvesNoPing() {
        try (Scene scene = new Scene(b -> b.noAuth().lenient())) {
            int[] n = {0};
            scene.server.dispatcher(r -> r.method().equals(SipMethod.REGISTER) && RegisteringBench.seconds(r) > 0
                    ? RegisteringBench.grant(";expires=10").header("Flow-Timer", Integer.toString(30 + n[0]++ % 2))
                    : null);
            scene.started("alice");
            scene.seconds(600);

            assertThat(scene.server.webSocketPings()).isGreaterThan(10);
        }
    }

    /** A transport whose connect throws what its contract does not name. */
    private static final class ThrowingTransport implements Transport {
        final Transport real;
        RuntimeException thrown = new RejectedExecutionException("shut down");
        int throwing;

        ThrowingTransport(Transport real) {
            this.real = real;
        }

        @Override
        public EventLoop newEventLoop() {
            return real.newEventLoop();
        }

        @Override
        public Connection connect(ServerAddress server, EventLoop loop, ConnectionListener listener) {
            if (throwing-- > 0) {
                throw thrown;
            }
            return real.connect(server, loop, listener);
        }

        @Override
        public void close() {
            real.close();
        }
    }

    @Test
    @DisplayName("a transport that throws once from connect does not end the agent, and stop() still ends")
    void connectThrows() {
        try (Scene scene = new Scene()) {
            scene.loop.onUncaught(t -> {});
            ThrowingTransport transport = new ThrowingTransport(scene.transport);
            UserAgent alice = UserAgent.create(
                    UserAgentConfig.builder()
                            .uri("sip:alice@example.com")
                            .server(Scene.URL)
                            .build(),
                    transport);
            transport.throwing = 1;
            goOn(alice.start());
            scene.seconds(120);
            boolean registered = alice.isRegistered();
            CompletableFuture<Void> stopped = alice.stop();
            scene.seconds(120);

            assertThat(stopped).isCompleted();
            assertThat(registered).isTrue();
        }
    }
}
