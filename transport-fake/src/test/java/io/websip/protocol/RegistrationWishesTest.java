package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.UserAgent;
import io.websip.UserAgentEvent;
import io.websip.UserAgentListener;
import io.websip.config.UserAgentConfig;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.transport.fake.Direction;
import io.websip.transport.fake.FakeConnection;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.sip.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program wants of its registration, whenever and from wherever it says so; and that a refusal is not for ever. */
class RegistrationWishesTest {
    @Test
    @DisplayName("register() after unregister() while a REGISTER is under way: the last wish holds")
    void registerAfterUnregisterWhileRegistering() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.REGISTER, Answer.byServer().after(Duration.ofSeconds(1)));
            goOn(alice.register());
            scene.run();
            goOn(alice.unregister());
            goOn(alice.register());
            scene.seconds(10);

            assertThat(alice.isRegistered()).isTrue();
        }
    }

    @Test
    @DisplayName("unregister() after register() while an unregister is under way: the last wish holds")
    void unregisterAfterRegisterWhileUnregistering() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.REGISTER, Answer.byServer().after(Duration.ofSeconds(1)));
            goOn(alice.unregister());
            scene.run();
            goOn(alice.register());
            goOn(alice.unregister());
            scene.seconds(10);

            assertThat(alice.isRegistered()).isFalse();
        }
    }

    @Test
    @DisplayName("stop() after unregister() and register(): the last REGISTER on the wire removes the binding")
    void stopAfterUnregisterAndRegister() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.REGISTER, Answer.byServer().after(Duration.ofSeconds(1)));
            goOn(alice.unregister());
            scene.run();
            goOn(alice.register());
            scene.run();
            alice.stop().join();
            scene.seconds(1);

            List<SipRequest> registers = scene.server.requests(SipMethod.REGISTER);
            assertThat(RegisteringBench.seconds(registers.get(registers.size() - 1)))
                    .isZero();
        }
    }

    @Test
    @DisplayName("a single refusal of a refresh does not keep an agent unregistered for a month")
    void refusedRefreshRecovers() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.REGISTER, Answer.status(404)); // such as while its database is reloaded
            scene.advance(Duration.ofDays(1));

            assertThat(alice.isRegistered()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 400, 405, 420, 501})
    @DisplayName("a single refusal of a REGISTER, then a day of health: registered again")
    void refusedOnceRecovers(int status) {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.REGISTER, Answer.status(status));
            scene.advance(Duration.ofDays(1));

            assertThat(alice.isRegistered()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 403, 603})
    @DisplayName("UAC-15: a refusal with Retry-After says itself that trying again may help")
    void refusedWithRetryAfterRecovers(int status) {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.REGISTER, Answer.status(status).header("Retry-After", "60"));
            scene.advance(Duration.ofDays(1));

            assertThat(alice.isRegistered()).isTrue();
        }
    }

    @Test
    @DisplayName("a registrar that grants 5 s: the binding is refreshed before it ends")
    void fiveSecondGrantIsRefreshedInTime() {
        try (Scene scene = new Scene(b -> b.noAuth().expires(1, 5))) {
            scene.started("alice");
            scene.seconds(60);

            assertThat(scene.tape.entries("unregistered")).isEmpty();
        }
    }

    @Test
    @DisplayName("register() from every listener, run on the loop: neither storm nor error")
    void registerFromListeners() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.agent("alice", b -> b.callbackExecutor(Runnable::run));
            alice.addListener(new UserAgentListener() {
                @Override
                public void onUnregistered(UserAgentEvent.Unregistered event) {
                    try {
                        goOn(alice.register());
                    } catch (RuntimeException e) {
                        scene.tape.add("refused");
                    }
                }

                @Override
                public void onRegistrationFailed(UserAgentEvent.RegistrationFailed event) {
                    onUnregistered(null);
                }

                @Override
                public void onDisconnected(UserAgentEvent.Disconnected event) {
                    onUnregistered(null);
                }
            });
            goOn(alice.start());
            scene.seconds(5);
            FakeConnection connection = scene.connection();
            connection.apply(Fault.cutAfter(Direction.TO_SERVER, 1));
            goOn(alice.register());
            scene.seconds(60);
            scene.server.forget("alice");
            scene.server.enqueue(SipMethod.REGISTER, Answer.status(200));
            scene.seconds(1_000);

            assertThat(alice.isRegistered()).isTrue();
            assertThat(scene.server.requests(SipMethod.REGISTER)).hasSizeLessThan(30);
        }
    }

    @Test
    @DisplayName("G10: register() called without end while none is answered is bounded")
    void waitingRegistersAreBounded() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.REGISTER, Answer.silence());
            int[] failed = {0};
            for (int i = 0; i < 20_000; i++) {
                alice.register().whenComplete((r, t) -> failed[0] += t == null ? 0 : 1);
            }
            scene.run();

            assertThat(failed[0]).isPositive();
        }
    }

    @Test
    @DisplayName("configuration: null and nonsense are named")
    void nonsense() {
        UserAgentConfigBuilder b = UserAgentConfig.builder();
        assertThatThrownBy(() -> b.server("ws://h", -1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> b.server("ftp://h")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> b.server("ws://h:0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> b.server("ws://h:70000")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> b.server("ws://h/#f")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> b.server("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void startAndThenUnregisterAtOnceEndsTheStart() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.agent("alice", b -> {});
            var started = alice.start();
            goOn(alice.unregister());
            scene.seconds(600);
            assertThat(started).isDone();
        }
    }
}
