package io.websip.protocol;

import static io.websip.protocol.Strangers.OWN;
import static io.websip.protocol.Strangers.credentials;
import static io.websip.protocol.Strangers.failure;
import static io.websip.protocol.Strangers.row;
import static io.websip.protocol.Strangers.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.Cause;
import io.websip.MessageEvent;
import io.websip.UserAgent;
import io.websip.config.Credentials;
import io.websip.config.MessageOptions;
import io.websip.sip.SipRequest;
import io.websip.transport.fake.sip.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An anonymous message names its sender to our own proxy alone, where that asks (RFC 3323 section 4.1). */
class AnonymousTest {
    private static final MessageOptions ANONYMOUS =
            MessageOptions.builder().anonymous().build();

    private static int status(UserAgent from, String target) {
        return from.sendMessage(target, "x", "text/plain", ANONYMOUS).join().status();
    }

    @Test
    void nothingGoesAlongInAdvance() {
        try (Strangers strangers = new Strangers(server -> {})) {
            List.of("bob", "carol", "dave", "erin").forEach(strangers::friendly);
            UserAgent alice = strangers.agent("alice");
            List.of("bob", "carol", "dave").forEach(user -> sent(alice, user));
            for (String user : List.of("erin", "bob")) {
                int before = strangers.to(user).size();
                assertThat(status(alice, user)).isEqualTo(200);
                List<SipRequest> all = strangers.to(user);
                assertThat(credentials(all.get(before))).isEmpty();
                assertThat(all.get(before + 1).headers().all("Proxy-Authorization"))
                        .hasSize(1);
            }
        }
    }

    @Test
    void theReceiversChallengeIsNotAnswered() {
        try (Strangers strangers = new Strangers(server -> server.challengeMessagesWith(401))) {
            UserAgent alice = strangers.agent(
                    "alice",
                    options -> options.credentials(
                            Credentials.password("alice", Strangers.PASSWORD).realm("example.com")));
            MessageEvent.Failed failed = failure(alice, "bob", ANONYMOUS);
            assertThat(failed.cause()).isEqualTo(Cause.AUTHENTICATION_ERROR);
            assertThat(failed.detail()).contains("anonymous", "'example.com'");
            assertThat(strangers.scene.messages())
                    .hasSize(1)
                    .allSatisfy(m -> assertThat(credentials(m)).isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 407})
    void whereOurServerChallengesNoMessagesNoChallengeIsAnswered(int status) {
        try (Strangers strangers = Strangers.atATrustingServer()) {
            strangers.friendly("carol");
            strangers.rejecting("mallory", status, row(status, OWN + ", qop=\"auth\""));
            UserAgent alice = strangers.agent("alice");
            sent(alice, "carol");
            failure(alice, "mallory", ANONYMOUS);
            assertThat(strangers.to("mallory")).hasSize(1);
        }
    }

    @Test
    void nothingOfItIsKeptForOtherMessages() {
        try (Strangers strangers = new Strangers(server -> {})) {
            strangers.friendly("bob");
            UserAgent alice = strangers.agent("alice");
            status(alice, "bob");
            sent(alice, "bob");
            assertThat(strangers.to("bob")).hasSize(4);
            assertThat(credentials(strangers.to("bob").get(2))).isEmpty();
        }
    }

    @Test
    void theHostInViaIsAnotherOneEachTimeAndItsAnswersCome() {
        try (Strangers strangers = new Strangers(server -> {})) {
            strangers.friendly("bob");
            UserAgent alice = strangers.agent("alice");
            sent(alice, "bob");
            status(alice, "bob");
            status(alice, "bob");
            List<String> hosts = strangers.to("bob").stream()
                    .map(request -> request.topVia().sentBy())
                    .toList();
            assertThat(hosts.get(0)).isEqualTo(hosts.get(1));
            assertThat(hosts.subList(1, 6))
                    .doesNotHaveDuplicates()
                    .allSatisfy(host -> assertThat(host).endsWith(".invalid"));
            assertThat(strangers.scene.server.requests(io.websip.sip.SipMethod.REGISTER))
                    .extracting(request -> request.topVia().sentBy())
                    .contains(hosts.get(0))
                    .doesNotContainAnyElementsOf(hosts.subList(2, 6));
        }
    }

    @Test
    void itStaysSoWhenAMessageIsSentAgain() {
        try (Strangers strangers = Strangers.atATrustingServer()) {
            UserAgent alice = strangers.agent("alice");
            strangers.scene.server.enqueue(
                    io.websip.sip.SipMethod.MESSAGE, Answer.status(302).header("Contact", "<sip:carol@example.com>"));
            strangers.friendly("carol");
            MessageOptions options =
                    MessageOptions.builder().anonymous().followRedirects(1).build();
            alice.sendMessage("bob", "x", "text/plain", options).join();
            String named = strangers.scene.server.requests().get(0).topVia().sentBy();
            assertThat(strangers.scene.messages())
                    .extracting(request -> request.topVia().sentBy())
                    .hasSize(2)
                    .doesNotContain(named)
                    .doesNotHaveDuplicates();
        }
    }
}
