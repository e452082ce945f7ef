package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.sip.SipMethod;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.PendingTask;
import io.websip.transport.fake.sip.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** G3, G4: where one run of an agent ends and the next begins. Each was found by the simulation. */
class RestartTest {
    @Test
    @DisplayName(
            "G3, G4 a start that is stopped at once ends behind the stop before it, and the next start begins there")
    void startsAndStopsInARow() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.REGISTER, Answer.silence()); // so that the first stop takes its time
            alice.stop().thenRun(() -> scene.tape.add("first stop"));
            goOn(alice.start());
            alice.stop().thenRun(() -> scene.tape.add("second stop"));
            goOn(alice.start());
            scene.run();
            assertThat(scene.tape.events()).isEmpty();
            assertThat(scene.network.connections()).hasSize(1);

            scene.seconds(10);
            assertThat(scene.tape.events())
                    .containsExactly(
                            "disconnected",
                            "unregistered asked",
                            "first stop",
                            "second stop",
                            "connected",
                            "registered");
        }
    }

    @ParameterizedTest(name = "{0} of them")
    @ValueSource(ints = {1, 2, 3})
    @DisplayName("G4 operations without an answer fail before the stop is done, and leave no task")
    void operationsUnderWay(int count) {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice", options -> options.callbackExecutor(Runnable::run));
            scene.server.enqueue(SipMethod.REGISTER, Answer.silence());
            List<CompletableFuture<SipResponse>> operations = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                operations.add(alice.unregisterAll());
            }
            List<PendingTask> left = new ArrayList<>();
            List<Boolean> failed = new ArrayList<>();
            alice.stop().thenRun(() -> {
                operations.forEach(operation -> failed.add(operation.isCompletedExceptionally()));
                scene.loop.pending().stream()
                        .filter(task -> task.loop().startsWith("agent-"))
                        .forEach(left::add);
            });
            scene.seconds(10);
            assertThat(failed).hasSize(count).containsOnly(true);
            assertThat(left).isEmpty();
        }
    }
}
