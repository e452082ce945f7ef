package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.failure;
import static io.websip.protocol.RegisteringBench.goOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.websip.Cause;
import io.websip.MessageFailedException;
import io.websip.RegistrationFailedException;
import io.websip.UserAgent;
import io.websip.config.MessageOptions;
import io.websip.sip.SipMethod;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.sip.Answer;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("with the server down, the failure of a message and the log say why, and when the next attempt comes")
class WhyItFailedTest {
    private static final String DOWN = "connection refused: nothing listens on ws://sip.example.com:80/";
    private static final String AGAIN = "; again in \\d+(\\.\\d)? m?s";

    private static MessageFailedException failed(Scene scene, CompletableFuture<SipResponse> future) {
        scene.run();
        return (MessageFailedException) failure(future);
    }

    private static MessageOptions held(Duration time) {
        return MessageOptions.builder().holdFor(time).build();
    }

    private static List<String> lines(LogTrap log) {
        return log.records().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.INFO.intValue())
                .map(entry -> entry.getLevel() + " " + new SimpleFormatter().formatMessage(entry))
                .toList();
    }

    private static UserAgent withoutServer(Scene scene) {
        scene.server.endpoint().onEveryConnection(Fault.unreachable());
        UserAgent alice = scene.agent("alice", options -> {});
        goOn(alice.start());
        return alice;
    }

    @Test
    @DisplayName("a message that waits for the first attempt, and one that comes after it: detail, text and cause")
    void refusedConnection() {
        try (Scene scene = new Scene()) {
            UserAgent alice = withoutServer(scene);
            MessageFailedException first = failed(scene, alice.sendMessage("bob", "Hello"));
            assertThat(first.cause()).isEqualTo(Cause.CONNECTION_ERROR);
            assertThat(first.cause().text()).isEqualTo("Connection Error");
            assertThat(first.event().detail()).startsWith(DOWN);
            assertThat(first).hasMessageStartingWith("Connection Error: " + DOWN);
            assertThat(first.getCause()).isInstanceOf(ConnectException.class).hasMessage(DOWN);
            MessageFailedException second = failed(scene, alice.sendMessage("bob", "Hello"));
            assertThat(second.event().detail()).matches(DOWN + AGAIN);
            assertThat(second.getCause()).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    @DisplayName("a message that is under way as the connection breaks")
    void lostConnection() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.MESSAGE, Answer.silence());
            CompletableFuture<SipResponse> sent = alice.sendMessage("bob", "Hello");
            scene.run();
            scene.connection().close(1001, "bye");
            MessageFailedException failed = failed(scene, sent);
            assertThat(failed).hasMessage("Connection Error: ws://sip.example.com:80/: closed with 1001 (bye)");
            assertThat(failed.getCause())
                    .isInstanceOf(IOException.class)
                    .hasMessage("ws://sip.example.com:80/: closed with 1001 (bye)");
        }
    }

    @Test
    @DisplayName("an HTTP refusal")
    void refusedHandshake() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.endpoint().onEveryConnection(Fault.refuse(503));
            scene.connection().abort();
            scene.seconds(60);
            MessageFailedException failed = failed(scene, alice.sendMessage("bob", "Hello"));
            assertThat(failed.event().detail())
                    .startsWith("refused with HTTP 503 (refused by ws://sip.example.com:80/); again in ");
        }
    }

    @Test
    @DisplayName("a held message whose time runs out")
    void expired() {
        try (Scene scene = new Scene()) {
            UserAgent alice = withoutServer(scene);
            CompletableFuture<SipResponse> sent =
                    alice.sendMessage("bob", "Hello", "text/plain", held(Duration.ofSeconds(60)));
            scene.seconds(61);
            MessageFailedException failed = failed(scene, sent);
            assertThat(failed.cause()).isEqualTo(Cause.EXPIRED);
            assertThat(failed.event().detail()).startsWith(DOWN);
            assertThat(failed.getCause()).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    @DisplayName("a held message whose agent cannot register")
    void notRegistered() {
        try (Scene scene = new Scene()) {
            for (int i = 0; i < 20; i++) {
                scene.server.enqueue(SipMethod.REGISTER, Answer.status(403));
            }
            UserAgent alice = scene.agent("alice", options -> {});
            goOn(alice.start());
            CompletableFuture<SipResponse> sent =
                    alice.sendMessage("bob", "Hello", "text/plain", held(Duration.ofSeconds(60)));
            scene.seconds(61);
            assertThat(failed(scene, sent)).hasMessage("Expired: the agent is not registered: answered with 403");
        }
    }

    @Test
    @DisplayName("a message whose agent is stopped")
    void stopped() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.agent("alice", options -> {});
            scene.server.endpoint().onEveryConnection(Fault.silentHandshake());
            goOn(alice.start());
            CompletableFuture<SipResponse> sent = alice.sendMessage("bob", "Hello");
            scene.run();
            goOn(alice.stop());
            scene.seconds(20);
            assertThat(failed(scene, sent)).hasMessage("Connection Error: the agent was stopped");
        }
    }

    @Test
    @DisplayName(
            "a message that the server does not answer, or only provisionally, names the server, the time and what came")
    void unanswered() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(Answer.silence());
            CompletableFuture<SipResponse> silent = alice.sendMessage("bob", "Hello");
            scene.seconds(32);
            assertThat(failed(scene, silent).event().detail())
                    .isEqualTo("ws://sip.example.com:80/ did not answer MESSAGE within 32 s");
            scene.server.enqueue(Answer.status(183).after(Duration.ofSeconds(20)));
            CompletableFuture<SipResponse> provisional = alice.sendMessage("carol", "Hello");
            scene.seconds(32);
            assertThat(failed(scene, provisional))
                    .hasMessage("Request Timeout: ws://sip.example.com:80/ answered MESSAGE only with 183 within 32 s");
            MessageOptions impatient =
                    MessageOptions.builder().timeout(Duration.ofMillis(2_500)).build();
            scene.server.enqueue(Answer.silence());
            CompletableFuture<SipResponse> own = alice.sendMessage("dave", "Hello", "text/plain", impatient);
            scene.seconds(3);
            assertThat(failed(scene, own).event().detail())
                    .isEqualTo("ws://sip.example.com:80/ did not answer MESSAGE within 2.5 s");
            MessageOptions patient =
                    MessageOptions.builder().timeout(Duration.ofSeconds(90)).build();
            scene.server.enqueue(Answer.silence());
            CompletableFuture<SipResponse> longer = alice.sendMessage("erin", "Hello", "text/plain", patient);
            scene.seconds(91);
            assertThat(failed(scene, longer).event().detail()).endsWith("within 1 min 30 s");
        }
    }

    @Test
    @DisplayName("the log says why an agent is not registered, once for each change of reason")
    void refusedRegistrations() {
        try (Scene scene = new Scene();
                LogTrap log = LogTrap.all("io.websip.registration")) {
            for (int status : new int[] {503, 503, 500, 500, 503}) {
                scene.server.enqueue(SipMethod.REGISTER, Answer.status(status));
            }
            goOn(scene.agent("alice", options -> {}).start());
            scene.seconds(3600);
            assertThat(lines(log).stream().map(line -> line.replaceAll("; tried again.*", "")))
                    .containsExactly(
                            "INFO sip:alice@example.com could not register: answered with 503",
                            "INFO sip:alice@example.com could not register: answered with 500",
                            "INFO sip:alice@example.com could not register: answered with 503",
                            "INFO sip:alice@example.com is registered for 10 min");
        }
    }

    @Test
    @DisplayName("a REGISTER that the server does not answer")
    void unansweredRegister() {
        try (Scene scene = new Scene()) {
            scene.server.enqueue(SipMethod.REGISTER, Answer.silence());
            UserAgent alice = scene.agent("alice", options -> {});
            CompletableFuture<?> started = alice.start();
            scene.seconds(32);
            assertThat(failure(started))
                    .hasMessageContaining("ws://sip.example.com:80/ did not answer REGISTER within 32 s");
        }
    }

    @Test
    @DisplayName("a registration that the program asks for without a connection")
    void registration() {
        try (Scene scene = new Scene()) {
            UserAgent alice = withoutServer(scene);
            scene.seconds(5);
            CompletableFuture<SipResponse> asked = alice.register();
            scene.run();
            Throwable failed = failure(asked);
            assertThat(failed)
                    .isInstanceOf(RegistrationFailedException.class)
                    .hasMessageStartingWith("registration failed: Connection Error: " + DOWN);
            assertThat(failed.getCause()).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    @DisplayName("the log: one line at the first failure, one at each change of reason, one at the end of the outage")
    void log() {
        try (LogTrap log = LogTrap.all("io.websip");
                Scene scene = new Scene()) {
            withoutServer(scene);
            scene.advance(Duration.ofHours(3));
            String alice = "sip:alice@example.com ";
            assertThat(lines(log))
                    .singleElement()
                    .asString()
                    .matches("WARNING " + alice + "has no connection: " + DOWN + AGAIN);
            scene.server.endpoint().onEveryConnection(Fault.refuse(502));
            scene.advance(Duration.ofHours(3));
            assertThat(lines(log))
                    .hasSize(2)
                    .last()
                    .asString()
                    .startsWith("WARNING " + alice + "has no connection: refused with HTTP 502 (")
                    .matches(".*; again in .*");
            scene.server.endpoint().onEveryConnection();
            scene.advance(Duration.ofHours(1));
            assertThat(lines(log)).hasSize(4);
            assertThat(lines(log).get(2)).isEqualTo("INFO " + alice + "is connected to ws://sip.example.com:80/");
            assertThat(lines(log).get(3)).isEqualTo("INFO " + alice + "is registered for 10 min");
        }
    }

    @Test
    @DisplayName("the log: two servers that fail for reasons of their own are two lines, not one for each attempt")
    void twoServers() {
        try (LogTrap log = LogTrap.all("io.websip");
                ServerFarm farm = new ServerFarm()) {
            farm.server("main").endpoint().onEveryConnection(Fault.unreachable());
            farm.server("spare").endpoint().onEveryConnection(Fault.refuse(503));
            goOn(farm.alice(ServerFarm::twoServers).start());
            farm.seconds(3 * 3600);
            assertThat(lines(log)).hasSize(2);
        }
    }

    @Test
    @DisplayName("a future that nobody waits for: start() says it too")
    void start() {
        try (Scene scene = new Scene()) {
            scene.server.endpoint().onEveryConnection(Fault.unreachable());
            UserAgent alice = scene.agent("alice", options -> {});
            assertThat(catchThrowable(() -> alice.start().join()))
                    .hasRootCauseMessage(
                            "no connection to ws://sip.example.com:80/: failed: java.net.ConnectException: " + DOWN);
        }
    }
}
