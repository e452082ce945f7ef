package io.websip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.config.MessageOptions;
import io.websip.config.ReconnectPolicy;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.kit.Await;
import io.websip.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two Kamailios that share their registrations (DMQ), and the agents of both. */
@AgainstRealPeers
class ClusterTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private List<Kamailio> nodes = List.of();

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        Kamailio.assumeInstalled();
        nodes = Kamailio.cluster(
                Files.createDirectory(folder.resolve("a")), Files.createDirectory(folder.resolve("b")));
    }

    @AfterEach
    void stop() {
        nodes.forEach(Kamailio::close);
    }

    private Account at(int node, String user, Transports by, Transport transport) {
        return new Account(user, transport, b -> b.server(nodes.get(node).url(by.isSecure()))).start();
    }

    /** A node hears of the other's registrations a moment later. */
    private static void awaitKnown(Account from, String to) {
        Await.until(to + " to be known", () -> Account.status(from.agent.sendMessage(to, "known?")) == 200);
    }

    @ParameterizedTest
    @EnumSource
    void messagesReachAnAgentAtTheOtherNode(Transports by) {
        try (Transport transport = by.create();
                Account alice = at(0, "alice", by, transport);
                Account bob = at(1, "bob", by, transport)) {
            awaitKnown(alice, "bob");
            awaitKnown(bob, "alice");
            alice.inbox.clear();
            bob.inbox.clear();
            for (int i = 0; i < 20; i++) {
                assertThat(Account.status(alice.agent.sendMessage("bob", "to b " + i)))
                        .isEqualTo(200);
                assertThat(Account.status(bob.agent.sendMessage("alice", "to a " + i)))
                        .isEqualTo(200);
            }
            assertThat(bob.bodies())
                    .containsExactlyElementsOf(
                            IntStream.range(0, 20).mapToObj(i -> "to b " + i).toList());
            assertThat(alice.bodies())
                    .containsExactlyElementsOf(
                            IntStream.range(0, 20).mapToObj(i -> "to a " + i).toList());
            assertThat(alice.events).hasSize(2);
            assertThat(bob.events).hasSize(2);
        }
    }

    /** Two hundred who write to each other, over both nodes. */
    @ParameterizedTest
    @EnumSource
    void twoHundredAgentsWriteToEachOther(Transports by) {
        int agents = 200;
        try (Transport transport = by.create();
                Crowd crowd = new Crowd(
                        agents, transport, b -> nodes.forEach(node -> b.server(node.url(by.isSecure()), 1)))) {
            crowd.start();
            nodes.forEach(Kamailio::requireAlive);
            int atFirst = crowd.at(nodes.get(0));
            assertThat(atFirst).as("as many at each node, by their weights").isBetween(agents / 3, agents * 2 / 3);
            crowd.awaitKnownTo(nodes);
            crowd.write(5, i -> (i * 7 + 1) % agents, MessageOptions.NONE);

            assertThat(crowd.outcomes()).containsOnlyKeys("200").containsEntry("200", agents * 5);
            assertThat(crowd.received()).hasSize(agents * 5).doesNotHaveDuplicates();
        }
    }

    /** Spread alike over both: by the weights of the SRV records of a domain, which is ws here, or by those of the URLs. */
    private UserAgentConfigBuilder bothNodes(UserAgentConfigBuilder config, Transports by) {
        if (!by.isSecure()) {
            return config.server("example.com").dnsResolver(new ClusterDns(nodes, 1, 1));
        }
        nodes.forEach(node -> config.server(node.url(true), 1));
        return config;
    }

    /** The one node is killed while all write to agents at the other. */
    @ParameterizedTest
    @EnumSource
    void agentsOfAKilledNodeGoOverToTheOtherAndNothingIsLost(Transports by) {
        int agents = by.isSecure() ? 200 : 500; // handshakes of TLS take their time on a small machine
        Duration spread = Duration.ofSeconds(5);
        MessageOptions held = MessageOptions.builder().holdFor(LONG).build();
        try (Transport transport = by.create();
                Crowd readers =
                        new Crowd(10, transport, b -> b.server(nodes.get(1).url(by.isSecure())));
                Crowd crowd = new Crowd(
                        agents,
                        transport,
                        b -> bothNodes(b, by)
                                .reconnect(ReconnectPolicy.between(Duration.ofSeconds(10), Duration.ofSeconds(30))
                                        .spread(spread)))) {
            readers.start();
            crowd.start();
            nodes.forEach(Kamailio::requireAlive);
            crowd.awaitKnownTo(nodes);
            int leaving = crowd.at(nodes.get(0));
            readers.forget();
            crowd.writeInTheBackground(6, readers.names(), held);
            await(crowd, "a third to be written", () -> crowd.ended() > agents * 2);
            nodes.get(0).kill();
            await(crowd, "all to be written", () -> crowd.ended() == agents * 6);
            await(crowd, "all to be at the other node", () -> crowd.at(nodes.get(1)) == agents);

            List<String> lost = new ArrayList<>(crowd.delivered());
            lost.removeAll(readers.received());
            assertThat(lost).as("answered 200 and not there").isEmpty();
            assertThat(readers.received()).doesNotHaveDuplicates();
            assertThat(crowd.outcomes().keySet())
                    .as("under way when the node died")
                    .containsOnly("200", "Connection Error");
            List<Integer> tenths = crowd.comingsBack(spread, 10);
            assertThat(tenths.stream().mapToInt(Integer::intValue).sum()).isEqualTo(leaving);
            assertThat(tenths)
                    .as("agents that came in each tenth of the spread")
                    .allMatch(count -> count < leaving / 4);
            Matrix.note("A node of two killed under load, " + by + ": " + leaving + " of " + agents
                    + " agents went over to the other within "
                    + crowd.longestGap().toMillis() + " ms, half of them within "
                    + crowd.medianGap().toMillis() + " ms (spread over " + spread.toSeconds()
                    + " s; in each tenth of it: " + tenths + "); outcomes of " + agents * 6 + " messages: "
                    + crowd.outcomes() + "; of those answered 200 none was lost and none came twice.");
        }
    }

    /** On failure the message says what each node does, who is registered where, and which messages have no outcome. */
    private void await(Crowd crowd, String what, BooleanSupplier condition) {
        try {
            Await.until(what, LONG.multipliedBy(2), condition);
        } catch (AssertionError e) {
            StringBuilder text = new StringBuilder(e.getMessage()).append('\n').append(crowd.state(nodes));
            nodes.forEach(node -> text.append(node.state()).append('\n'));
            throw new AssertionError(text.toString(), e);
        }
    }
}
