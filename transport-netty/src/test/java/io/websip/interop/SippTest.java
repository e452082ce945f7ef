package io.websip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.IncomingMessage;
import io.websip.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An agent and one who speaks SIP without WebSocket, by UDP or TCP: sipp, behind Kamailio. */
@AgainstRealPeers
class SippTest {
    private static final int MESSAGES = 50;

    private static Kamailio kamailio;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start(@TempDir Path folder) {
        Kamailio.assumeInstalled();
        Sipp.assumeInstalled();
        kamailio = new Kamailio(folder);
    }

    @AfterAll
    static void stop() {
        if (kamailio != null) {
            kamailio.close();
        }
    }

    private static Stream<Arguments> carriers() {
        return Transports.with("UDP", "TCP");
    }

    private static Account alice(Transports by, Transport transport) {
        return new Account("alice", transport, b -> b.server(kamailio.url(by.isSecure()))).start();
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void compactAndFoldedHeadersOfAUserWithoutWebSocketAreUnderstood(Sipp.Carrier carrier, Transports by) {
        try (Transport transport = by.create();
                Account alice = alice(by, transport);
                Sipp bob = Sipp.sender(folder, carrier, kamailio.sipPort(), MESSAGES)) {
            bob.awaitEnd();

            assertThat(alice.bodies())
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, MESSAGES)
                            .mapToObj(i -> "message " + i)
                            .toList());
            assertThat(alice.inbox).allSatisfy(SippTest::isWhole);
        }
    }

    private static void isWhole(IncomingMessage message) {
        assertThat(message.from().displayName()).contains("Bob, by sipp");
        assertThat(message.from().uri()).hasToString("sip:bob@example.com");
        assertThat(message.contentType()).hasToString("text/plain");
        assertThat(message.request().headers().first("Subject")).contains("one subject over three lines");
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void messagesReachAUserWithoutWebSocket(Sipp.Carrier carrier, Transports by) throws IOException {
        Path own = Files.createDirectory(folder.resolve("receiver"));
        try (Transport transport = by.create();
                Account alice = alice(by, transport);
                Sipp bob = Sipp.receiver(own, carrier, 3)) {
            for (String body : List.of("Grüße, 世界", "x".repeat(1_000), "last")) {
                assertThat(Account.status(alice.agent.sendMessage(bob.user(), body)))
                        .isEqualTo(200);
            }
            bob.awaitEnd();

            assertThat(bob.messages()).contains("Grüße, 世界", "x".repeat(1_000), "last", "sip:alice@example.com");
        }
    }
}
