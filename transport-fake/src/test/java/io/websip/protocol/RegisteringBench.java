package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.Cause;
import io.websip.UserAgent;
import io.websip.UserAgentEvent;
import io.websip.UserAgentListener;
import io.websip.config.UserAgentConfig;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.FakeNetwork;
import io.websip.transport.fake.FakeTransport;
import io.websip.transport.fake.VirtualEventLoop;
import io.websip.transport.fake.sip.Answer;
import io.websip.transport.fake.sip.FakeSipServer;
import io.websip.transport.fake.sip.FakeSipServerBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** A server, the agents of one test, and what those agents tell; {@link #close} shows that nothing is left behind. */
final class RegisteringBench implements AutoCloseable {
    static final String URL = "ws://sip.example.com";
    static final String PASSWORD = "correct horse battery";

    final VirtualEventLoop loop = new VirtualEventLoop();
    final FakeNetwork network = new FakeNetwork(loop);
    final FakeTransport transport = new FakeTransport(network);
    final FakeSipServer server;
    final List<String> events = new ArrayList<>();
    final List<UserAgentEvent> raw = new ArrayList<>();
    final RegisteringLog log = new RegisteringLog();
    private final List<UserAgent> agents = new ArrayList<>();

    RegisteringBench(Consumer<FakeSipServerBuilder> settings) {
        SecretWatch.begin();
        FakeSipServerBuilder builder =
                FakeSipServer.on(network, URL).user("alice", PASSWORD).user("bob", PASSWORD);
        settings.accept(builder);
        log.secret(PASSWORD);
        server = builder.start();
    }

    /** Alice with her password, and whatever else the test says. */
    UserAgent alice(Consumer<UserAgentConfigBuilder> settings) {
        return agent("alice", settings);
    }

    UserAgent alice() {
        return alice(b -> {});
    }

    UserAgent agent(String user, Consumer<UserAgentConfigBuilder> settings) {
        UserAgent agent = stranger(user, b -> settings.accept(b.password(PASSWORD)));
        agent.addListener(new Recorder());
        return agent;
    }

    /** An agent without credentials but those of the test. */
    UserAgent stranger(String user, Consumer<UserAgentConfigBuilder> settings) {
        UserAgentConfigBuilder builder = UserAgentConfig.builder()
                .uri("sip:" + user + "@example.com")
                .server(URL)
                .random(new Random(7));
        settings.accept(builder);
        UserAgentConfig config = builder.build();
        log.assertHidden(config + " " + config.credentials());
        UserAgent agent = SecretEar.at(UserAgent.create(SecretWatch.look(config), transport));
        agents.add(agent);
        return agent;
    }

    List<SipRequest> registers() {
        return server.requests(SipMethod.REGISTER);
    }

    List<SipRequest> messages() {
        return server.requests(SipMethod.MESSAGE);
    }

    SipRequest lastRegister() {
        return registers().get(registers().size() - 1);
    }

    /** The next REGISTER gets this answer instead of the registrar's. */
    void nextRegister(Answer answer) {
        server.enqueue(SipMethod.REGISTER, answer);
    }

    /** A 200 that lists the contact of the request, with this behind it, such as {@code ;expires=60}. */
    static Answer grant(String parameters) {
        return ok(request -> List.of(contact(request) + parameters));
    }

    /** A 200 that lists these contacts. */
    static Answer ok(java.util.function.Function<SipRequest, List<String>> contacts) {
        return Answer.raw(request -> {
            var builder = SipResponse.to(request.headers(), 200, null, "scripted");
            contacts.apply(request).forEach(contact -> builder.add("Contact", contact));
            return builder.build().toBytes();
        });
    }

    /** The contact of a REGISTER as a registrar repeats it, without parameters. */
    static String contact(SipRequest register) {
        return "<" + register.contacts().get(0).uri() + ">";
    }

    static long seconds(SipRequest register) {
        return register.contacts().get(0).expires().orElseThrow();
    }

    /** Lets time pass until the next REGISTER, and says how much. */
    Duration untilNextRegister() {
        int before = registers().size();
        Duration since = loop.elapsed();
        loop.runUntil(() -> registers().size() > before);
        return loop.elapsed().minus(since);
    }

    void assertNextRegisterAfter(long fromSeconds, long toSeconds) {
        assertThat(untilNextRegister()).isBetween(Duration.ofSeconds(fromSeconds), Duration.ofSeconds(toSeconds));
    }

    void pass(Duration time) {
        loop.advanceBy(time);
    }

    void passSeconds(long seconds) {
        pass(Duration.ofSeconds(seconds));
    }

    /** What the future ends with, which must be a failure. */
    static Throwable failure(CompletableFuture<?> future) {
        try {
            future.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause(); // join() wraps what the future itself ended with
            return cause == null ? e : cause;
        }
        throw new AssertionError("the future completed normally");
    }

    /** For what is begun and not waited for; how it ends is seen by the events. */
    static void goOn(CompletableFuture<?> future) {
        assertThat(future).isNotNull();
    }

    /** The events since the last call. */
    List<String> news() {
        loop.runReady();
        List<String> news = List.copyOf(events);
        events.clear();
        return news;
    }

    @Override
    public void close() {
        agents.forEach(agent -> log.assertHidden(agent.toString()));
        agents.forEach(UserAgent::close);
        network.assertNoConnections();
        loop.assertQuiet();
        int told = events.size();
        passSeconds(3_600);
        assertThat(events).as("events after the stop").hasSize(told);
        raw.forEach(event -> log.assertHidden(event.toString()));
        log.close();
        SecretWatch.end();
    }

    private final class Recorder implements UserAgentListener {
        private void tell(UserAgentEvent event, String text) {
            raw.add(event);
            events.add(text);
        }

        @Override
        public void onConnected(UserAgentEvent.Connected event) {
            tell(event, "connected");
        }

        @Override
        public void onDisconnected(UserAgentEvent.Disconnected event) {
            tell(event, "disconnected");
        }

        @Override
        public void onRegistered(UserAgentEvent.Registered event) {
            tell(event, "registered " + event.expires().toSeconds());
        }

        @Override
        public void onUnregistered(UserAgentEvent.Unregistered event) {
            tell(event, "unregistered" + text(event.cause(), event.response()));
        }

        @Override
        public void onRegistrationFailed(UserAgentEvent.RegistrationFailed event) {
            tell(event, "registrationFailed" + text(Optional.of(event.cause()), event.response()));
        }

        private String text(Optional<Cause> cause, Optional<SipResponse> response) {
            return cause.map(c -> " " + c.text()).orElse("")
                    + response.map(r -> " " + r.status()).orElse("");
        }
    }
}
