package io.websip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.kit.Await;
import io.websip.transport.Transport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** JsSIP in a browser, at the server that the Messenger embeds, chats with our agents. */
@AgainstRealPeers
class BrowserTest {
    private static final String HELLO = "Hello from the browser 👋";
    private static final String ANSWER = "Grüße, 世界, 👩‍🚀\nsecond line";

    private static ServedMessenger server;

    @TempDir
    private Path profile;

    @BeforeAll
    static void start() {
        Chromium.assumeInstalled();
        JsSip.assumeInstalled();
        server = new ServedMessenger();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static URI page(String user) {
        return URI.create(JsSipFolder.PATH.resolve("page.html").toUri() + "#" + server.url() + "," + user + ","
                + Account.password(user));
    }

    @ParameterizedTest
    @EnumSource(names = {"NETTY_WS", "JETTY_WS"})
    void aPageChatsWithTheMessengerAndWithAnAgent(Transports by) throws IOException {
        List<String> listen = List.of(
                "listen",
                "--transport",
                by.library(),
                "--server",
                server.url(),
                "--uri",
                "sip:alice@example.com",
                "--password",
                Account.password("alice"),
                "--json",
                "--count",
                "1");
        try (MessengerProcess alice = new MessengerProcess(listen);
                Transport transport = by.create();
                Account carol = new Account("carol", transport, b -> b.server(server.url())).start();
                Chromium bob = new Chromium(profile, page("bob"))) {
            alice.await("alice to be registered", line -> line.contains("\"registered\""));
            Await.until(
                    "bob to be registered",
                    () -> bob.evaluate("document.getElementById('state')?.textContent")
                            .equals("bob is registered"));

            assertThat(bob.evaluate("send('sip:alice@example.com', '" + HELLO + "')"))
                    .isEqualTo("200");
            alice.await("the message", line -> line.contains(HELLO));
            assertThat(Account.status(carol.agent.sendMessage("bob", ANSWER))).isEqualTo(200);
            assertThat(bob.evaluate("document.querySelector('li.theirs').innerText"))
                    .isEqualTo("carol\n" + ANSWER);
            assertThat(bob.evaluate("send('sip:nobody@example.com', 'anyone?')"))
                    .isEqualTo("Not Found");

            Files.write(Path.of("target", "browser-" + by.library() + ".png"), bob.screenshot());
        }
    }
}
