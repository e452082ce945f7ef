package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.Cause;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.UserAgentMetrics;
import io.websip.sip.SipMethod;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.sip.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("UserAgent.metrics(): what an agent counts")
class MetricsTest {
    @Test
    @DisplayName("before the start all is zero")
    void zero() {
        try (Scene scene = new Scene()) {
            assertThat(scene.agent("alice", options -> {}).metrics())
                    .isEqualTo(new UserAgentMetrics(0, 0, 0, Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of()));
        }
    }

    @Test
    @DisplayName("messages by outcome and cause")
    void messages() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            List<Answer> answers = List.of(
                    Answer.status(200), Answer.status(202), Answer.status(486), Answer.status(600), Answer.status(404));
            for (Answer answer : answers) {
                scene.server.enqueue(SipMethod.MESSAGE, answer);
                alice.sendMessage("bob", "Hello").handle((r, f) -> null).join();
            }
            scene.server.message("alice", "Hi").join();
            UserAgentMetrics metrics = alice.metrics();
            assertThat(metrics.sent()).isEqualTo(5);
            assertThat(metrics.succeeded()).isEqualTo(2);
            assertThat(metrics.failed()).containsOnly(Map.entry(Cause.BUSY, 2L), Map.entry(Cause.NOT_FOUND, 1L));
            assertThat(metrics.failures()).isEqualTo(3);
            assertThat(metrics.received()).isEqualTo(1);
            assertThat(metrics.pending()).isZero();
        }
    }

    @Test
    @DisplayName("a dependant of the future sees the message counted")
    void inDependant() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(Answer.status(200));
            assertThat(alice.sendMessage("bob", "Hello")
                            .thenApply(response -> alice.metrics())
                            .join())
                    .satisfies(metrics -> {
                        assertThat(metrics.succeeded()).isEqualTo(1);
                        assertThat(metrics.pending()).isZero();
                    });
        }
    }

    @Test
    @DisplayName("pending, held and transactions tell of now")
    void gauges() {
        try (Scene scene = new Scene()) {
            scene.server.endpoint().onNextConnection(Fault.latency(Duration.ofSeconds(1)));
            scene.server.dispatcher(request -> request.method().equals(SipMethod.MESSAGE) ? Answer.silence() : null);
            UserAgent alice = scene.agent("alice", options -> options.register(false));
            alice.start();
            alice.sendMessage("bob", "1");
            alice.sendMessage("bob", "2");
            alice.sendMessage("carol", "3");
            scene.run();
            assertThat(alice.metrics().pending()).isEqualTo(3);
            assertThat(alice.metrics().held()).isEqualTo(2); // the other waits for its turn
            assertThat(alice.metrics().transactions()).isZero();
            scene.seconds(5);
            assertThat(alice.metrics().held()).isZero();
            assertThat(alice.metrics().transactions()).isEqualTo(2);
            scene.seconds(100);
            assertThat(alice.metrics().pending()).isZero();
            assertThat(alice.metrics().transactions()).isZero();
            assertThat(alice.metrics().failed()).containsOnly(Map.entry(Cause.REQUEST_TIMEOUT, 3L));
        }
    }

    @Test
    @DisplayName("an incoming message that waits for its answer is a transaction")
    void incomingTransaction() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            alice.addListener(UserAgentListener.incoming(message -> message.defer()));
            scene.server.message("alice", "Hi");
            scene.run();
            assertThat(alice.metrics().transactions()).isEqualTo(1);
            alice.stop().join();
            assertThat(alice.metrics().transactions()).isZero();
        }
    }

    @Test
    @DisplayName("connects, reconnects and failed attempts; they go on over a stop and a start")
    void connections() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.endpoint().onNextConnection(Fault.refuse(503));
            scene.connection().abort();
            scene.seconds(60);
            alice.stop().join();
            UserAgentMetrics stopped = alice.metrics();
            assertThat(stopped.connects()).isEqualTo(2);
            assertThat(stopped.reconnects()).isEqualTo(1);
            assertThat(stopped.failedConnects()).isEqualTo(1);
            alice.start().join();
            assertThat(alice.metrics().connects()).isEqualTo(3);
            assertThat(alice.metrics().reconnects()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("REGISTERs: one with its challenge counts once, whatever fails is a failure")
    void registers() {
        try (Scene scene = new Scene(server -> server.user("alice", "secret"))) {
            UserAgent alice = scene.started("alice", options -> options.password("secret"));
            assertThat(alice.metrics().registersSent()).isEqualTo(1);
            scene.server.enqueue(SipMethod.REGISTER, Answer.status(500));
            alice.register().handle((r, f) -> null).join();
            scene.server.enqueue(SipMethod.REGISTER, Answer.silence());
            alice.register().handle((r, f) -> null).join();
            assertThat(alice.metrics().registersSent()).isEqualTo(3);
            assertThat(alice.metrics().registersFailed()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("bytes are those on the wire")
    void bytes() {
        List<Integer> sent = new ArrayList<>();
        List<Integer> received = new ArrayList<>();
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started(
                    "alice",
                    options -> options.wireTrace(message -> {
                        boolean out = message.direction() == io.websip.trace.WireMessage.Direction.SENT;
                        (out ? sent : received).add(message.size());
                    }));
            scene.raw("alice", "\n\n");
            alice.stop().join();
            assertThat(alice.metrics().bytesSent())
                    .isEqualTo(sent.stream().mapToLong(n -> n).sum());
            assertThat(alice.metrics().bytesReceived())
                    .isEqualTo(received.stream().mapToLong(n -> n).sum());
            assertThat(sent).contains(2);
        }
    }

    @Test
    @DisplayName("exceptions of listeners, handlers and traces")
    void listenerExceptions() {
        try (LogTrap log = new LogTrap("io.websip.agent");
                Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            alice.addListener(UserAgentListener.incoming(message -> {
                throw new IllegalStateException("listener");
            }));
            scene.server.enqueue(Answer.status(200));
            new io.websip.Message(alice)
                    .onSucceeded(event -> {
                        throw new IllegalStateException("first handler");
                    })
                    .onSucceeded(event -> {
                        throw new IllegalStateException("second handler");
                    })
                    .send("bob", "Hello")
                    .join();
            assertThat(alice.metrics().listenerExceptions()).isEqualTo(2);
            assertThat(log.thrown()).hasSize(2);
        }
    }

    @Test
    @DisplayName("a message that no stop lets go is counted as failed, once")
    void stopped() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.enqueue(Answer.silence());
            CompletableFuture<?> message = alice.sendMessage("bob", "Hello");
            alice.stop().join();
            assertThat(message).isCompletedExceptionally();
            assertThat(alice.metrics().failed()).containsOnly(Map.entry(Cause.CONNECTION_ERROR, 1L));
            assertThat(alice.metrics().pending()).isZero();
        }
    }
}
