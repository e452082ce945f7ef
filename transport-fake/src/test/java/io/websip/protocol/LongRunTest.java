package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.sip.SipMethod;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.sip.Answer;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What an agent leaves behind that is started often, or runs for long")
class LongRunTest {
    @Test
    @DisplayName("1,000 rounds of start and stop, in all states, leave no timer, connection, binding or message")
    void thousandRounds() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.agent("alice", options -> {});
            scene.server.dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(200) : null);
            int ended = 0;
            for (int i = 0; i < 1_000; i++) {
                if (i % 5 == 1) {
                    scene.server.endpoint().onNextConnection(Fault.latency(Duration.ofMillis(700)));
                }
                goOn(alice.start());
                scene.tape.record(alice.sendMessage("bob", "hello"));
                if (i % 2 == 0) {
                    scene.advance(Duration.ofMillis(i));
                }
                if (i % 7 == 0 && alice.isConnected()) {
                    scene.connection().abort();
                    scene.run();
                }
                alice.stop().join();
                scene.run();
                ended += scene.tape.entries("future").size();
                scene.tape.clear();
                scene.network.assertNoConnections();
                scene.assertAgentsQuiet();
            }

            assertThat(ended).isEqualTo(1_000);
            assertThat(alice.metrics().pending()).isZero();
            assertThat(alice.metrics().held()).isZero();
            assertThat(alice.metrics().transactions()).isZero();
        }
    }

    @Test
    @DisplayName(
            "a month with a lost connection each hour: registered at its end, and no more timers than at its beginning")
    void month() {
        try (Scene scene = new Scene()) {
            scene.server.dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(200) : null);
            UserAgent alice = scene.started("alice");
            int timers = agentTimers(scene);
            for (int hour = 0; hour < 30 * 24; hour++) {
                scene.tape.clear();
                scene.tape.record(alice.sendMessage("bob" + hour, "hello"));
                scene.advance(Duration.ofMinutes(59));
                assertThat(scene.tape.entries("future 200")).hasSize(1);
                scene.connection().abort();
                scene.advance(Duration.ofMinutes(1));
                assertThat(alice.isRegistered()).isTrue();
            }

            assertThat(agentTimers(scene)).isEqualTo(timers);
            assertThat(alice.metrics().transactions()).isZero();
            assertThat(alice.metrics().reconnects()).isEqualTo(30 * 24);
            assertThat(scene.network.connections()).hasSize(1);
        }
    }

    private static int agentTimers(Scene scene) {
        return (int) scene.loop.pending().stream()
                .filter(task -> task.loop().startsWith("agent-"))
                .count();
    }
}
