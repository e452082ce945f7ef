package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.Message;
import io.websip.NewMessage;
import io.websip.UserAgent;
import io.websip.UserAgentEvent;
import io.websip.UserAgentListener;
import io.websip.sip.SipMethod;
import io.websip.transport.fake.sip.Answer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("G1, G4: stop() from each listener")
class StopInListenersTest {
    /** Where the program stops its agent. */
    private enum Place {
        CONNECTED,
        REGISTERED,
        REGISTRATION_FAILED,
        REGISTRATION_EXPIRING,
        UNREGISTERED,
        DISCONNECTED,
        OUTGOING,
        SENDING,
        SUCCEEDED,
        FAILED,
        FUTURE,
        INCOMING,
        START_FUTURE
    }

    private final AtomicBoolean reached = new AtomicBoolean();

    private class Stopper implements UserAgentListener {
        private final Place place;
        private final Scene scene;
        private final UserAgent agent;

        Stopper(Place place, Scene scene, UserAgent agent) {
            this.place = place;
            this.scene = scene;
            this.agent = agent;
        }

        void at(Place here) {
            if (here == place && reached.compareAndSet(false, true)) {
                goOn(agent.stop().whenComplete((v, t) -> scene.tape.add("stopped")));
            }
        }

        @Override
        public void onConnected(UserAgentEvent.Connected event) {
            at(Place.CONNECTED);
        }

        @Override
        public void onRegistered(UserAgentEvent.Registered event) {
            at(Place.REGISTERED);
        }

        @Override
        public void onRegistrationFailed(UserAgentEvent.RegistrationFailed event) {
            at(Place.REGISTRATION_FAILED);
        }

        @Override
        public void onRegistrationExpiring(UserAgentEvent.RegistrationExpiring event) {
            at(Place.REGISTRATION_EXPIRING);
        }

        @Override
        public void onUnregistered(UserAgentEvent.Unregistered event) {
            at(Place.UNREGISTERED);
        }

        @Override
        public void onDisconnected(UserAgentEvent.Disconnected event) {
            at(Place.DISCONNECTED);
        }

        @Override
        public void onNewMessage(NewMessage event) {
            at(event instanceof NewMessage.Incoming ? Place.INCOMING : Place.OUTGOING);
        }
    }

    @ParameterizedTest
    @EnumSource
    void fromEachListener(Place place) {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.agent("alice", options -> {});
            Stopper stopper = new Stopper(place, scene, alice);
            alice.addListener(stopper);
            scene.server.enqueue(SipMethod.REGISTER, Answer.status(500));
            scene.server.dispatcher(r -> r.method().equals(SipMethod.MESSAGE)
                    ? Answer.status(r.text().equals("good") ? 200 : 404)
                    : null);
            alice.start().whenComplete((v, t) -> stopper.at(Place.START_FUTURE));
            scene.seconds(60); // registered by the second try
            send(scene, alice, stopper, "good");
            send(scene, alice, stopper, "bad");
            if (!reached.get()) {
                goOn(scene.server.message("alice", "hello"));
                scene.run();
            }
            scene.seconds(600); // the refresh
            if (!reached.get()) {
                scene.connection().abort();
            }
            scene.seconds(600);

            assertThat(reached).isTrue();
            assertThat(scene.tape.entries().get(scene.tape.entries().size() - 1))
                    .isEqualTo("stopped");
            assertThat(scene.tape.entries("sending")).hasSameSizeAs(scene.tape.entries("future"));
            assertThat(scene.tape.entries("succeeded").size()
                            + scene.tape.entries("failed").size())
                    .isEqualTo(scene.tape.entries("future").size());
            assertThat(scene.server.bindings("alice")).isEmpty();
            scene.network.assertNoConnections();
            scene.assertAgentsQuiet();
        }
    }

    /** Does nothing once the agent is stopped. */
    private void send(Scene scene, UserAgent alice, Stopper stopper, String body) {
        if (reached.get()) {
            return;
        }
        Message message = scene.tape
                .record(new Message(alice))
                .onSending(e -> stopper.at(Place.SENDING))
                .onSucceeded(e -> stopper.at(Place.SUCCEEDED))
                .onFailed(e -> stopper.at(Place.FAILED));
        scene.tape.record(message.send("bob", body)).whenComplete((r, t) -> stopper.at(Place.FUTURE));
        scene.run();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"REGISTRATION_FAILED"})
    @DisplayName("a stop in a listener and a start right behind it: the agent runs again")
    void startBehindTheStop(Place place) {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.agent("alice", options -> {});
            AtomicBoolean again = new AtomicBoolean();
            Stopper stopper = new Stopper(place, scene, alice) {
                @Override
                void at(Place here) {
                    if (here == place && again.compareAndSet(false, true)) {
                        goOn(alice.stop());
                        goOn(alice.start());
                        scene.tape.add("restarted");
                    }
                }
            };
            alice.addListener(stopper);
            scene.server.dispatcher(r -> r.method().equals(SipMethod.MESSAGE)
                    ? Answer.status(r.text().equals("good") ? 200 : 404)
                    : null);
            alice.start().whenComplete((v, t) -> stopper.at(Place.START_FUTURE));
            scene.run();
            send(scene, alice, stopper, "good");
            send(scene, alice, stopper, "bad");
            goOn(scene.server.message("alice", "hello"));
            scene.seconds(600);
            if (!again.get()) {
                scene.connection().abort();
            }
            scene.seconds(600);

            assertThat(again).isTrue();
            assertThat(alice.isRegistered()).isTrue();
            assertThat(scene.network.connections()).hasSize(1);
            assertThat(scene.server.bindings("alice")).hasSize(1);
            assertThat(scene.tape.entries("future")).hasSize(2);
        }
    }

    @Test
    @DisplayName("start from the future of stop")
    void startFromTheFutureOfStop() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            goOn(alice.stop().thenCompose(v -> alice.start()).whenComplete((v, t) -> scene.tape.add("again")));
            scene.seconds(10);

            assertThat(scene.tape.events())
                    .containsExactly("unregistered asked", "disconnected", "connected", "registered", "again");
        }
    }
}
