package io.websip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.Message;
import io.websip.MessageOptions;
import io.websip.RetryOn;
import io.websip.sip.SipResponse;
import io.websip.transport.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an agent does with Kamailio as registrar and proxy, by each transport. */
@Tag("interop")
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
            for (int size : new int[] {0, 1, 1_300, 4_096, 60_000}) {
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

    @ParameterizedTest
    @EnumSource
    void eachAnswerIsToldAsItIs(Transports by) {
        try (Transport transport = by.create();
                Account alice = account("alice", by, transport)) {
            assertThat(status(alice, "sink")).isEqualTo(200);
            assertThat(status(alice, "accepted")).isEqualTo(202);
            assertThat(status(alice, "twice")).isEqualTo(200);
            assertThat(status(alice, "redirect")).isEqualTo(302);
            assertThat(status(alice, "carol")).isEqualTo(480);
            assertThat(status(alice, "nobody")).isEqualTo(404);
            for (int code : new int[] {403, 408, 415, 420, 481, 486, 488, 500, 503, 600, 603, 699}) {
                assertThat(status(alice, "code" + code)).isEqualTo(code);
            }
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
