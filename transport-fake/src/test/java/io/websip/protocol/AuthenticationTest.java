package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.Cause;
import io.websip.Message;
import io.websip.MessageFailedException;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.Credentials;
import io.websip.config.DigestAlgorithm;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.sip.AuthHeader;
import io.websip.sip.SipMethod;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.transport.fake.sip.Answer;
import io.websip.transport.fake.sip.FakeSipServerBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Challenges from end to end (RFC 3261 section 22, RFC 7616, RFC 8760): rows AUTH-01 to AUTH-22. */
class AuthenticationTest {
    private static final String NONCE_A = "Digest realm=\"example.com\", nonce=\"a\", qop=\"auth\"";

    private static Scene scene(Consumer<FakeSipServerBuilder> options) {
        return new Scene(server -> options.accept(
                server.user("alice", "secret").user("bob", "secret").user("carol", "secret")));
    }

    private static UserAgent started(Scene scene, String user, Consumer<UserAgentConfigBuilder> options) {
        return scene.started(user, builder -> options.accept(builder.password("secret")));
    }

    /** Whose credentials are bound to these realms, as those of other servers must be. */
    private static UserAgent sender(Scene scene, String... realms) {
        Credentials[] bound = Stream.of(realms)
                .map(realm -> Credentials.password("alice", "secret").realm(realm))
                .toArray(Credentials[]::new);
        return started(scene, "alice", options -> options.register(false).credentials(bound));
    }

    private static Cause failure(UserAgent agent) {
        try {
            agent.sendMessage("bob", "x").join();
            throw new AssertionError("the message succeeded");
        } catch (CompletionException e) {
            return ((MessageFailedException) e.getCause()).cause();
        }
    }

    private static AuthHeader credentials(SipRequest request, String header) throws SipParseException {
        return AuthHeader.parse(request.headers().first(header).orElseThrow());
    }

    private static Answer challenge(int status, String... challenges) {
        String header = status == 401 ? "WWW-Authenticate" : "Proxy-Authenticate";
        return Answer.response(status, null, builder -> List.of(challenges).forEach(c -> builder.add(header, c)));
    }

    @ParameterizedTest
    @EnumSource(DigestAlgorithm.class)
    void auth06And07EveryAlgorithmRegistersAndSends(DigestAlgorithm algorithm) {
        try (Scene scene = scene(server -> server.algorithms(algorithm))) {
            UserAgent bob = started(scene, "bob", options -> {});
            assertThat(bob.isRegistered()).isTrue();
            assertThat(started(scene, "alice", options -> {})
                            .sendMessage("bob", "x")
                            .join()
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"auth", "auth-int", "'auth,auth-int'", "'foo,auth'", "''"})
    void auth08And09EveryQopIsAnsweredOverTheRealOctets(String qop) {
        try (Scene scene = scene(server -> server.qop(qop))) {
            UserAgent bob = started(scene, "bob", options -> options.accept("*/*"));
            List<byte[]> got = new ArrayList<>();
            bob.addListener(UserAgentListener.incoming(m -> got.add(m.body())));
            byte[] body = {0, (byte) 0xff, 13, 10, 1};
            UserAgent alice = started(scene, "alice", options -> {});
            new Message(alice).send("bob", body, "application/octet-stream").join();
            assertThat(got).singleElement().isEqualTo(body);
        }
    }

    @Test
    void auth01TheRetryHasTheSameCallIdAndTagANewBranchAndTheNextCseq() {
        try (Scene scene = scene(server -> {})) {
            started(scene, "bob", options -> {});
            started(scene, "alice", options -> {}).sendMessage("bob", "x").join();
            List<SipRequest> sent = scene.server.requests(SipMethod.MESSAGE);
            assertThat(sent).hasSize(2);
            assertThat(sent.get(1).callId()).isEqualTo(sent.get(0).callId());
            assertThat(sent.get(1).from()).isEqualTo(sent.get(0).from());
            assertThat(sent.get(1).cseq().number()).isEqualTo(sent.get(0).cseq().number() + 1);
            assertThat(sent.get(1).topVia().branch())
                    .isNotEqualTo(sent.get(0).topVia().branch());
            assertThat(sent.get(1).headers().contains("Proxy-Authorization")).isTrue();
        }
    }

    @Test
    void auth02CredentialsJustRejectedAreNotRepeated() {
        try (Scene scene = scene(server -> {})) {
            UserAgent alice = sender(scene);
            int[] nonce = {0};
            scene.server.dispatcher(r -> challenge(401, "Digest realm=\"example.com\", nonce=\"n" + nonce[0]++ + "\""));
            assertThat(failure(alice)).isEqualTo(Cause.AUTHENTICATION_ERROR);
            assertThat(scene.server.requests(SipMethod.MESSAGE)).hasSize(2);
        }
    }

    @Test
    void auth02And12AServerThatFindsEveryNonceStaleIsGivenUp() {
        try (Scene scene = scene(server -> {})) {
            UserAgent alice = sender(scene);
            int[] nonce = {0};
            scene.server.dispatcher(
                    r -> challenge(401, "Digest realm=\"example.com\", nonce=\"n" + nonce[0]++ + "\", stale=\"TRUE\""));
            assertThat(failure(alice)).isEqualTo(Cause.AUTHENTICATION_ERROR);
            assertThat(scene.server.requests(SipMethod.MESSAGE)).hasSizeBetween(3, 10);
        }
    }

    @Test
    void auth03JssipFailed407Then401InOneRequest() {
        try (Scene scene = scene(server -> {})) {
            UserAgent alice = sender(scene, "other");
            scene.server.enqueue(challenge(407, NONCE_A));
            scene.server.enqueue(challenge(401, "Digest realm=\"other\", nonce=\"b\", qop=\"auth\""));
            scene.server.enqueue(Answer.status(200));
            assertThat(alice.sendMessage("bob", "x").join().status()).isEqualTo(200);
            SipRequest last = scene.server.requests(SipMethod.MESSAGE).get(2);
            assertThat(last.headers().all("Proxy-Authorization")).hasSize(1);
            assertThat(last.headers().all("Authorization")).hasSize(1);
        }
    }

    @Test
    void auth04EachRealmGetsItsOwnRow() {
        try (Scene scene = scene(server -> {})) {
            UserAgent alice = sender(scene, "other");
            scene.server.enqueue(challenge(401, NONCE_A, "Digest realm=\"other\", nonce=\"b\""));
            scene.server.enqueue(Answer.status(200));
            alice.sendMessage("bob", "x").join();
            assertThat(scene.server.requests(SipMethod.MESSAGE).get(1).headers().all("Authorization"))
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"SHA-512-256,MD5", "MD5,SHA-256", "FOO,SHA-256"})
    void auth05JssipLookedAtTheLastOnlyTheTopmostThatWeSupportIsAnswered(String first, String second)
            throws SipParseException {
        try (Scene scene = scene(server -> {})) {
            UserAgent alice = sender(scene, "r");
            scene.server.enqueue(challenge(
                    401,
                    "Digest realm=\"r\", nonce=\"n\", algorithm=" + first,
                    "Digest realm=\"r\", nonce=\"n\", algorithm=" + second));
            scene.server.enqueue(Answer.status(200));
            alice.sendMessage("bob", "x").join();
            SipRequest answered = scene.server.requests(SipMethod.MESSAGE).get(1);
            assertThat(credentials(answered, "Authorization").get("algorithm"))
                    .contains(first.equals("FOO") ? second : first);
        }
    }

    @Test
    void auth05And18NothingUsableGivesUpWithoutARetry() {
        try (Scene scene = scene(server -> {})) {
            UserAgent alice = sender(scene, "r");
            for (String unusable : List.of(
                    "Digest realm=\"r\", nonce=\"n\", algorithm=FOO",
                    "Digest realm=\"r\", nonce=\"n\", qop=\"foo\"",
                    "Basic realm=\"r\"",
                    "Digest realm=\"r",
                    "Digest nonce=\"n\"",
                    "")) {
                scene.server.enqueue(challenge(401, unusable));
                assertThat(failure(alice)).as(unusable).isEqualTo(Cause.AUTHENTICATION_ERROR);
            }
            assertThat(scene.server.requests(SipMethod.MESSAGE)).hasSize(6);
        }
    }

    @Test
    void aChallengeThatCannotBeEchoedEndsTheMessageAllTheSame() {
        try (Scene scene = scene(server -> {})) {
            UserAgent alice = sender(scene, "r");
            scene.server.enqueue(Answer.raw(request -> (new String(
                                    io.websip.sip.SipResponse.to(request.headers(), 401, null, "t")
                                            .add("WWW-Authenticate", "Digest realm=\"r\", nonce=\"a?b\"")
                                            .build()
                                            .toBytes(),
                                    java.nio.charset.StandardCharsets.UTF_8)
                            .replace('?', '\0'))
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            assertThat(failure(alice)).isEqualTo(Cause.AUTHENTICATION_ERROR);
        }
    }

    @Test
    void auth10And14LaterMessagesCarryCredentialsInAdvanceEachWithACountOfItsOwn() throws SipParseException {
        try (Scene scene = scene(server -> {})) {
            started(scene, "bob", options -> {});
            UserAgent alice = started(scene, "alice", options -> {});
            for (int i = 0; i < 3; i++) {
                alice.sendMessage("bob", "x").join();
            }
            List<SipRequest> sent = scene.server.requests(SipMethod.MESSAGE);
            assertThat(sent).hasSize(4);
            for (int i = 1; i <= 3; i++) {
                assertThat(credentials(sent.get(i), "Proxy-Authorization").get("nc"))
                        .contains("0000000" + i);
            }
        }
    }

    @Test
    void auth15WhatTheRegistrarAskedForGoesToNobodyElse() {
        try (Scene scene = scene(server -> {})) {
            started(scene, "bob", options -> {});
            started(scene, "alice", options -> {}).sendMessage("bob", "x").join();
            assertThat(scene.server.requests(SipMethod.MESSAGE))
                    .noneMatch(request -> request.headers().contains("Authorization"));
        }
    }

    @Test
    void auth10OneNonceHasOneCountWhoeverAsksWithIt() throws SipParseException {
        try (Scene scene = scene(server -> {})) {
            UserAgent alice = sender(scene);
            scene.server.enqueue(challenge(407, NONCE_A));
            scene.server.enqueue(challenge(401, NONCE_A));
            scene.server.enqueue(Answer.status(200));
            alice.sendMessage("bob", "x").join();
            SipRequest last = scene.server.requests(SipMethod.MESSAGE).get(2);
            assertThat(credentials(last, "Authorization").get("nc"))
                    .isNotEqualTo(credentials(last, "Proxy-Authorization").get("nc"));
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void auth12AnOldNonceIsReplacedWhetherTheServerSaysStaleOrNot(boolean sayStale) {
        try (Scene scene = scene(server -> server.sayStale(sayStale).nonceLife(Duration.ofSeconds(10)))) {
            started(scene, "bob", options -> {});
            UserAgent alice = started(scene, "alice", options -> {});
            alice.sendMessage("bob", "1").join();
            scene.seconds(11);
            assertThat(alice.sendMessage("bob", "2").join().status()).isEqualTo(200);
            assertThat(scene.server.requests(SipMethod.MESSAGE)).hasSize(4);
        }
    }

    @Test
    void auth13TheNextNonceIsUsedAndItsCountBeginsAnew() throws SipParseException {
        try (Scene scene = scene(server -> {})) {
            UserAgent alice = sender(scene);
            scene.server.enqueue(challenge(407, NONCE_A));
            scene.server.enqueue(Answer.status(200).header("Proxy-Authentication-Info", "nextnonce=\"fresh\""));
            scene.server.enqueue(Answer.status(200));
            alice.sendMessage("bob", "1").join();
            alice.sendMessage("bob", "2").join();
            AuthHeader used =
                    credentials(scene.server.requests(SipMethod.MESSAGE).get(2), "Proxy-Authorization");
            assertThat(used.get("nonce")).contains("fresh");
            assertThat(used.get("nc")).contains("00000001");
        }
    }

    @Test
    void auth16CredentialsOfARealmAreShownToNoOther() {
        try (Scene scene = scene(server -> {})) {
            UserAgent alice = scene.silentAgent(
                    "nobody",
                    options -> options.register(false)
                            .credentials(
                                    Credentials.password("alice", "mock-turtle").realm("example.com")));
            alice.start().join();
            scene.server.enqueue(challenge(401, "Digest realm=\"evil\", nonce=\"n\""));
            assertThat(failure(alice)).isEqualTo(Cause.AUTHENTICATION_ERROR);
            assertThat(scene.server.requests(SipMethod.MESSAGE)).hasSize(1);
        }
    }

    @Test
    void auth11ValuesAreEchoedAsTheyStood() throws SipParseException {
        try (Scene scene = scene(server -> {})) {
            UserAgent alice = sender(scene, "a\"b\\c");
            scene.server.enqueue(challenge(
                    401, "Digest realm=\"a\\\"b\\\\c\", nonce=\"x=/+\\z\", opaque=\"\", qop=auth, algorithm=md5"));
            scene.server.enqueue(Answer.status(200));
            alice.sendMessage("bob", "x").join();
            String row = scene.server
                    .requests(SipMethod.MESSAGE)
                    .get(1)
                    .headers()
                    .first("Authorization")
                    .orElseThrow();
            assertThat(row)
                    .contains("realm=\"a\\\"b\\\\c\"")
                    .contains("nonce=\"x=/+\\z\"")
                    .contains("opaque=\"\"")
                    .contains("uri=\"sip:bob@example.com\"")
                    .contains("algorithm=MD5,")
                    .contains("qop=auth,")
                    .contains("nc=00000001");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Digest realm=\"\", nonce=\"n\"",
                "Digest realm=plain, nonce=n",
                "Digest realm=\"r\", nonce=\"n\", qop=auth",
                "Digest realm=\"r\", nonce=\"n\", qop=\"AUTH,autH-INt\", algorithm=md5-SESS",
                "dIgEsT REALM = \"r\" , NONCE = \"n\""
            })
    void jssipRefusedOrDroppedTheseChallengesTheyAreAnswered(String challenge) {
        try (Scene scene = scene(server -> {})) {
            UserAgent alice = sender(scene, "", "plain", "r");
            scene.server.enqueue(challenge(401, challenge));
            scene.server.enqueue(Answer.status(200));
            assertThat(alice.sendMessage("bob", "x").join().status()).isEqualTo(200);
            assertThat(scene.server.requests(SipMethod.MESSAGE).get(1).headers().contains("Authorization"))
                    .isTrue();
        }
    }

    @Test
    void auth21RefreshAndUnregisterAreAnsweredToo() {
        try (Scene scene = scene(server -> server.nonceLife(Duration.ofSeconds(1)))) {
            UserAgent alice = started(scene, "alice", options -> {});
            scene.seconds(600);
            assertThat(alice.isRegistered()).isTrue();
            alice.stop().join();
            assertThat(scene.server.bindings("alice")).isEmpty();
        }
    }

    @Test
    void auth22A403IsFinal() {
        try (Scene scene = scene(server -> {})) {
            UserAgent alice = sender(scene);
            scene.server.enqueue(challenge(407, NONCE_A));
            scene.server.enqueue(Answer.status(403));
            assertThat(failure(alice)).isEqualTo(Cause.REJECTED);
            assertThat(scene.server.requests(SipMethod.MESSAGE)).hasSize(2);
        }
    }
}
