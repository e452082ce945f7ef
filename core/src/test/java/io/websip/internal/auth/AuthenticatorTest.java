package io.websip.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.config.Credentials;
import io.websip.config.DigestAlgorithm;
import io.websip.sip.AuthHeader;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipMethod;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept from one request to the next, and how much of it; the rest is tested by agents. */
class AuthenticatorTest {
    private static final RandomGenerator SEVENS = new RandomGenerator() {
        @Override
        public long nextLong() {
            return 0x0707_0707_0707_0707L;
        }
    };
    private static final Credentials ALICE = Credentials.password("alice", "secret");

    private final Authenticator authenticator = authenticator(ALICE);

    private static Authenticator authenticator(Credentials... credentials) {
        return new Authenticator(List.of(credentials), List.of(), SEVENS);
    }

    private static SipRequest request(SipMethod method) {
        return SipRequest.builder(method, SipUri.of("sip:example.com"))
                .add("Via", "SIP/2.0/WS a.invalid;branch=z9hG4bK1")
                .add("From", "<sip:alice@example.com>;tag=1")
                .add("To", "<sip:alice@example.com>")
                .add("Call-ID", "1")
                .add("CSeq", "1 " + method)
                .build();
    }

    private static final SipRequest MESSAGE = request(SipMethod.MESSAGE);

    private static SipResponse response(int status, String... headers) {
        SipMessageBuilder<SipResponse> builder = SipResponse.to(MESSAGE.headers(), status, null, "t");
        for (int i = 0; i < headers.length; i += 2) {
            builder.add(headers[i], headers[i + 1]);
        }
        return builder.build();
    }

    private static String digest(String realm, String nonce) {
        return "Digest realm=\"" + realm + "\", nonce=\"" + nonce + "\", qop=\"auth\"";
    }

    private static SipResponse challenge(String... values) {
        return response(
                401,
                Arrays.stream(values)
                        .flatMap(value -> List.of("WWW-Authenticate", value).stream())
                        .toArray(String[]::new));
    }

    private static List<AuthHeader> credentials(SipRequest request) {
        return request.headers().all("Authorization").stream()
                .map(value -> {
                    try {
                        return AuthHeader.parse(value);
                    } catch (SipParseException e) {
                        throw new AssertionError(value, e);
                    }
                })
                .toList();
    }

    private static String count(SipRequest request, String realm) {
        return credentials(request).stream()
                .filter(header -> header.get("realm").orElseThrow().equals(realm))
                .findFirst()
                .orElseThrow()
                .get("nc")
                .orElseThrow();
    }

    private static AuthAttempt attempt() {
        return attempt("bob");
    }

    /** Of a message to a receiver; each realm is one of our own server. */
    private static AuthAttempt attempt(String receiver) {
        return new AuthAttempt(new AuthScope(AuthScope.Kind.RECEIVER, receiver, realm -> true));
    }

    private static SipRequest answered(Authenticator authenticator, AuthAttempt attempt, String... challenges) {
        SipMessageBuilder<SipRequest> answer =
                authenticator.answer(MESSAGE, challenge(challenges), attempt).request();
        return Objects.requireNonNull(answer).build();
    }

    private SipRequest answered(String... challenges) {
        return answered(authenticator, attempt(), challenges);
    }

    /** A message that is challenged, and succeeds with the answer. */
    private SipRequest succeeded(AuthAttempt attempt, String... challenges) {
        SipRequest answered = answered(authenticator, attempt, challenges);
        authenticator.ended(answered, response(200), attempt);
        return answered;
    }

    private String refusal(AuthAttempt attempt, String... challenges) {
        AuthAnswer answer = authenticator.answer(MESSAGE, challenge(challenges), attempt);
        assertThat(answer.request()).isNull();
        return answer.refusal();
    }

    private SipRequest next() {
        return authenticator.authorize(MESSAGE, attempt());
    }

    // ---- from one request to the next ----

    @Test
    void theNextRequestOfTheMethodCarriesTheNextCount() {
        assertThat(count(succeeded(attempt(), digest("a", "1")), "a")).isEqualTo("00000001");
        assertThat(count(next(), "a")).isEqualTo("00000002");
        SipRequest register = request(SipMethod.REGISTER);
        assertThat(authenticator.authorize(register, new AuthAttempt(AuthScope.registrar())))
                .isSameAs(register);
        assertThat(authenticator.authorize(MESSAGE, attempt("carol"))).isSameAs(MESSAGE);
    }

    @Test
    void whatWasRejectedIsNotShownAgain() {
        AuthAttempt attempt = attempt();
        answered(authenticator, attempt, digest("a", "1"));
        assertThat(refusal(attempt, digest("a", "2"))).contains("'a'", "rejected");
        assertThat(next()).isSameAs(MESSAGE);
    }

    @Test
    void realmsAreRememberedBesideEachOther() {
        AuthAttempt attempt = attempt();
        answered(authenticator, attempt, digest("a", "1"));
        SipRequest both = succeeded(attempt, digest("b", "2"));
        assertThat(count(both, "a")).isEqualTo("00000002");
        assertThat(count(both, "b")).isEqualTo("00000001");
        assertThat(count(next(), "a")).isEqualTo("00000003");
        succeeded(attempt(), digest("b", "3"));
        assertThat(count(next(), "b")).isEqualTo("00000002");
        assertThat(credentials(next())).hasSize(2);
    }

    @Test
    void whatFailedLeavesNothingBehind() {
        answered(digest("a", "1"));
        assertThat(next()).isSameAs(MESSAGE);
        AuthAttempt attempt = attempt();
        authenticator.ended(answered(authenticator, attempt, digest("a", "2")), response(403), attempt);
        assertThat(next()).isSameAs(MESSAGE);
    }

    @Test
    @DisplayName("G10 of 17 receivers the first is forgotten, and the registrar is not")
    void sessionsAreBounded() {
        SipRequest register = request(SipMethod.REGISTER);
        AuthAttempt registering = new AuthAttempt(AuthScope.registrar());
        authenticator.answer(register, challenge(digest("a", "r")), registering);
        authenticator.ended(register, response(200), registering);
        for (int i = 0; i <= 16; i++) {
            succeeded(attempt("receiver" + i), digest("a", "n" + i));
        }
        assertThat(authenticator.authorize(MESSAGE, attempt("receiver0"))).isSameAs(MESSAGE);
        assertThat(credentials(authenticator.authorize(MESSAGE, attempt("receiver1"))))
                .singleElement()
                .extracting(header -> header.get("nonce").orElseThrow())
                .isEqualTo("n1");
        assertThat(credentials(authenticator.authorize(register, new AuthAttempt(AuthScope.registrar()))))
                .singleElement()
                .extracting(header -> header.get("nonce").orElseThrow())
                .isEqualTo("r");
    }

    @Test
    @DisplayName("G10 of one response three realms are answered")
    void answersAreBounded() {
        assertThat(credentials(answered(digest("a", "1"), digest("b", "1"), digest("c", "1"), digest("d", "1"))))
                .extracting(header -> header.get("realm").orElseThrow())
                .containsExactly("a", "b", "c");
    }

    @Test
    @DisplayName("G10 realm, nonce and opaque of an answer have 2,048 bytes")
    void theEchoIsBounded() {
        String opaque = ", opaque=\"" + "o".repeat(2_046) + "\"";
        assertThat(credentials(answered(digest("a", "1") + opaque))).hasSize(1);
        assertThat(refusal(attempt(), digest("ab", "1") + opaque)).contains("2049 bytes", "2048");
    }

    @Test
    void aServerThatFindsEachNonceStaleIsGivenUpAfterFiveRounds() {
        AuthAttempt attempt = attempt();
        for (int i = 0; i < 5; i++) {
            answered(authenticator, attempt, digest("a", "nonce" + i) + ", stale=true");
        }
        assertThat(refusal(attempt, digest("a", "nonce5") + ", stale=true")).contains("5 answers");
    }

    // ---- which challenge, and which credentials ----

    @ParameterizedTest
    @CsvSource({"SHA_256, MD5, SHA-256", "MD5, SHA_256, MD5"})
    void ourOrderOverrulesTheServers(DigestAlgorithm first, DigestAlgorithm second, String chosen) {
        Authenticator ordered = new Authenticator(List.of(ALICE), List.of(first, second), SEVENS);
        for (String[] offer : new String[][] {{"MD5", "SHA-256"}, {"SHA-256", "MD5"}}) {
            SipRequest answered = answered(
                    ordered,
                    attempt(),
                    digest("a", "1") + ", algorithm=" + offer[0],
                    digest("a", "1") + ", algorithm=" + offer[1]);
            assertThat(credentials(answered))
                    .singleElement()
                    .extracting(header -> header.get("algorithm").orElseThrow())
                    .isEqualTo(chosen);
        }
    }

    @Test
    void whatIsNotInOurOrderIsNotAnswered() {
        Authenticator sha = new Authenticator(List.of(ALICE), List.of(DigestAlgorithm.SHA_256), SEVENS);
        AuthAnswer answer = sha.answer(MESSAGE, challenge(digest("a", "1")), attempt());
        assertThat(answer.request()).isNull();
        assertThat(answer.refusal()).contains("'a'", "MD5", "digestAlgorithms", "[SHA-256]");
    }

    @Test
    void credentialsOfTheRealmGoBeforeThoseOfAny() {
        Credentials bound = Credentials.password("bound", "secret").realm("a");
        for (Authenticator each : List.of(authenticator(ALICE, bound), authenticator(bound, ALICE))) {
            assertThat(credentials(answered(each, attempt(), digest("a", "1")))
                            .get(0)
                            .get("username"))
                    .contains("bound");
        }
        Authenticator unbound = authenticator(ALICE, Credentials.password("other", "secret"));
        assertThat(credentials(answered(unbound, attempt(), digest("a", "1")))
                        .get(0)
                        .get("username"))
                .contains("alice");
    }

    @Test
    void aMalformedChallengeIsPassedOverAndARealmMayHoldASpace() {
        assertThat(credentials(answered("Digest realm", digest("a b", "1")))).hasSize(1);
    }

    // ---- the form ----

    @ParameterizedTest
    @CsvSource({
        "J\u00e4s\u00f8n Doe, username*=UTF-8''J%C3%A4s%C3%B8n%20Doe",
        "\u00e409azAZ-._/:@[`{, username*=UTF-8''%C3%A409azAZ-._%2F%3A%40%5B%60%7B",
        "a~, 'username=\"a~\"'"
    })
    void rfc7616Section34AUsernameBeyondAsciiIsExtended(String name, String written) {
        SipRequest answered = answered(
                authenticator(Credentials.password(name, "secret")), attempt(), digest("a", "1") + ", charset=UTF-8");
        assertThat(answered.headers().all("Authorization"))
                .singleElement()
                .asString()
                .startsWith("Digest " + written + ", realm=");
    }

    @Test
    void aCnonceIsMadeOfTheSourceAndGoesWithQopAndWithASessionKey() {
        String plain = "Digest realm=\"a\", nonce=\"1\"";
        assertThat(credentials(answered(plain)).get(0).get("cnonce")).isEmpty();
        assertThat(credentials(answered(plain + ", algorithm=MD5-sess")).get(0).get("cnonce"))
                .contains("07".repeat(16));
        assertThat(credentials(answered(plain + ", qop=auth")).get(0).get("cnonce"))
                .contains("07".repeat(16));
    }

    @Test
    void aSessionHidesItsKey() {
        AuthAttempt attempt = attempt();
        answered(authenticator, attempt, digest("a", "1"));
        assertThat(attempt.carried().get(0).session()).hasToString("NonceSession[realm 'a']");
    }

    // ---- what the server says ----

    private String rspauth(String nonce, String count) {
        DigestCalculator calculator = new DigestCalculator();
        return calculator.response(
                DigestAlgorithm.MD5,
                calculator.ha1(DigestAlgorithm.MD5, "alice", "a", "secret"),
                "",
                "sip:example.com",
                nonce,
                "auth",
                "07".repeat(16),
                count,
                new byte[0]);
    }

    @Test
    void rfc7616Section35TheServersProofIsChecked() {
        AuthAttempt attempt = attempt();
        answered(authenticator, attempt, digest("a", "1"));
        String good = "qop=auth, rspauth=\"" + rspauth("1", "00000001") + "\"";
        String bad = "qop=auth, rspauth=\"" + rspauth("2", "00000001") + "\"";
        assertThat(authenticator.ended(MESSAGE, response(200, "Authentication-Info", good), attempt))
                .isTrue();
        assertThat(authenticator.ended(MESSAGE, response(200, "Authentication-Info", bad), attempt))
                .isFalse();
        assertThat(authenticator.ended(MESSAGE, response(200, "Authentication-Info", "qop=auth"), attempt))
                .isTrue();
        assertThat(authenticator.ended(MESSAGE, response(200), attempt)).isTrue();
    }

    @Test
    void oneProofThatFailsIsEnough() {
        AuthAttempt attempt = attempt();
        SipResponse both = response(401, "WWW-Authenticate", digest("a", "1"), "Proxy-Authenticate", digest("a", "1"));
        assertThat(authenticator.answer(MESSAGE, both, attempt).request()).isNotNull();
        String first = attempt.carried().get(0).count();
        String second = attempt.carried().get(1).count();
        assertThat(first).isNotEqualTo(second); // one nonce, one count
        for (boolean[] right : new boolean[][] {{true, true}, {true, false}, {false, true}, {false, false}}) {
            SipResponse response = response(
                    200,
                    "Authentication-Info",
                    "qop=auth, rspauth=\"" + rspauth(right[0] ? "1" : "x", first) + "\"",
                    "Proxy-Authentication-Info",
                    "qop=auth, rspauth=\"" + rspauth(right[1] ? "1" : "x", second) + "\"");
            assertThat(authenticator.ended(MESSAGE, response, attempt)).isEqualTo(right[0] && right[1]);
        }
    }

    @Test
    void theNextNonceIsUsed() {
        AuthAttempt attempt = attempt();
        answered(authenticator, attempt, digest("a", "1"));
        authenticator.ended(MESSAGE, response(200, "Authentication-Info", "nextnonce=\"2\""), attempt);
        assertThat(credentials(next()).get(0).get("nonce")).contains("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nextnonce=\"\"", "nextnonce", "nonsense", "nextnonce=\"a\tb\""})
    void anUnfitNextNonceIsNot(String info) {
        AuthAttempt attempt = attempt();
        answered(authenticator, attempt, digest("a", "1"));
        authenticator.ended(MESSAGE, response(200, "Authentication-Info", info), attempt);
        assertThat(credentials(next()).get(0).get("nonce")).contains("1");
    }
}
