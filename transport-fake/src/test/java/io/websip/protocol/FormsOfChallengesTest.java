package io.websip.protocol;

import static io.websip.protocol.Strangers.credentials;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.config.Credentials;
import io.websip.sip.AuthHeader;
import io.websip.sip.SipMethod;
import io.websip.transport.fake.sip.Answer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("challenges in the forms that servers write are answered as RFC 7616 has it")
class FormsOfChallengesTest {
    private static String hash(String algorithm, String text) {
        try {
            byte[] octets = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** The response that a server computes from what the credentials say and from what it knows itself. */
    private static String expected(String algorithm, String realm, AuthHeader sent) {
        String ha1 = hash(algorithm, "alice:" + realm + ":secret");
        String ha2 = hash(algorithm, "REGISTER:" + sent.get("uri").orElseThrow());
        String nonce = sent.get("nonce").orElseThrow();
        return hash(
                algorithm,
                sent.get("qop")
                        .map(qop -> ha1 + ":" + nonce + ":" + sent.get("nc").orElseThrow() + ":"
                                + sent.get("cnonce").orElseThrow() + ":" + qop + ":" + ha2)
                        .orElse(ha1 + ":" + nonce + ":" + ha2));
    }

    private static AuthHeader answered(String... challenges) {
        try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
            scene.server.enqueue(
                    SipMethod.REGISTER,
                    Answer.response(
                            401,
                            null,
                            response -> List.of(challenges).forEach(row -> response.add("WWW-Authenticate", row))));
            UserAgent alice = scene.agent("alice", options -> options.password("secret"));
            alice.start().join();
            List<AuthHeader> sent =
                    credentials(scene.server.requests(SipMethod.REGISTER).get(1));
            assertThat(sent).hasSize(1);
            return sent.get(0);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Digest realm=\"example.com\", nonce=\"n\", algorithm=\"MD5\", qop=\"auth\" | MD5 | example.com | n",
                "Digest realm=\"example.com\", nonce=\"n\", qop=\"auth, auth-int\", algorithm=md5 | MD5 | example.com | n",
                "Digest realm=\"example.com\", nonce=\"n\", stale=FALSE, opaque=\"\" | MD5 | example.com | n",
                "Digest realm=\"example.com\", nonce=\"n\", qop=auth,auth-int | MD5 | example.com | n",
                "Digest realm=\"example.com\", nonce=\"n\", algorithm= | MD5 | example.com | n",
                "Digest realm=\"example.com\", nonce=\"n\", stale | MD5 | example.com | n",
                "Digest realm=\"example.com\", nonce=\"a+/=:b==\", qop=\"auth\" | MD5 | example.com | a+/=:b==",
                "Digest realm=\"example.com\", nonce=\"\", qop=\"auth\" | MD5 | example.com | ``",
                "Digest realm=\"\", nonce=\"n\", qop=\"auth\" | MD5 | `` | n",
                "Digest realm=\"My PBX\", nonce=\"n\", qop=\"auth\" | MD5 | My PBX | n",
                "Digest realm=\"B\u00fcro\", nonce=\"n\" | MD5 | B\u00fcro | n",
                "Digest realm=example.com, nonce=n, qop=auth | MD5 | example.com | n",
                "DIGEST  REALM = \"example.com\" ,NONCE= \"n\",,QOP=\"AUTH\" | MD5 | example.com | n",
                "Digest realm=\"example.com\", nonce=\"n\", algorithm=SHA-256, qop=\"auth\" | SHA-256 | example.com | n",
                "Digest algorithm=sha-256,qop=\"auth\",nonce=\"n\",realm=\"example.com\" | SHA-256 | example.com | n",
                "Digest nonce=\"n\", realm=\"example.com\", domain=\"sip:a sip:b\", charset=UTF-8, userhash=false | MD5 | example.com | n",
                "Digest realm=\"example.com\", nonce=\"n\", qop=\"foo,auth\", x=\"y, z=\\\"\" | MD5 | example.com | n",
            })
    void right(String challenge, String algorithm, String realm, String nonce) {
        AuthHeader sent = answered(challenge);
        assertThat(sent.get("realm")).contains(realm);
        assertThat(sent.get("nonce")).contains(nonce);
        assertThat(sent.get("response")).contains(expected(algorithm, realm, sent));
    }

    @Test
    void aLongNonceIsEchoedWhole() {
        String nonce = "n".repeat(1_000);
        AuthHeader sent = answered("Digest realm=\"example.com\", nonce=\"" + nonce + "\", qop=\"auth\"");
        assertThat(sent.get("nonce")).contains(nonce);
        assertThat(sent.get("response")).contains(expected("MD5", "example.com", sent));
    }

    /** Rows of several challenges, and the one that is answered (RFC 8760 section 2.4: the topmost that we know). */
    static List<List<String>> several() {
        String md5 = "Digest realm=\"example.com\", nonce=\"md5\", algorithm=MD5, qop=\"auth\"";
        String sha = "Digest realm=\"example.com\", nonce=\"sha\", algorithm=SHA-256, qop=\"auth\"";
        String aka = "Digest realm=\"example.com\", nonce=\"aka\", algorithm=AKAv1-MD5, qop=\"auth\"";
        return List.of(
                List.of("sha", sha, md5),
                List.of("md5", md5, sha),
                List.of("md5", aka, md5),
                List.of("sha", aka + ", " + sha, md5),
                List.of("md5", md5 + ", Digest realm=\"other\", nonce=\"x"),
                List.of("md5", "Basic realm=\"example.com\"", md5),
                List.of("md5", "Bearer", "Negotiate", md5),
                List.of("md5", "Basic realm=\"example.com\", " + md5),
                List.of("md5", "Basic realm=\"example.com\" " + md5 + ", Basic realm=\"x"),
                List.of("md5", aka + ", " + md5 + ", " + sha),
                List.of("md5", "Digest realm=\"exa", md5));
    }

    @ParameterizedTest
    @MethodSource("several")
    void theTopmostThatIsKnownIsAnswered(List<String> rows) {
        AuthHeader sent = answered(rows.subList(1, rows.size()).toArray(String[]::new));
        assertThat(sent.get("nonce")).contains(rows.get(0));
    }

    @Test
    void aFoldedChallengeIsTheSame() {
        try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
            scene.server.enqueue(
                    SipMethod.REGISTER,
                    Answer.raw(request -> ("SIP/2.0 401 Unauthorized\r\nVia: "
                                    + request.headers().first("Via").orElseThrow() + "\r\nCSeq: "
                                    + request.headers().first("CSeq").orElseThrow()
                                    + "\r\nWWW-Authenticate: Digest\r\n realm=\"My \r\n\t PBX\",\r\n\tnonce=\"n\"\r\n"
                                    + " , qop=\"auth\"\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8)));
            UserAgent alice = scene.agent("alice", options -> options.password("secret"));
            alice.start().join();
            AuthHeader sent = credentials(
                            scene.server.requests(SipMethod.REGISTER).get(1))
                    .get(0);
            assertThat(sent.get("realm")).contains("My PBX");
            assertThat(sent.get("response")).contains(expected("MD5", "My PBX", sent));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"401 then 407", "407 then 401"})
    void proxyAndRegistrarAreBothAnswered(String order) {
        try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
            Answer server401 = Answer.status(401)
                    .header("WWW-Authenticate", "Digest realm=\"example.com\", nonce=\"s\", qop=\"auth\"");
            Answer proxy407 = Answer.status(407)
                    .header("Proxy-Authenticate", "Digest realm=\"proxy\", nonce=\"p\", qop=\"auth\"");
            boolean serverFirst = order.startsWith("401");
            scene.server.enqueue(SipMethod.REGISTER, serverFirst ? server401 : proxy407);
            scene.server.enqueue(SipMethod.REGISTER, serverFirst ? proxy407 : server401);
            UserAgent alice = scene.agent(
                    "alice",
                    options -> options.password("secret")
                            .credentials(Credentials.password("alice", "secret").realm("proxy")));
            alice.start().join();
            assertThat(credentials(scene.server.requests(SipMethod.REGISTER).get(2)))
                    .extracting(header -> header.get("nonce").orElseThrow())
                    .containsExactlyInAnyOrder("s", "p");
        }
    }

    @Test
    void behindABalancerEachNodeHasItsOwnRealm() {
        try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
            UserAgent alice = scene.agent("alice", options -> options.password("secret"));
            for (String node : List.of("node1", "node2")) {
                scene.server.enqueue(
                        SipMethod.REGISTER,
                        Answer.status(401)
                                .header("WWW-Authenticate", "Digest realm=\"" + node + "\", nonce=\"" + node + "\""));
            }
            alice.start().join();
            assertThat(alice.isRegistered()).isTrue();
            assertThat(credentials(scene.server.requests(SipMethod.REGISTER).get(2)))
                    .extracting(header -> header.get("realm").orElseThrow())
                    .contains("node2");
        }
    }

    @Test
    void aRegistrarThatFindsEveryNonceStaleIsGivenUpForThePause() {
        try (Scene scene = new Scene(server -> server.noAuth().lenient())) {
            int[] nonce = {0};
            scene.server.dispatcher(request -> !request.method().equals(SipMethod.REGISTER)
                    ? null
                    : Answer.status(401)
                            .header(
                                    "WWW-Authenticate",
                                    "Digest realm=\"example.com\", nonce=\"" + nonce[0]++ + "\", stale=true"));
            UserAgent alice = scene.agent("alice", options -> options.password("secret"));
            RegisteringBench.goOn(alice.start());
            scene.seconds(5);
            assertThat(alice.isRegistered()).isFalse();
            assertThat(scene.server.requests(SipMethod.REGISTER)).hasSizeBetween(2, 8);
        }
    }
}
