package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.Cause;
import io.websip.Delivery;
import io.websip.Message;
import io.websip.MessageFailedException;
import io.websip.UserAgent;
import io.websip.config.MessageOptions;
import io.websip.config.SendingPolicy;
import io.websip.sip.SipMethod;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.sip.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Messages that may wait for the connection and the registration (MessageOptions.holdFor). */
class HoldTest {
    private static final MessageOptions MINUTE =
            MessageOptions.builder().holdFor(Duration.ofMinutes(1)).build();

    private static CompletableFuture<SipResponse> send(UserAgent agent, String target, String body) {
        return agent.sendMessage(target, body, "text/plain", MINUTE);
    }

    /** Registered once, and now without a server. */
    private static UserAgent cutOff(Scene scene) {
        UserAgent alice = scene.started("alice");
        scene.server.endpoint().onEveryConnection(Fault.unreachable());
        scene.connection().apply(Fault.cutAfter(io.websip.transport.fake.Direction.TO_SERVER, 0));
        scene.run();
        assertThat(alice.isConnected()).isFalse();
        return alice;
    }

    private static void serverIsBack(Scene scene) {
        scene.server.endpoint().onEveryConnection();
        scene.seconds(30);
    }

    @Test
    void aHeldMessageGoesOnceTheAgentIsRegisteredAgain() {
        try (Scene scene = new Scene()) {
            UserAgent alice = cutOff(scene);
            scene.server.dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(200) : null);
            CompletableFuture<SipResponse> sent = send(alice, "bob", "1");
            scene.seconds(20);
            assertThat(sent).isNotDone();
            assertThat(scene.bodies()).isEmpty();

            serverIsBack(scene);

            assertThat(sent.join().status()).isEqualTo(200);
            assertThat(scene.bodies()).containsExactly("1");
            List<String> wire = scene.tape.entries("wire");
            assertThat(wire.subList(wire.indexOf("wire REGISTER"), wire.size()))
                    .containsExactly("wire REGISTER", "wire MESSAGE");
        }
    }

    @Test
    void newMessageAndSendingAreFiredWhenItIsCreatedAndNotWhenItGoes() {
        try (Scene scene = new Scene()) {
            UserAgent alice = cutOff(scene);
            scene.tape.clear();
            scene.tape.record(new Message(alice)).send("bob", "1", "text/plain", MINUTE);
            scene.run();
            assertThat(scene.tape.events()).containsExactly("newMessage LOCAL", "sending LOCAL");
        }
    }

    @Test
    void itFailsWithExpiredWhenItsTimeIsUpAndIsNeverSent() {
        try (Scene scene = new Scene()) {
            UserAgent alice = cutOff(scene);
            CompletableFuture<SipResponse> sent = send(alice, "bob", "1");
            scene.advance(Duration.ofMillis(59_999));
            assertThat(sent).isNotDone();
            scene.advance(Duration.ofMillis(1));

            assertThat(failure(sent)).isInstanceOfSatisfying(MessageFailedException.class, e -> {
                assertThat(e.cause()).isEqualTo(Cause.EXPIRED);
                assertThat(e.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
            });
            serverIsBack(scene);
            assertThat(alice.isRegistered()).isTrue();
            assertThat(scene.bodies()).isEmpty();
        }
    }

    @Test
    void withoutTheOptionItFailsAtOnce() {
        try (Scene scene = new Scene()) {
            UserAgent alice = cutOff(scene);
            CompletableFuture<SipResponse> held = send(alice, "bob", "held");
            CompletableFuture<SipResponse> sameTarget = alice.sendMessage("bob", "not held");
            scene.run();

            assertThat(held).isNotDone();
            assertThat(failure(sameTarget))
                    .as("it does not wait behind one that does")
                    .isInstanceOfSatisfying(
                            MessageFailedException.class,
                            e -> assertThat(e.cause()).isEqualTo(Cause.CONNECTION_ERROR));
        }
    }

    @Test
    void ordersIsKeptPerTarget() {
        try (Scene scene = new Scene()) {
            UserAgent alice = cutOff(scene);
            scene.server.dispatcher(r ->
                    r.method().equals(SipMethod.MESSAGE) ? Answer.status(200).after(Duration.ofMillis(100)) : null);
            List<CompletableFuture<SipResponse>> sent = new ArrayList<>();
            IntStream.range(0, 20).forEach(i -> sent.add(send(alice, i % 2 == 0 ? "bob" : "carol", "" + i)));

            serverIsBack(scene);

            assertThat(sent).allSatisfy(f -> assertThat(f.join().status()).isEqualTo(200));
            assertThat(scene.bodies().stream().filter(b -> Integer.parseInt(b) % 2 == 0))
                    .containsExactly("0", "2", "4", "6", "8", "10", "12", "14", "16", "18");
        }
    }

    @Test
    void anUnlimitedAgentKeepsTheOrderOfWhatItHeldToo() {
        try (Scene scene = new Scene(b -> b.noAuth().oneAtATime(false))) {
            UserAgent alice = scene.started("alice", b -> b.sendingPolicy(SendingPolicy.unlimited()));
            scene.server.endpoint().onEveryConnection(Fault.unreachable());
            scene.server.connections().get(0).abort();
            scene.run();
            scene.server.dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(200) : null);
            IntStream.range(0, 5).forEach(i -> send(alice, "bob", "" + i));

            serverIsBack(scene);

            assertThat(scene.bodies()).containsExactly("0", "1", "2", "3", "4");
        }
    }

    /** A 200 that lists two bindings of others. */
    private static Answer othersOnly() {
        return Answer.status(200).header("Contact", "<sip:x@203.0.113.1>;expires=60, <sip:y@203.0.113.2>;expires=60");
    }

    @Test
    void itWaitsForTheRegistrationToo() {
        try (Scene scene = new Scene()) {
            scene.server.dispatcher(r -> othersOnly()); // not registered
            UserAgent alice = scene.agent("alice", options -> {});
            RegisteringBench.goOn(alice.start());
            CompletableFuture<SipResponse> held = send(alice, "bob", "held");
            CompletableFuture<SipResponse> free = alice.sendMessage("bob", "free");
            scene.run();
            assertThat(alice.isConnected()).isTrue();
            assertThat(held).isNotDone();
            assertThat(free).as("it has its place behind the held one").isNotDone();

            scene.server.dispatcher(r -> r.method().equals(SipMethod.MESSAGE) ? Answer.status(200) : null);
            scene.seconds(45);
            assertThat(held.join().status()).isEqualTo(200);
            assertThat(free.join().status()).isEqualTo(200);
            assertThat(scene.bodies()).containsExactly("held", "free");
        }
    }

    @Test
    void anAgentThatDoesNotRegisterWaitsForTheConnectionAlone() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.sender();
            scene.server.endpoint().onEveryConnection(Fault.unreachable());
            scene.server.connections().get(0).abort();
            scene.run();
            scene.server.dispatcher(r -> Answer.status(200));
            CompletableFuture<SipResponse> sent = send(alice, "bob", "1");

            serverIsBack(scene);

            assertThat(sent.join().status()).isEqualTo(200);
        }
    }

    @Test
    void itsTimeIsUpAlsoWhereARedirectLetItWaitForTheRegistration() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(
                    SipMethod.MESSAGE,
                    Answer.status(302)
                            .header("Contact", "<sip:carol@example.com>")
                            .after(Duration.ofSeconds(10)));
            scene.server.enqueue(SipMethod.REGISTER, Answer.status(403)); // tried again after a quarter of an hour
            MessageOptions options = MessageOptions.builder()
                    .holdFor(Duration.ofMinutes(1))
                    .followRedirects(1)
                    .build();
            CompletableFuture<SipResponse> sent = alice.sendMessage("bob", "Hello", "text/plain", options);
            failure(alice.register());
            Duration begun = scene.loop.elapsed();

            assertThat(failure(sent))
                    .isInstanceOfSatisfying(
                            MessageFailedException.class,
                            e -> assertThat(e.cause()).isEqualTo(Cause.EXPIRED));
            assertThat(scene.loop.elapsed().minus(begun)).isEqualTo(Duration.ofMinutes(1));
            assertThat(scene.messages()).hasSize(1);
        }
    }

    @Test
    void unregisteringFreesWhatWaitedForTheRegistration() {
        try (Scene scene = new Scene()) {
            scene.server.dispatcher(r -> r.method().equals(SipMethod.REGISTER) ? othersOnly() : Answer.status(200));
            UserAgent alice = scene.agent("alice", options -> {});
            RegisteringBench.goOn(alice.start());
            CompletableFuture<SipResponse> held = send(alice, "bob", "held");
            scene.run();
            RegisteringBench.goOn(alice.unregister());

            assertThat(held.join().status()).isEqualTo(200);
        }
    }

    @Test
    void stoppingFailsWhatIsHeldAfterTheGrace() {
        try (Scene scene = new Scene()) {
            UserAgent alice = cutOff(scene);
            CompletableFuture<SipResponse> sent = send(alice, "bob", "1");
            scene.run();
            CompletableFuture<Void> stopped = alice.stop();
            scene.run();
            assertThat(sent).isNotDone();
            scene.seconds(2);

            assertThat(failure(sent))
                    .isInstanceOfSatisfying(
                            MessageFailedException.class,
                            e -> assertThat(e.cause()).isEqualTo(Cause.CONNECTION_ERROR));
            assertThat(stopped).isDone();
        }
    }

    @Test
    void aMessageWhoseOwnLifeIsOverIsNotSent() {
        try (Scene scene = new Scene()) {
            UserAgent alice = cutOff(scene);
            CompletableFuture<SipResponse> sent = alice.sendMessage(
                    "bob",
                    "1",
                    "text/plain",
                    MessageOptions.builder()
                            .holdFor(Duration.ofHours(1))
                            .expires(Duration.ofSeconds(5))
                            .build());
            scene.seconds(5);

            assertExpired(sent);
            serverIsBack(scene);
            assertThat(scene.bodies()).isEmpty();
        }
    }

    private static void assertExpired(CompletableFuture<SipResponse> sent) {
        assertThat(failure(sent))
                .isInstanceOfSatisfying(
                        MessageFailedException.class, e -> assertThat(e.cause()).isEqualTo(Cause.EXPIRED));
    }

    @Test
    void aMessageWhoseOwnLifeIsOverWhenItsTurnComesIsNotSent() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(200).after(Duration.ofSeconds(20)));
            MessageOptions brief =
                    MessageOptions.builder().expires(Duration.ofSeconds(5)).build();
            CompletableFuture<SipResponse> first = alice.sendMessage("bob", "1");
            CompletableFuture<SipResponse> second = alice.sendMessage("bob", "2", "text/plain", brief);

            assertThat(first.join().status()).isEqualTo(200);
            assertExpired(second);
            scene.seconds(60);
            assertThat(scene.bodies()).containsExactly("1");
        }
    }

    @Test
    void waitingBehindAnotherIsNoHoldWhileTheConnectionStands() {
        try (Scene scene = new Scene()) {
            UserAgent alice = scene.started("alice");
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(200).after(Duration.ofSeconds(30)));
            scene.server.enqueue(SipMethod.MESSAGE, Answer.status(200));
            CompletableFuture<SipResponse> slow = alice.sendMessage("bob", "slow");
            CompletableFuture<SipResponse> behind = alice.sendMessage(
                    "bob",
                    "behind",
                    "text/plain",
                    MessageOptions.builder().holdFor(Duration.ofSeconds(1)).build());

            assertThat(behind.join().status()).isEqualTo(200);
            assertThat(slow.join().status()).isEqualTo(200);
        }
    }
}
