package io.websip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.MessageOptions;
import io.websip.ReconnectPolicy;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that are killed while messages flow, and come back. */
@Tag("interop")
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
    @EnumSource(names = {"NETTY_WS", "JETTY_WSS"})
    void afterARestartAllAreRegisteredAgainAndEachMessageHasOneEnd(Transports by) {
        try (Kamailio kamailio = new Kamailio(folder("only"));
                Transport transport = by.create();
                Account bob = account("bob", transport, by, SOON, kamailio);
                // slower than bob to come back, since what is held goes out as soon as its sender is registered
                Account alice = account(
                        "alice",
                        transport,
                        by,
                        ReconnectPolicy.between(Duration.ofSeconds(12), Duration.ofSeconds(12)),
                        kamailio)) {
            List<CompletableFuture<SipResponse>> plain = new ArrayList<>();
            List<CompletableFuture<SipResponse>> held = new ArrayList<>();
            MessageOptions patient =
                    MessageOptions.builder().holdFor(Duration.ofSeconds(60)).build();
            assertThat(Account.status(alice.agent.sendMessage("bob", "before"))).isEqualTo(200);
            kamailio.kill();
            Await.until("the loss to be noticed", () -> !alice.agent.isConnected() && !bob.agent.isConnected());
            for (int i = 0; i < 20; i++) {
                plain.add(alice.agent.sendMessage("bob", "plain " + i));
                held.add(alice.agent.sendMessage("bob", "held " + i, "text/plain", patient));
            }
            kamailio.start();

            assertThat(held).allSatisfy(sent -> assertThat(Account.status(sent)).isEqualTo(200));
            assertThat(plain)
                    .allSatisfy(sent -> assertThat(Account.status(sent)).isZero());
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
