package io.websip.protocol;

import static io.websip.protocol.Strangers.OWN;
import static io.websip.protocol.Strangers.credentials;
import static io.websip.protocol.Strangers.failure;
import static io.websip.protocol.Strangers.refusal;
import static io.websip.protocol.Strangers.row;
import static io.websip.protocol.Strangers.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.Cause;
import io.websip.MessageEvent;
import io.websip.UserAgent;
import io.websip.config.Credentials;
import io.websip.config.DigestAlgorithm;
import io.websip.sip.SipRequest;
import io.websip.transport.fake.sip.FakeSipServerBuilder;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The receiver of a message challenges it, and gets no digest that he could guess a password from (RFC 3261 sections 22.2, 22.3). */
class ForeignChallengeTest {
    // ---- which realms are answered ----

    @ParameterizedTest
    @ValueSource(ints = {401, 407})
    void aRealmThatIsNotTheRegistrarsIsNotAnswered(int status) {
        try (Strangers strangers = Strangers.atATrustingServer()) {
            strangers.rejecting("mallory", status, row(status, "Digest realm=\"mallory\", nonce=\"n\", qop=\"auth\""));
            UserAgent alice = strangers.agent("alice");
            assertThat(refusal(alice, "mallory"))
                    .contains("'mallory'", "'example.com'", "credentials(", ".realm(\"mallory\")");
            assertThat(strangers.to("mallory")).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, MD5, , MD5, auth",
        "407, MD5, , MD5, auth",
        "401, MD5, auth, SHA_256, auth",
        "401, SHA-256, , SHA_256, auth",
        "407, MD5-sess, auth, SHA_512_256, auth",
        "401, SHA-256, auth, SHA_512_256, auth"
    })
    void aWeakerChallengeInTheRegistrarsRealmIsNotAnswered(
            int status, String algorithm, String qop, DigestAlgorithm registrars, String registrarsQop) {
        String challenge = OWN + ", algorithm=" + algorithm + (qop == null ? "" : ", qop=\"" + qop + "\"");
        try (Strangers strangers = new Strangers(
                server -> server.challengesNoMessages().algorithms(registrars).qop(registrarsQop))) {
            strangers.rejecting("mallory", status, row(status, challenge));
            UserAgent alice = strangers.agent("alice");
            assertThat(refusal(alice, "mallory"))
                    .contains("weaker", "'example.com'", registrars.token(), "allowWeaker");
            assertThat(strangers.to("mallory")).hasSize(1);

            UserAgent bold = strangers.agent(
                    "bob",
                    options -> options.credentials(Credentials.password("bob", Strangers.PASSWORD)
                            .realm("example.com")
                            .allowWeaker()));
            failure(bold, "mallory");
            assertThat(strangers.to("mallory")).hasSize(3);
        }
    }

    @Test
    void ofSeveralChallengesTheFirstThatIsStrongEnoughIsAnswered() {
        try (Strangers strangers =
                new Strangers(server -> server.challengesNoMessages().algorithms(DigestAlgorithm.SHA_256))) {
            strangers.rejecting(
                    "mallory",
                    401,
                    row(401, OWN + ", qop=\"auth\""),
                    row(401, OWN + ", algorithm=SHA-256, qop=\"auth\""));
            failure(strangers.agent("alice"), "mallory");
            assertThat(credentials(strangers.to("mallory").get(1)))
                    .singleElement()
                    .extracting(header -> header.get("algorithm").orElseThrow())
                    .isEqualTo("SHA-256");
        }
    }

    @ParameterizedTest
    @CsvSource({"example.com, true", "EXAMPLE.com, true", "sip.example.com, true", "mallory, false", "'', false"})
    void withoutRegistrationTheNamesOfOurServerAreAnswered(String realm, boolean answered) {
        try (Strangers strangers = Strangers.atATrustingServer()) {
            strangers.rejecting("mallory", 401, row(401, "Digest realm=\"" + realm + "\", nonce=\"n\", qop=\"auth\""));
            UserAgent alice = strangers.agent("alice", options -> options.register(false));
            assertThat(refusal(alice, "mallory")).contains(answered ? "rejected" : "neither the agent's own domain");
            assertThat(strangers.to("mallory")).hasSize(answered ? 2 : 1);
        }
    }

    @Test
    void aRegistrarThatAsksForNothingIsAsNone() {
        try (Strangers strangers = new Strangers(FakeSipServerBuilder::noAuth)) {
            strangers.rejecting("mallory", 407, row(407, "Digest realm=\"mallory\", nonce=\"n\", qop=\"auth\""));
            strangers.rejecting("m1", 407, row(407, OWN));
            UserAgent alice = strangers.agent("alice");
            assertThat(refusal(alice, "mallory")).contains("neither the agent's own domain");
            failure(alice, "m1");
            assertThat(strangers.to("m1")).hasSize(2);
        }
    }

    @Test
    void aRealmThatTheProgramHasBoundIsAnsweredAndThatEndsWithTheMessage() {
        try (Strangers strangers = Strangers.atATrustingServer()) {
            strangers.rejecting("mallory", 401, row(401, "Digest realm=\"club\", nonce=\"n\""));
            strangers.friendly("carol");
            UserAgent alice = strangers.agent(
                    "alice",
                    options -> options.credentials(
                            Credentials.password("member", "snark").realm("club")));
            failure(alice, "mallory");
            assertThat(credentials(strangers.to("mallory").get(1)))
                    .singleElement()
                    .extracting(header -> header.get("username").orElseThrow())
                    .isEqualTo("member");
            failure(alice, "mallory");
            sent(alice, "carol");
            assertThat(credentials(strangers.to("mallory").get(2))).isEmpty();
            assertThat(credentials(strangers.to("carol").get(0))).isEmpty();
        }
    }

    @Test
    void noPasswordAWrongOneAndAForeignRealmAreToldApart() {
        try (Strangers strangers = new Strangers(server -> {})) {
            UserAgent none = strangers.scene.started("alice", options -> options.register(false));
            assertThat(refusal(none, "bob")).contains("no password is configured", "'example.com'", "password(...)");
            UserAgent wrong = strangers.scene.started(
                    "alice", options -> options.register(false).password("bandersnatch"));
            assertThat(refusal(wrong, "bob"))
                    .contains("'example.com'", "rejected", "does not take this username with this password");
            UserAgent bound = strangers.scene.started(
                    "alice",
                    options -> options.register(false)
                            .credentials(Credentials.password("alice", Strangers.PASSWORD)
                                    .realm("other")));
            assertThat(refusal(bound, "bob")).contains("no configured credentials fit", "'example.com'");
        }
    }

    @Test
    void whatAPeerCallsItsRealmIsShownOnOneLine() {
        try (Strangers strangers = Strangers.atATrustingServer()) {
            strangers.rejecting(
                    "mallory", 401, row(401, "Digest realm=\"\u2028\u2066[2J" + "r".repeat(500) + "\", nonce=\"n\""));
            strangers.rejecting(
                    "m1", 401, row(401, "Digest realm=\"\u202e\u200f" + "r".repeat(500) + "\", nonce=\"n\""));
            UserAgent alice = strangers.agent("alice");
            for (String target : List.of("mallory", "m1")) {
                assertThat(refusal(alice, target))
                        .doesNotContainPattern("[\\p{Cntrl}\u2028\u2066\u202e\u200f]")
                        .hasSizeLessThan(700);
            }
        }
    }

    // ---- what is kept, and for whom ----

    private static String[] seven() {
        return IntStream.range(0, 7)
                .mapToObj(
                        i -> row(401, "Digest realm=\"r" + i + "\", nonce=\"n\", opaque=\"" + "o".repeat(7_900) + "\""))
                .toArray(String[]::new);
    }

    @Test
    void sevenLargeChallengesOfOneReceiverLeaveNothingInMessagesToOthers() {
        try (Strangers strangers = Strangers.atATrustingServer()) {
            strangers.rejecting("mallory", 401, seven());
            strangers.friendly("carol");
            UserAgent alice = strangers.agent("alice");
            refusal(alice, "mallory");
            refusal(alice, "mallory");
            sent(alice, "carol");
            assertThat(strangers.to("carol"))
                    .singleElement()
                    .satisfies(request -> assertThat(request.length()).isLessThan(1_000));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 407})
    void whatOneReceiverAsksForInOurRealmGoesToNoOther(int status) {
        try (Strangers strangers = Strangers.atATrustingServer()) {
            String mark = OWN + ", qop=\"auth\", opaque=\"mark\"";
            UserAgent mallory = strangers.agent("mallory");
            int[] asked = {0};
            mallory.addListener(io.websip.UserAgentListener.incoming(message -> {
                if (asked[0]++ == 0) {
                    message.reject(status, "No", row(status, mark));
                } else {
                    message.accept();
                }
            }));
            strangers.friendly("carol");
            UserAgent alice = strangers.agent("alice");
            sent(alice, "mallory");
            assertThat(credentials(strangers.to("mallory").get(1))).hasSize(1);
            sent(alice, "carol");
            assertThat(credentials(strangers.to("carol").get(0))).isEmpty();

            strangers.scene.advance(Duration.ofDays(1));
            strangers.scene.server.restart();
            strangers.scene.seconds(60);
            sent(alice, "carol");
            assertThat(credentials(strangers.to("carol").get(1))).isEmpty();
        }
    }

    @Test
    void aNewConnectionKnowsNothingOfWhatReceiversHaveAskedFor() {
        try (Strangers strangers = new Strangers(server -> server.challengeMessagesWith(401))) {
            strangers.friendly("carol");
            UserAgent alice = strangers.agent("alice");
            sent(alice, "carol");
            sent(alice, "carol");
            assertThat(strangers.to("carol")).hasSize(3);
            strangers.scene.server.restart();
            strangers.scene.seconds(60);
            sent(alice, "carol");
            assertThat(credentials(strangers.to("carol").get(3))).isEmpty();
        }
    }

    @Test
    void aProxyThatChallengesEachMessageGetsCredentialsInAdvanceForNewReceivers() {
        try (Strangers strangers = new Strangers(server -> {})) {
            List.of("bob", "carol", "dave", "erin").forEach(strangers::friendly);
            UserAgent alice = strangers.agent("alice");
            List.of("bob", "carol", "dave", "erin").forEach(user -> sent(alice, user));
            assertThat(List.of("bob", "carol", "dave"))
                    .allSatisfy(user -> assertThat(strangers.to(user)).hasSize(2));
            assertThat(strangers.to("erin")).hasSize(1);
        }
    }

    /** A proxy that challenges each, and four receivers, so that credentials go along in advance. */
    private static UserAgent trusted(Strangers strangers) {
        List.of("bob", "carol", "dave", "erin").forEach(strangers::friendly);
        UserAgent alice = strangers.agent("alice");
        List.of("bob", "carol", "dave").forEach(user -> sent(alice, user));
        return alice;
    }

    @Test
    void sixteenRealmsOfOneReceiverDoNotPushOutOurProxys() {
        try (Strangers strangers = new Strangers(server -> {})) {
            strangers.rejecting(
                    "mallory",
                    401,
                    IntStream.range(0, 16)
                            .mapToObj(i -> row(401, "Digest realm=\"r" + i + "\", nonce=\"n\""))
                            .toArray(String[]::new));
            UserAgent alice = trusted(strangers);
            for (int i = 0; i < 3; i++) {
                refusal(alice, "mallory");
            }
            sent(alice, "erin");
            assertThat(strangers.to("erin"))
                    .singleElement()
                    .satisfies(request -> assertThat(credentials(request)).hasSize(1));
        }
    }

    @Test
    void aReceiverThatNamesOurRealmReplacesTheNonceOfOurProxyForNobody() {
        try (Strangers strangers = new Strangers(server -> {})) {
            strangers.rejecting("mallory", 407, row(407, OWN + ", qop=\"auth\", stale=true"));
            UserAgent alice = trusted(strangers);
            failure(alice, "mallory");
            sent(alice, "erin");
            assertThat(strangers.to("erin"))
                    .singleElement()
                    .satisfies(request -> assertThat(request.toString()).doesNotContain("chosen"));
        }
    }

    @Test
    void receiversOfOnePeerAreNotTakenForAProxyOnceAMessageGotThrough() {
        try (Strangers strangers = Strangers.atATrustingServer()) {
            for (String user : List.of("m1", "m2", "m3", "mallory")) {
                int[] asked = {0};
                strangers.agent(user).addListener(io.websip.UserAgentListener.incoming(message -> {
                    if (asked[0]++ == 0) {
                        message.reject(407, "No", row(407, OWN + ", qop=\"auth\", opaque=\"mark\""));
                    } else {
                        message.accept();
                    }
                }));
            }
            strangers.friendly("carol");
            strangers.friendly("dave");
            UserAgent alice = strangers.agent("alice");
            sent(alice, "carol");
            List.of("m1", "m2", "m3", "mallory").forEach(user -> sent(alice, user));
            sent(alice, "dave");
            assertThat(credentials(strangers.to("dave").get(0))).isEmpty();
        }
    }

    // ---- what the server says of the next nonce ----

    @Test
    void theNextNonceOfAReceiverIsNotThatOfOurProxy() {
        try (Strangers strangers = new Strangers(server -> {})) {
            strangers.accepting("mallory", "Proxy-Authentication-Info: nextnonce=\"forged\"");
            UserAgent alice = trusted(strangers);
            sent(alice, "mallory");
            sent(alice, "erin");
            assertThat(strangers.to("erin"))
                    .singleElement()
                    .satisfies(request -> assertThat(request.toString()).doesNotContain("forged"));
        }
    }

    @Test
    void theNextNonceOfAServerThatFailsToProveItselfIsNotTaken() {
        try (Strangers strangers = new Strangers(server -> server.challengeMessagesWith(401))) {
            strangers.accepting(
                    "mallory",
                    "Authentication-Info: qop=auth, rspauth=\"" + "0".repeat(32) + "\", nextnonce=\"forged\"");
            strangers.friendly("carol");
            UserAgent alice = strangers.agent("alice");
            sent(alice, "mallory");
            sent(alice, "mallory");
            sent(alice, "carol");
            assertThat(strangers.scene.messages())
                    .extracting(
                            request -> request.headers().all("Authorization").toString())
                    .anyMatch(rows -> rows.contains("nonce="))
                    .noneMatch(rows -> rows.contains("forged"));
        }
    }

    // ---- the length of what goes out ----

    @Test
    void anAnswerThatMakesTheRequestTooLongIsNotSent() {
        try (Strangers strangers = Strangers.atATrustingServer()) {
            strangers.rejecting("mallory", 401, row(401, OWN + ", qop=\"auth\", opaque=\"" + "o".repeat(1_500) + "\""));
            UserAgent alice = strangers.agent("alice", options -> options.maxMessageBytes(1_300));
            MessageEvent.Failed failed = failure(alice, "mallory");
            assertThat(failed.cause()).isEqualTo(Cause.AUTHENTICATION_ERROR);
            assertThat(failed.detail()).contains("bytes long", "1300", "maxMessageBytes");
            assertThat(strangers.scene.server.requests())
                    .allSatisfy(request -> assertThat(request.length()).isLessThanOrEqualTo(1_300));
        }
    }

    @Test
    void credentialsInAdvanceMakeNoMessageTooLong() {
        try (Strangers strangers =
                new Strangers(server -> server.challengeMessagesWith(401).opaque("o".repeat(1_500)))) {
            strangers.friendly("carol");
            UserAgent alice =
                    strangers.agent("alice", options -> options.register(false).maxMessageBytes(2_400));
            sent(alice, "carol");
            sent(alice, "carol");
            assertThat(strangers.to("carol")).hasSize(3);
            MessageEvent.Failed failed = failure(alice, "carol", "x".repeat(900));
            assertThat(failed.detail()).contains("bytes long", "2400 (maxMessageBytes)");
            SipRequest last = strangers.to("carol").get(3);
            assertThat(credentials(last)).isEmpty();
        }
    }

    @Test
    void aRegisterThatIsTooLongFailsWithItsSizes() {
        try (Strangers strangers = new Strangers(server -> {})) {
            UserAgent alice = strangers.scene.agent(
                    "alice",
                    options -> options.password("secret").maxMessageBytes(1_000).userAgent("u".repeat(2_000)));
            assertThat(alice.start())
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withMessageContaining("bytes long")
                    .withMessageContaining("1000 (maxMessageBytes)");
            assertThat(strangers.scene.server.requests()).isEmpty();
        }
    }
}
