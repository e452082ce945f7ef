package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static io.websip.protocol.ServerFarm.url;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.sip.SipMethod;
import io.websip.transport.fake.Direction;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.sip.Answer;
import io.websip.transport.fake.sip.FakeSipServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that take connections, but do not register the agent. */
class UnhelpfulServerTest {
    private static final class Fraction {
        private Duration registered = Duration.ZERO;

        static double of(ServerFarm farm, UserAgent agent, int seconds) {
            Fraction f = new Fraction();
            for (int i = 0; i < seconds; i++) {
                farm.seconds(1);
                if (agent.isRegistered()) {
                    f.registered = f.registered.plusSeconds(1);
                }
            }
            return f.registered.toSeconds() / (double) seconds;
        }
    }

    @Test
    @DisplayName(
            "a better server that takes connections but answers no REGISTER costs the agent nothing at the good one")
    void betterServerWithMuteRegistrar() {
        try (ServerFarm farm = new ServerFarm()) {
            farm.server("main");
            farm.server("spare");
            farm.get("main").dispatcher(r -> Answer.silence());
            UserAgent alice = farm.alice(ServerFarm::twoServers);
            goOn(alice.start());
            farm.seconds(60);
            farm.losses.clear();

            assertThat(Fraction.of(farm, alice, 3_600)).isEqualTo(1.0);
            assertThat(farm.losses).isEmpty();
            assertThat(farm.registers("main")).isBetween(3, 30);
        }
    }

    @Test
    @DisplayName("a better server that answers each REGISTER by 503 without Retry-After does not move the agent")
    void betterServerWith503() {
        try (ServerFarm farm = new ServerFarm()) {
            farm.server("main");
            farm.server("spare");
            farm.get("main").dispatcher(r -> Answer.status(503));
            UserAgent alice = farm.alice(ServerFarm::twoServers);
            goOn(alice.start());
            farm.seconds(60);
            farm.losses.clear();
            farm.seconds(3_600);

            assertThat(farm.losses).isEmpty();
            assertThat(farm.registers("main")).isBetween(3, 30);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 500, 480})
    @DisplayName("a better server that refuses to register us is not gone over to")
    void betterServerThatRefuses(int status) {
        try (ServerFarm farm = new ServerFarm()) {
            farm.server("main");
            farm.server("spare");
            farm.get("main").endpoint().onEveryConnection(Fault.unreachable());
            UserAgent alice = farm.started(ServerFarm::twoServers);
            farm.get("main").endpoint().onEveryConnection();
            farm.get("main").dispatcher(r -> Answer.status(status));
            farm.news();

            assertThat(Fraction.of(farm, alice, 3_600)).isEqualTo(1.0);
            assertThat(farm.news()).isEmpty();
            assertThat(farm.registers("main")).isBetween(3, 30);
        }
    }

    @Test
    @DisplayName(
            "a REGISTER under way at a server that falls silent does not keep the agent from registering at the better one")
    void registerUnderWayAtTheMove() {
        try (ServerFarm farm = new ServerFarm()) {
            farm.server("main");
            farm.server("spare");
            farm.get("main").endpoint().onEveryConnection(Fault.unreachable());
            UserAgent alice = farm.started(ServerFarm::twoServers);
            farm.get("spare").dispatcher(r -> Answer.silence());
            goOn(alice.register());
            farm.loop.runReady();
            farm.get("main").endpoint().onEveryConnection();
            farm.seconds(10); // the move comes within 2 s

            assertThat(farm.registers("main")).isPositive();
            assertThat(alice.isRegistered()).isTrue();
        }
    }

    @Test
    @DisplayName("a fetch of the bindings that nobody answers does not end the binding")
    void muteFetchDoesNotEndTheBinding() {
        try (Scene scene = new Scene(b -> b.noAuth().expires(1, 10))) {
            UserAgent alice = scene.started("alice");
            scene.server.dispatcher(
                    r -> r.method().equals(SipMethod.REGISTER) && r.contacts().isEmpty() ? Answer.silence() : null);
            goOn(alice.fetchBindings());
            scene.seconds(40);

            assertThat(scene.tape.entries("unregistered")).isEmpty();
        }
    }

    @Test
    @DisplayName("the fake: two servers give different nonces, so that one's credentials are not rejected by the other")
    void digestOverTwoFakeServers() {
        try (ServerFarm farm = new ServerFarm()) {
            for (String name : List.of("main", "spare")) {
                FakeSipServer server = FakeSipServer.on(farm.network, url(name))
                        .user("alice", "secret")
                        .start();
                if (name.equals("main")) {
                    server.endpoint().onNextConnection(Fault.cutAfter(Direction.TO_CLIENT, 2));
                }
            }
            UserAgent alice = farm.alice(b -> ServerFarm.twoServers(b.password("secret")));
            goOn(alice.start());
            farm.seconds(3_600);

            assertThat(farm.events).doesNotContain("registrationFailed");
            assertThat(alice.isRegistered()).isTrue();
        }
    }
}
