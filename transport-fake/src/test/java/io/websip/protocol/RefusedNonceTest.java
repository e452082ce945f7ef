package io.websip.protocol;

import static io.websip.protocol.Strangers.credentials;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.config.Credentials;
import io.websip.sip.AuthHeader;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.transport.fake.sip.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials that nobody has asked for, and that are refused, do not go along again (RFC 3261 sections 22.2 and 22.3). */
class RefusedNonceTest {
    private static final String REALM = "Digest realm=\"example.com\", qop=\"auth\", nonce=";

    private static Scene scene() {
        return new Scene(server -> server.user("alice", "secret"));
    }

    private static UserAgent sender(Scene scene) {
        return scene.sender(options -> options.password("secret"));
    }

    private static Answer challenge(int status, String... values) {
        String header = status == 401 ? "WWW-Authenticate" : "Proxy-Authenticate";
        return Answer.response(status, null, builder -> List.of(values).forEach(v -> builder.add(header, v)));
    }

    /** A server of one method whose answers follow from the credentials of a request and from how many it has had. */
    private static void answers(Scene scene, SipMethod method, Function<List<AuthHeader>, Answer> answer) {
        scene.server.dispatcher(
                request -> request.method().equals(method) ? answer.apply(credentials(request)) : Answer.byServer());
    }

    private static List<Integer> statuses(UserAgent alice, int messages) {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            statuses.add(alice.sendMessage("bob", "x")
                    .handle((response, failure) -> response != null
                            ? response.status()
                            : ((io.websip.MessageFailedException) failure)
                                    .response()
                                    .orElseThrow()
                                    .status())
                    .join());
        }
        return statuses;
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 402, 403, 404, 405, 406, 480, 482, 486, 488, 500, 503, 603})
    void aNonceThatIsTakenOnceOnlyCostsOneMessage(int refusal) {
        try (Scene scene = scene()) {
            UserAgent alice = sender(scene);
            int[] nonce = {0};
            List<String> used = new ArrayList<>();
            answers(scene, SipMethod.MESSAGE, sent -> {
                if (sent.isEmpty()) {
                    return challenge(407, REALM + "\"n" + nonce[0]++ + "\"");
                }
                String with = sent.get(0).get("nonce").orElseThrow();
                boolean again = used.contains(with);
                used.add(with);
                return Answer.status(again ? refusal : 200);
            });
            assertThat(statuses(alice, 5)).containsExactly(200, refusal, 200, 200, 200);
            assertThat(credentials(scene.messages().get(3))).isEmpty();
        }
    }

    @Test
    void aServerThatTakesCredentialsInAdvanceGetsThemAgainAfterOneRefusal() {
        try (Scene scene = scene()) {
            UserAgent alice = sender(scene);
            int[] nonce = {0};
            int[] refused = {0};
            answers(scene, SipMethod.MESSAGE, sent -> {
                if (sent.isEmpty()) {
                    return challenge(407, REALM + "\"n" + nonce[0]++ + "\"");
                }
                return Answer.status(
                        sent.get(0).get("nc").orElseThrow().equals("00000003") && refused[0]++ == 0 ? 403 : 200);
            });
            assertThat(statuses(alice, 5)).containsExactly(200, 200, 403, 200, 200);
            assertThat(scene.messages()).hasSize(7);
        }
    }

    @ParameterizedTest
    @CsvSource({"401, false", "407, false", "401, true", "407, true"})
    void aServerWithOneNonceThatChallengesEachMessageIsAnsweredEachTime(int status, boolean countsFromOne) {
        try (Scene scene = scene()) {
            UserAgent alice = sender(scene);
            boolean[] challenged = {false};
            answers(scene, SipMethod.MESSAGE, sent -> {
                boolean good = !sent.isEmpty()
                        && challenged[0]
                        && (!countsFromOne
                                || sent.get(0).get("nc").orElseThrow().equals("00000001"));
                challenged[0] = !good;
                return good ? Answer.status(200) : challenge(status, REALM + "\"same\"");
            });
            assertThat(statuses(alice, 4)).containsOnly(200);
            assertThat(scene.messages()).hasSize(8);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 407})
    void aServerThatWantsTheCountOneEachTimeIsAnsweredEachTime(int status) {
        try (Scene scene = scene()) {
            UserAgent alice = sender(scene);
            answers(
                    scene,
                    SipMethod.MESSAGE,
                    sent -> !sent.isEmpty()
                                    && sent.get(0).get("nc").orElseThrow().equals("00000001")
                            ? Answer.status(200)
                            : challenge(status, REALM + "\"same\""));
            assertThat(statuses(alice, 4)).containsOnly(200);
        }
    }

    @Test
    void aPasswordThatIsWrongByNowIsTriedOncePerMessage() {
        try (Scene scene = scene()) {
            UserAgent alice = sender(scene);
            boolean[] changed = {false};
            answers(
                    scene,
                    SipMethod.MESSAGE,
                    sent -> sent.isEmpty() || changed[0] ? challenge(407, REALM + "\"same\"") : Answer.status(200));
            assertThat(statuses(alice, 1)).containsExactly(200);
            changed[0] = true;
            assertThat(statuses(alice, 1)).containsExactly(407);
            assertThat(scene.messages()).hasSize(4);
        }
    }

    @Test
    void ofTwoRealmsOnlyTheOneThatIsChallengedAgainIsGivenUp() {
        try (Scene scene = scene()) {
            UserAgent alice = scene.sender(options -> options.password("secret")
                    .credentials(Credentials.password("alice", "secret").realm("proxy")));
            scene.server.enqueue(challenge(407, "Digest realm=\"proxy\", nonce=\"p1\", qop=\"auth\""));
            scene.server.enqueue(challenge(401, REALM + "\"s1\""));
            scene.server.enqueue(Answer.status(200));
            scene.server.enqueue(challenge(401, REALM + "\"s2\""));
            for (int i = 0; i < 3; i++) {
                scene.server.enqueue(Answer.status(200));
            }
            assertThat(statuses(alice, 3)).containsOnly(200);
            List<SipRequest> sent = scene.messages();
            assertThat(nonces(sent.get(3))).containsExactlyInAnyOrder("p1", "s1");
            assertThat(nonces(sent.get(4))).containsExactlyInAnyOrder("p1", "s2");
            assertThat(nonces(sent.get(5))).containsExactlyInAnyOrder("p1", "s2");
        }
    }

    private static List<String> nonces(SipRequest request) {
        return credentials(request).stream()
                .map(header -> header.get("nonce").orElseThrow())
                .toList();
    }

    // ---- the registrar ----

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 482, 603})
    void aRefreshThatIsRefusedWithCredentialsInAdvanceIsSentOnceMoreWithout(int refusal) {
        try (Scene scene = scene()) {
            UserAgent alice = scene.started("alice", options -> options.password("secret"));
            int[] requests = {0};
            answers(scene, SipMethod.REGISTER, sent -> {
                requests[0]++;
                return sent.isEmpty() || requests[0] == 3 ? Answer.byServer() : Answer.status(refusal);
            });
            scene.seconds(599);
            assertThat(alice.isRegistered()).isTrue();
            assertThat(requests[0]).isEqualTo(3);
            assertThat(scene.tape.entries()).noneMatch(line -> line.contains("unregistered"));
        }
    }

    @Test
    void afterAServerErrorTheNextRefreshGoesWithout() {
        try (Scene scene = scene()) {
            UserAgent alice = scene.started("alice", options -> options.password("secret"));
            List<Boolean> bare = new ArrayList<>();
            answers(scene, SipMethod.REGISTER, sent -> {
                bare.add(sent.isEmpty());
                return bare.size() == 1 ? Answer.status(500) : Answer.byServer();
            });
            scene.seconds(590);
            assertThat(alice.isRegistered()).isTrue();
            assertThat(bare.subList(0, 3)).containsExactly(false, true, false);
        }
    }

    @Test
    void aRegistrarThatRefusesAllEndsTheBindingAfterTwoRequests() {
        try (Scene scene = scene()) {
            UserAgent alice = scene.started("alice", options -> options.password("secret"));
            int[] requests = {0};
            answers(scene, SipMethod.REGISTER, sent -> {
                requests[0]++;
                return Answer.status(403);
            });
            scene.seconds(590);
            assertThat(alice.isRegistered()).isFalse();
            assertThat(requests[0]).isEqualTo(2);
            scene.server.dispatcher(request -> Answer.byServer());
        }
    }

    @Test
    void aNodeThatKnowsNothingOfTheNonceAndRefusesItRegistersTheAgent() {
        try (Scene scene = scene()) {
            UserAgent alice = scene.started("alice", options -> options.password("secret"));
            boolean[] first = {true};
            answers(scene, SipMethod.REGISTER, sent -> {
                boolean refused = first[0] && !sent.isEmpty();
                first[0] = false;
                return refused ? Answer.status(403) : Answer.byServer();
            });
            scene.server.restart();
            scene.advance(Duration.ofSeconds(20));
            assertThat(alice.isRegistered()).isTrue();
        }
    }
}
