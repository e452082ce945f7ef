package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.Binding;
import io.websip.UserAgent;
import io.websip.sip.SipMethod;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.sip.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OUT-11 and OUT-12: the addresses by which requests come to an agent that is registered (RFC 5627). */
class GruuTest {
    private static final UUID INSTANCE = UUID.fromString("11111111-2222-4333-8444-555555555555");
    private static final String PUBLIC = "sip:alice@example.com;gr=urn:uuid:" + INSTANCE;

    private final Scene scene = new Scene(server -> server.noAuth().gruu());
    private int requests;

    @AfterEach
    void nothingIsLeft() {
        scene.close();
    }

    private UserAgent alice() {
        return scene.started("alice", b -> b.instanceId(INSTANCE));
    }

    private static Binding binding(UserAgent agent) {
        return agent.binding().orElseThrow();
    }

    /** What the agent says to a MESSAGE with this Request-URI. */
    private int answerTo(Object requestUri) {
        int before = scene.server.responses().size();
        scene.raw("alice", """
                MESSAGE %s SIP/2.0
                Via: SIP/2.0/WS proxy.invalid;branch=z9hG4bKgruu%d
                Max-Forwards: 70
                To: <sip:alice@example.com>
                From: <sip:bob@example.com>;tag=abcdefgh
                Call-ID: gruu-%d
                CSeq: 1 MESSAGE
                Content-Type: text/plain
                Content-Length: 2

                Hi""".formatted(requestUri, ++requests, requests));
        List<SipResponse> responses = scene.server.responses();
        assertThat(responses).hasSize(before + 1);
        return responses.get(before).status();
    }

    @Test
    void out11RegisterOffersGruuAndTheBindingShowsWhatWasGivenUnquoted() {
        UserAgent alice = alice();

        assertThat(scene.server.requests(SipMethod.REGISTER).get(0).headers().list("Supported"))
                .contains("gruu");
        assertThat(binding(alice).publicGruu().orElseThrow()).hasToString(PUBLIC);
        assertThat(binding(alice).temporaryGruu().orElseThrow()).hasToString("sip:tgruu.1@example.com;gr");
    }

    @Test
    void out11RequestsToOurGruusAreTaken() {
        UserAgent alice = alice();

        assertThat(answerTo(PUBLIC)).isEqualTo(200);
        assertThat(answerTo(PUBLIC.replace("example", "EXAMPLE").replace("gr=", "GR=")))
                .isEqualTo(200);
        assertThat(answerTo(binding(alice).temporaryGruu().orElseThrow())).isEqualTo(200);
    }

    @Test
    void out11TemporaryGruusOfEarlierRefreshesStayGood() {
        UserAgent alice = alice();
        String first = binding(alice).temporaryGruu().orElseThrow().toString();
        alice.register().join();

        assertThat(binding(alice).temporaryGruu().orElseThrow()).hasToString("sip:tgruu.2@example.com;gr");
        assertThat(answerTo(first)).isEqualTo(200);
    }

    @Test
    void out11TemporaryGruusAreRememberedWithinBounds() {
        UserAgent alice = alice();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            all.add(binding(alice).temporaryGruu().orElseThrow().toString());
            alice.register().join();
        }

        assertThat(answerTo(all.get(39))).isEqualTo(200);
        assertThat(answerTo(all.get(0))).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:alice@example.com;gr=urn:uuid:99999999-2222-4333-8444-555555555555",
                "sip:alice@example.com;gr",
                "sip:tgruu.99@example.com;gr",
                "sip:tgruu.1@example.com"
            })
    void out11GruuOfAnotherInstanceIsNotOurs(String requestUri) {
        alice();

        assertThat(answerTo(requestUri)).isEqualTo(404);
    }

    @Test
    void out11GruusAreForgottenWithTheBinding() {
        UserAgent alice = alice();
        Predicate<String> taken = uri -> answerTo(uri) == 200;
        assertThat(taken).accepts("sip:tgruu.1@example.com;gr");
        scene.server.enqueue(
                SipMethod.REGISTER, RegisteringBench.ok(r -> List.of())); // and so the server keeps its own
        alice.unregister().join();

        assertThat(alice.binding()).isEmpty();
        assertThat(taken).rejects("sip:tgruu.1@example.com;gr", PUBLIC);
    }

    @Test
    void out11RegistrarThatGivesNoneAndOneThatGivesNonsense() {
        scene.server.enqueue(
                SipMethod.REGISTER,
                RegisteringBench.grant(";expires=60;pub-gruu=\"sip:alice@example.com\";temp-gruu=\"<broken>\""));
        UserAgent alice = alice();

        assertThat(binding(alice).publicGruu()).isEmpty();
        assertThat(binding(alice).temporaryGruu()).isEmpty();
    }

    @Test
    void out11AnAgentWritesToTheGruuOfAnother() {
        UserAgent alice = alice();
        UserAgent bob = scene.started("bob");

        assertThat(bob.sendMessage(binding(alice).temporaryGruu().orElseThrow().toString(), "Hi")
                        .join()
                        .status())
                .isEqualTo(200);
        assertThat(bob.sendMessage(PUBLIC, "Hi").join().status()).isEqualTo(200);
        assertThat(scene.tape.entries("newMessage REMOTE")).hasSize(2);
    }

    @Test
    void out12RequestsToOurContactAndToOurAddressAreTakenAndOthersNot() {
        UserAgent alice = alice();

        assertThat(answerTo(binding(alice).contact().uri())).isEqualTo(200);
        assertThat(answerTo("sip:alice@example.com")).isEqualTo(200);
        assertThat(answerTo("sip:mallory@example.com")).isEqualTo(404);
    }

    @Test
    void out10MessageHasNoContactAtAll() {
        UserAgent alice = alice();
        scene.server.enqueue(SipMethod.MESSAGE, Answer.status(200));
        alice.sendMessage("bob", "Hi").join();

        assertThat(scene.messages().get(0).headers().contains("Contact")).isFalse();
    }
}
