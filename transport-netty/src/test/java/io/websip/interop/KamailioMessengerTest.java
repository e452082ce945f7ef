package io.websip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.kit.KitCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The Messenger's commands with Kamailio as their server. */
@AgainstRealPeers
class KamailioMessengerTest {
    private static Kamailio kamailio;
    private static Path authority;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        Kamailio.assumeInstalled();
        kamailio = new Kamailio(folder);
        authority = folder.resolve("ca.pem");
        try (InputStream pem = KitCertificates.caPem()) {
            Files.copy(pem, authority);
        }
    }

    @AfterAll
    static void stop() {
        if (kamailio != null) {
            kamailio.close();
        }
    }

    private static MessengerProcess messenger(Transports by, String command, String user, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "--transport",
                by.library(),
                "--server",
                kamailio.url(by.isSecure()),
                "--trust",
                authority.toString(),
                "--uri",
                "sip:" + user + "@example.com",
                "--password",
                Account.password(user),
                "--json"));
        arguments.addAll(Arrays.asList(more));
        return new MessengerProcess(arguments);
    }

    @ParameterizedTest
    @EnumSource
    void allThatTheMessengerDoesWorks(Transports by) {
        try (MessengerProcess bob = messenger(by, "listen", "bob", "--count", "2")) {
            bob.await("bob to be registered", line -> line.contains("\"registered\""));

            MessengerProcess greeting =
                    messenger(by, "send", "alice", "--header", "Subject: Grüße", "bob", "Hello Bob!");
            assertThat(greeting.end()).as(greeting.toString()).isZero();
            assertThat(greeting.lines()).anyMatch(line -> line.contains("\"succeeded\"") && line.contains("200"));

            MessengerProcess refused = messenger(by, "send", "alice", "busy", "Hello?");
            assertThat(refused.end()).as(refused.toString()).isEqualTo(1);
            assertThat(refused.lines()).anyMatch(line -> line.contains("\"failed\"") && line.contains("486"));

            MessengerProcess load =
                    messenger(by, "load", "alice", "--messages", "200", "--window", "16", "sip:sink@example.com;x=%d");
            assertThat(load.end()).as(load.toString()).isZero();

            try (MessengerProcess chat = messenger(by, "chat", "alice", "bob")) {
                chat.await("alice to be registered", line -> line.contains("\"registered\""));
                chat.type("Anything else?");
                chat.await("the answer", line -> line.contains("\"succeeded\""));
                assertThat(chat.end()).isZero();
            }
            assertThat(bob.end()).as(bob.toString()).isZero();
            assertThat(bob.lines())
                    .anyMatch(line -> line.contains("Hello Bob!"))
                    .anyMatch(line -> line.contains("Anything else?"));
        }
    }
}
