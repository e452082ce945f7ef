package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.IncomingMessage;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.MessageOptions;
import io.websip.config.RetryOn;
import io.websip.sip.SipMethod;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.sip.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("G1, G4: stop() in each situation of a message or a REGISTER")
class StopSituationsTest {
    private static void stop(Scene scene, UserAgent agent) {
        goOn(agent.stop().whenComplete((v, t) -> scene.tape.add("stopped")));
    }

    @Test
    @DisplayName("while the first REGISTER is under way: it is waited for, and the binding removed")
    void whileRegistering() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.agent("alice", options -> {});
            scene.server.enqueue(SipMethod.REGISTER, Answer.byServer().after(Duration.ofSeconds(1)));
            goOn(alice.start());
            scene.run();
            stop(scene, alice);
            scene.seconds(60);

            assertThat(scene.tape.events())
                    .containsExactly("connected", "registered", "unregistered asked", "disconnected", "stopped");
            assertThat(scene.server.bindings("alice")).isEmpty();
        }
    }

    @Test
    @DisplayName("while a REGISTER has no answer: the grace, and no more")
    void whileRegisteringInVain() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.agent("alice", options -> {});
            scene.server.enqueue(SipMethod.REGISTER, Answer.silence());
            goOn(alice.start());
            scene.run();
            stop(scene, alice);
            scene.advance(Duration.ofMillis(1_999));
            assertThat(scene.tape.events()).containsExactly("connected");
            scene.advance(Duration.ofMillis(1));
            assertThat(scene.tape.events()).containsExactly("connected", "disconnected", "stopped");
        }
    }

    @Test
    @DisplayName("after a REGISTER that had no answer: there may be a binding, and it is removed")
    void afterRegisteringInVain() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.agent("alice", options -> {});
            scene.server.enqueue(SipMethod.REGISTER, Answer.byServer().after(Duration.ofSeconds(33)));
            goOn(alice.start());
            scene.seconds(34);
            assertThat(scene.server.bindings("alice")).hasSize(1);
            stop(scene, alice);
            scene.seconds(1);

            assertThat(scene.tape.events())
                    .containsExactly("connected", "registrationFailed Request Timeout", "disconnected", "stopped");
            assertThat(scene.server.requests(SipMethod.REGISTER))
                    .extracting(r -> r.headers().first("Expires").orElse(""))
                    .containsExactly("600", "0");
        }
    }

    @Test
    @DisplayName("while a challenge of a REGISTER is answered")
    void whileChallenged() {
        try (RegisteringBench bench = new RegisteringBench(b -> {})) {
            UserAgent alice = bench.alice();
            goOn(alice.start());
            bench.loop.runUntil(() -> bench.registers().size() == 1);
            alice.stop().join();

            assertThat(bench.registers()).hasSizeBetween(2, 4);
            assertThat(bench.server.bindings("alice")).isEmpty();
            assertThat(bench.news()).endsWith("disconnected");
        }
    }

    @Test
    @DisplayName("REG-09: a challenge of the unregister is answered, with a nonce of its own")
    void unregisterIsChallenged() {
        try (RegisteringBench bench = new RegisteringBench(b -> {})) {
            UserAgent alice = bench.alice();
            alice.start().join();
            bench.server.expireNonces();
            int before = bench.registers().size();
            alice.stop().join();

            assertThat(bench.registers()).hasSize(before + 2);
            assertThat(bench.server.bindings("alice")).isEmpty();
            assertThat(bench.news()).endsWith("unregistered 200", "disconnected");
        }
    }

    @Test
    @DisplayName("with held messages: each fails once, before the agent's own last events")
    void withHeldMessages() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.endpoint().onEveryConnection(Fault.unreachable());
            scene.connection().abort();
            scene.run();
            MessageOptions patient =
                    MessageOptions.builder().holdFor(Duration.ofHours(1)).build();
            for (int i = 0; i < 3; i++) {
                scene.tape.record(alice.sendMessage("bob" + i, "hello", "text/plain", patient));
            }
            scene.run();
            scene.tape.clear();
            stop(scene, alice);
            scene.seconds(60);

            assertThat(scene.tape.entries("future"))
                    .hasSize(3)
                    .allMatch(e -> e.contains("Connection Error") || e.contains("Expired"));
            assertThat(scene.tape.entries()).endsWith("stopped");
            assertThat(scene.messages()).isEmpty();
        }
    }

    @Test
    @DisplayName("with a message that waits to be sent again: it fails with what it had, and is not sent any more")
    void withARetryToCome() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(503).header("Retry-After", "20"));
            MessageOptions again = MessageOptions.builder()
                    .retry(3, RetryOn.SERVICE_UNAVAILABLE)
                    .build();
            scene.tape.record(alice.sendMessage("bob", "hello", "text/plain", again));
            scene.run();
            stop(scene, alice);
            scene.seconds(60);

            assertThat(scene.tape.entries("future")).hasSize(1);
            assertThat(scene.messages()).hasSize(1);
            assertThat(scene.tape.entries()).endsWith("stopped");
        }
    }

    @Test
    @DisplayName("with a deferred message: its sender hears no answer after the stop, and to give one is no error")
    void withADeferredMessage() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            List<IncomingMessage> deferred = new ArrayList<IncomingMessage>();
            alice.addListener(UserAgentListener.incoming(message -> {
                message.defer();
                message.onLapsed(e -> scene.tape.add("lapsed"));
                deferred.add(message);
            }));
            goOn(scene.server.message("alice", "hello"));
            scene.run();
            assertThat(deferred).hasSize(1);
            scene.tape.clear();
            stop(scene, alice);
            scene.seconds(60);

            assertThat(scene.tape.events()).containsExactly("unregistered asked", "lapsed", "disconnected", "stopped");
            deferred.get(0).accept();
            scene.seconds(60);
            assertThat(scene.tape.entries()).endsWith("stopped");
        }
    }
}
