package io.websip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.Cause;
import io.websip.Delivery;
import io.websip.Message;
import io.websip.MessageEvent;
import io.websip.config.MessageOptions;
import io.websip.config.ReconnectPolicy;
import io.websip.kit.Await;
import io.websip.sip.SipResponse;
import io.websip.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that are killed while messages flow, and come back. */
@AgainstRealPeers
class OutageTest {
    private static final ReconnectPolicy SOON = ReconnectPolicy.between(Duration.ofMillis(100), Duration.ofMillis(400));

    @TempDir
    private Path folder;

    @BeforeAll
    static void installed() {
        Kamailio.assumeInstalled();
    }

    private Path folder(String name) {
        try {
            return Files.createDirectory(folder.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterARestartAllAreRegisteredAgainAndEachMessageHasOneEnd(Transports by) {
        try (Kamailio kamailio = new Kamailio(folder("only"));
                Transport transport = by.create();
                Gate alices = new Gate(transport);
                Account bob = account("bob", transport, by, SOON, kamailio);
                Account alice = account("alice", alices, by, SOON, kamailio)) {
            List<MessageEvent.Failed> failures = new CopyOnWriteArrayList<>();
            List<CompletableFuture<SipResponse>> plain = new ArrayList<>();
            List<CompletableFuture<SipResponse>> held = new ArrayList<>();
            MessageOptions patient =
                    MessageOptions.builder().holdFor(Duration.ofSeconds(60)).build();
            assertThat(Account.status(alice.agent.sendMessage("bob", "before"))).isEqualTo(200);
            List<CompletableFuture<SipResponse>> underWay = new ArrayList<>();
            for (int i = 0; i < 16; i++) { // so many spellings of one address go in parallel
                underWay.add(
                        new Message(alice.agent).onFailed(failures::add).send("sip:hole@example.com;n=" + i, "lost"));
            }
            Await.until("all to be under way", () -> alice.agent.metrics().transactions() == 16);
            alices.shut();
            kamailio.kill();
            Await.until("the loss to be noticed", () -> !alice.agent.isConnected() && !bob.agent.isConnected());
            for (int i = 0; i < 20; i++) {
                plain.add(alice.agent.sendMessage("bob", "plain " + i));
                held.add(alice.agent.sendMessage("bob", "held " + i, "text/plain", patient));
            }
            kamailio.start();
            Await.until("bob to be back, before what is held for him goes out", () -> registrations(bob) == 2);
            alices.open();

            assertThat(held).allSatisfy(sent -> assertThat(Account.status(sent)).isEqualTo(200));
            assertThat(plain)
                    .allSatisfy(sent -> assertThat(Account.status(sent)).isZero());
            assertThat(underWay)
                    .allSatisfy(sent -> assertThat(Account.status(sent)).isZero());
            assertThat(failures)
                    .hasSize(16)
                    .allMatch(failure -> failure.cause() == Cause.CONNECTION_ERROR)
                    .allMatch(failure -> failure.delivery() == Delivery.UNKNOWN);
            List<String> expected = new ArrayList<>(List.of("before"));
            for (int i = 0; i < 20; i++) {
                expected.add("held " + i);
            }
            assertThat(bob.bodies()).containsExactlyElementsOf(expected);
            assertThat(alice.agent.isRegistered()).isTrue();
            assertThat(registrations(alice)).isEqualTo(2);
            assertThat(registrations(bob)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NETTY_WS", "JETTY_WS"})
    void theMessengerShowsTheOutageAndHoldsWhatIsTyped(Transports by) {
        try (Kamailio kamailio = new Kamailio(folder("only"));
                MessengerProcess chat = new MessengerProcess(List.of(
                        "chat",
                        "--transport",
                        by.library(),
                        "--server",
                        kamailio.url(false),
                        "--uri",
                        "sip:alice@example.com",
                        "--password",
                        Account.password("alice"),
                        "--json",
                        "--hold",
                        "60",
                        "sink"))) {
            chat.await("alice to be registered", line -> line.contains("\"registered\""));
            chat.type("before");
            chat.await("the first answer", line -> line.contains("\"succeeded\""));
            kamailio.kill();
            chat.await("the loss", line -> line.contains("\"disconnected\""));
            chat.type("held 1");
            chat.type("held 2");
            kamailio.start();
            Await.until("both answers", () -> events(chat, "succeeded") == 3);

            assertThat(chat.end()).isZero();
            assertThat(events(chat, "registered")).isEqualTo(2);
            assertThat(events(chat, "failed")).isZero();
            assertThat(chat.lines()).noneMatch(line -> line.contains(Account.password("alice")));
        }
    }

    private static long events(MessengerProcess messenger, String name) {
        return messenger.lines().stream()
                .filter(line -> line.startsWith("{\"event\":\"" + name + "\""))
                .count();
    }

    private static Account account(
            String user, Transport transport, Transports by, ReconnectPolicy policy, Kamailio... servers) {
        return new Account(user, transport, b -> {
                    b.reconnect(policy);
                    for (int i = 0; i < servers.length; i++) {
                        b.server(servers[i].url(by.isSecure()), servers.length - i);
                    }
                })
                .start();
    }

    @ParameterizedTest
    @EnumSource
    void agentsGoOverToTheSecondServerAndComeBack(Transports by) {
        try (Kamailio first = new Kamailio(folder("first"));
                Kamailio second = new Kamailio(folder("second"));
                Transport transport = by.create();
                Account alice = account("alice", transport, by, SOON, first, second);
                Account bob = account("bob", transport, by, SOON, first, second)) {
            String home = alice.events.get(0);
            first.kill();
            Await.until("both to be at the second server", () -> registrations(alice) == 2 && registrations(bob) == 2);
            assertThat(Account.status(alice.agent.sendMessage("bob", "at the second")))
                    .isEqualTo(200);

            first.start();
            Await.until("both to be back", () -> registrations(alice) == 3 && registrations(bob) == 3);
            assertThat(Account.status(alice.agent.sendMessage("bob", "at the first")))
                    .isEqualTo(200);
            assertThat(bob.bodies()).containsExactly("at the second", "at the first");
            assertThat(alice.events.stream().filter(home::equals)).hasSize(2);
            assertThat(new HashSet<>(alice.events)).hasSize(5);
        }
    }

    private static long registrations(Account account) {
        return account.events.stream().filter("registered"::equals).count();
    }
}
