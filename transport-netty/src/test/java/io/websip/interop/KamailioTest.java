package io.websip.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.Message;
import io.websip.config.KeepAlive;
import io.websip.config.MessageOptions;
import io.websip.config.RetryOn;
import io.websip.sip.SipResponse;
import io.websip.trace.WireMessage;
import io.websip.transport.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an agent does with Kamailio as registrar and proxy, by each transport. */
@AgainstRealPeers
class KamailioTest {
    private static Kamailio kamailio;

    @BeforeAll
    static void start(@TempDir Path folder) {
        Kamailio.assumeInstalled();
        kamailio = new Kamailio(folder);
    }

    @AfterAll
    static void stop() {
        if (kamailio != null) {
            kamailio.close();
        }
    }

    private static Account account(String user, Transports by, Transport transport) {
        return new Account(user, transport, b -> b.server(kamailio.url(by.isSecure()))).start();
    }

    @ParameterizedTest
    @EnumSource
    void messagesOfAllSizesArriveWholeAndInOrder(Transports by) {
        try (Transport transport = by.create();
                Account alice = account("alice", by, transport);
                Account bob = account("bob", by, transport)) {
            List<String> bodies = new ArrayList<>();
            for (int size : new int[] {0, 1, 1_300, 4_096, 64_000}) {
                bodies.add("x".repeat(size));
            }
            bodies.add("Grüße, 世界, 👩‍🚀\r\nsecond line");
            List<CompletableFuture<SipResponse>> sent = bodies.stream()
                    .map(body -> alice.agent.sendMessage("bob", body))
                    .toList();

            assertThat(sent)
                    .allSatisfy(future -> assertThat(Account.status(future)).isEqualTo(200));
            assertThat(bob.bodies()).containsExactlyElementsOf(bodies);
            assertThat(bob.inbox)
                    .allSatisfy(message -> assertThat(message.from().uri()).hasToString("sip:alice@example.com"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void binaryBodiesAndHeadersOfTheProgramArriveAsTheyWere(Transports by) {
        byte[] body = new byte[2_000];
        new Random(1).nextBytes(body);
        try (Transport transport = by.create();
                Account alice = account("alice", by, transport);
                Account dave = account("dave", by, transport)) {
            MessageOptions options = MessageOptions.builder()
                    .extraHeaders("X-Foo: foo", "Subject: Grüße")
                    .build();
            int status =
                    Account.status(new Message(alice.agent).send("dave", body, "application/octet-stream", options));

            assertThat(status).isEqualTo(200);
            assertThat(dave.inbox.get(0).body()).isEqualTo(body);
            assertThat(dave.inbox.get(0).contentType()).hasToString("application/octet-stream");
            assertThat(dave.inbox.get(0).request().headers().first("X-Foo")).contains("foo");
            assertThat(dave.inbox.get(0).request().headers().first("Subject")).contains("Grüße");
        }
    }

    /** More than 65,535 bytes with its headers, which Kamailio takes for an attack: it is told before it is sent. */
    @ParameterizedTest
    @EnumSource
    void aMessageThatNoServerWouldTakeIsRefusedAndTheConnectionStays(Transports by) {
        try (Transport transport = by.create();
                Account alice = account("alice", by, transport)) {
            assertThatThrownBy(() -> alice.agent.sendMessage("sink", "x".repeat(65_500)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("65535");
            assertThat(status(alice, "sink")).isEqualTo(200);
            assertThat(alice.events).hasSize(2);
        }
    }

    /** The server's pings, one after four to seven seconds of silence, are answered: else it would hang up after three more. */
    @Test
    void agentsThatOnlyListenStayConnected() {
        List<Transport> transports = new ArrayList<>();
        List<Account> listening = new ArrayList<>();
        try (Transport transport = Transports.NETTY_WS.create();
                Account bob = account("bob", Transports.NETTY_WS, transport)) {
            for (Transports by : Transports.values()) {
                transports.add(by.create());
                listening.add(new Account(
                                "load" + by.ordinal(),
                                transports.get(by.ordinal()),
                                b -> b.server(kamailio.url(by.isSecure())).keepAlive(KeepAlive.off()))
                        .start());
            }
            MessageOptions brief =
                    MessageOptions.builder().timeout(Duration.ofSeconds(12)).build();
            assertThat(Account.status(bob.agent.sendMessage("hole", "twelve seconds", "text/plain", brief)))
                    .isZero();
            for (Transports by : Transports.values()) {
                assertThat(listening.get(by.ordinal()).events).as(by.name()).hasSize(2);
                assertThat(status(bob, "load" + by.ordinal())).as(by.name()).isEqualTo(200);
            }
        } finally {
            listening.forEach(Account::close);
            transports.forEach(Transport::close);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachAnswerIsToldAsItIs(Transports by) {
        try (Transport transport = by.create();
                Account alice = account("alice", by, transport)) {
            Map<String, Integer> answers = new LinkedHashMap<>(Map.of("sink", 200, "accepted", 202, "twice", 200));
            answers.putAll(Map.of("echo", 200, "ringing100", 200, "progress", 200, "slow", 202));
            answers.putAll(Map.of("busy", 486, "redirect2", 300, "redirect", 302, "carol", 480, "nobody", 404));
            for (int code : new int[] {403, 408, 415, 420, 481, 486, 488, 500, 503, 600, 603, 699}) {
                answers.put("code" + code, code);
            }
            Map<String, List<String>> told = new LinkedHashMap<>();
            answers.forEach((target, status) -> {
                List<String> events = new CopyOnWriteArrayList<>();
                told.put(target, events);
                Message message = new Message(alice.agent)
                        .onSending(e -> events.add("sending"))
                        .onSucceeded(e -> events.add("succeeded " + e.response().text()))
                        .onFailed(e -> events.add("failed"));
                assertThat(Account.status(message.send(target, "hello")))
                        .as(target)
                        .isEqualTo(status);
            });
            assertThat(status(alice, "sink")).isEqualTo(200); // whatever came late has come

            answers.forEach((target, status) -> {
                String end = status >= 300 ? "failed" : "succeeded " + (target.equals("echo") ? "hello" : "");
                assertThat(told.get(target)).as(target).containsExactly("sending", end);
            });
            assertThat(alice.onTheWire(WireMessage.Direction.RECEIVED, "SIP/2.0 100"))
                    .hasSizeGreaterThanOrEqualTo(2);
            assertThat(alice.onTheWire(WireMessage.Direction.RECEIVED, "SIP/2.0 183"))
                    .hasSize(1);
        }
    }

    private static int status(Account account, String target) {
        return Account.status(account.agent.sendMessage(target, "hello"));
    }

    @ParameterizedTest
    @EnumSource
    void optionsOfAMessageWork(Transports by) {
        try (Transport transport = by.create();
                Account alice = account("alice", by, transport)) {
            MessageOptions follow = MessageOptions.builder().followRedirects(2).build();
            MessageOptions again = MessageOptions.builder()
                    .retry(1, RetryOn.SERVICE_UNAVAILABLE)
                    .build();
            MessageOptions brief =
                    MessageOptions.builder().timeout(Duration.ofMillis(500)).build();

            assertThat(Account.status(alice.agent.sendMessage("redirect", "hello", "text/plain", follow)))
                    .isEqualTo(200);
            assertThat(Account.status(alice.agent.sendMessage("retry", "hello", "text/plain", again)))
                    .isEqualTo(503);
            List<WireMessage> tries = alice.onTheWire(WireMessage.Direction.SENT, "MESSAGE sip:retry@");
            assertThat(tries)
                    .as("the challenged one, with credentials, and again")
                    .hasSize(3);
            assertThat(Duration.between(tries.get(1).time(), tries.get(2).time()))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(Account.status(alice.agent.sendMessage("hole", "hello", "text/plain", brief)))
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void bindingsAreListedRefreshedAndRemoved(Transports by) {
        try (Transport transport = by.create();
                Account alice = account("alice", by, transport)) {
            assertThat(alice.agent.fetchBindings().join()).hasSize(1);
            assertThat(alice.agent.register().join().status()).isEqualTo(200);
            assertThat(alice.agent.fetchBindings().join()).hasSize(1);
            assertThat(alice.agent.unregister().join().status()).isEqualTo(200);
            assertThat(alice.agent.fetchBindings().join()).isEmpty();
            assertThat(alice.agent.isRegistered()).isFalse();
        }
    }
}
