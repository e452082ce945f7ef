package io.websip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.IncomingMessage;
import io.websip.UserAgentListener;
import io.websip.config.MessageOptions;
import io.websip.kit.Await;
import io.websip.transport.Transport;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** JsSIP and an agent of ours write to each other, through Kamailio and through the server that the Messenger embeds. */
@AgainstRealPeers
class JsSipTest {
    private static final List<String> BODIES =
            List.of("Hello!", "", "x".repeat(1_300), "x".repeat(50_000), "Grüße, 世界, 👩‍🚀\r\nsecond line");

    /** Whereby they meet. */
    enum Server {
        KAMAILIO,
        EMBEDDED
    }

    private static Kamailio kamailio;
    private static ServedMessenger embedded;

    @BeforeAll
    static void start(@TempDir Path folder) {
        Kamailio.assumeInstalled();
        JsSip.assumeInstalled();
        kamailio = new Kamailio(folder);
        embedded = new ServedMessenger();
    }

    @AfterAll
    static void stop() {
        if (kamailio != null) {
            kamailio.close();
        }
        if (embedded != null) {
            embedded.close();
        }
    }

    /** The Messenger's server speaks ws only. */
    private static Stream<Arguments> servers() {
        return Stream.of(Transports.values())
                .flatMap(by -> by.isSecure()
                        ? Stream.of(Arguments.of(Server.KAMAILIO, by))
                        : Stream.of(Arguments.of(Server.KAMAILIO, by), Arguments.of(Server.EMBEDDED, by)));
    }

    private static String url(Server server, Transports by) {
        return server == Server.KAMAILIO ? kamailio.url(by.isSecure()) : embedded.url();
    }

    private static Account alice(String url, Transport transport) {
        return new Account("alice", transport, b -> b.server(url)).start();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void messagesArriveBothWays(Server server, Transports by) {
        try (Transport transport = by.create();
                Account alice = alice(url(server, by), transport);
                JsSip bob = new JsSip(url(server, by), "bob")) {
            for (String body : BODIES) {
                assertThat(Account.status(alice.agent.sendMessage("bob", body))).isEqualTo(200);
                assertThat(bob.send("sip:alice@example.com", body)).isEqualTo("200");
            }

            assertThat(bob.bodies()).containsExactlyElementsOf(BODIES);
            assertThat(alice.bodies()).containsExactlyElementsOf(BODIES);
            assertThat(bob.messages())
                    .allSatisfy(message -> assertThat(message)
                            .containsEntry("from", "sip:alice@example.com")
                            .containsEntry("to", "sip:bob@example.com"));
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void headersAndRefusalsArriveBothWays(Server server, Transports by) {
        try (Transport transport = by.create();
                Account alice = alice(url(server, by), transport);
                JsSip bob = new JsSip(url(server, by), "bob")) {
            alice.agent.addListener(UserAgentListener.incoming(JsSipTest::answer));
            MessageOptions subject =
                    MessageOptions.builder().extraHeaders("Subject: Grüße").build();

            assertThat(Account.status(alice.agent.sendMessage("bob", "hello", "text/plain", subject)))
                    .isEqualTo(200);
            Await.until("what JsSIP has printed", () -> !bob.messages().isEmpty());
            assertThat(bob.messages().get(0)).containsEntry("subject", "Grüße").containsEntry("type", "text/plain");
            assertThat(Account.status(alice.agent.sendMessage("bob", "reject 486")))
                    .isEqualTo(486);
            assertThat(Account.status(alice.agent.sendMessage("bob", "reject 603")))
                    .isEqualTo(603);

            assertThat(bob.send("sip:alice@example.com", "hello", "Subject: Grüße"))
                    .isEqualTo("200");
            assertThat(alice.inbox.get(0).request().headers().first("Subject")).contains("Grüße");
            assertThat(bob.send("sip:alice@example.com", "reject")).isEqualTo("488 Incompatible SDP");
            assertThat(bob.send("sip:nobody@example.com", "hello")).startsWith("404");
        }
    }

    private static void answer(IncomingMessage message) {
        if (message.text().equals("reject")) {
            message.reject(488);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void bothAreToldOfTheOthersEnd(Server server, Transports by) {
        try (Transport transport = by.create();
                Account alice = alice(url(server, by), transport)) {
            try (JsSip bob = new JsSip(url(server, by), "bob")) {
                assertThat(bob.send("sip:alice@example.com", "I go")).isEqualTo("200");
            }
            Await.until(
                    "bob's binding to be gone", () -> Account.status(alice.agent.sendMessage("bob", "gone?")) == 480);
        }
    }
}
