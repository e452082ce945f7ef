package io.websip.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.config.Credentials;
import io.websip.config.DigestAlgorithm;
import io.websip.internal.fixture.LogLines;
import io.websip.sip.AuthHeader;
import io.websip.sip.SipMethod;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What stands in the answer to a challenge (RFC 3261 section 22.4, RFC 7616 section 3.4). */
class AnswerTest {
    private static final byte[] BODY = "hello".getBytes(StandardCharsets.UTF_8);
    private static final SipRequest MESSAGE = SipRequest.builder(SipMethod.MESSAGE, SipUri.of("sip:bob@example.com"))
            .add("Via", "SIP/2.0/WS a.invalid;branch=z9hG4bK1")
            .add("From", "<sip:alice@example.com>;tag=1")
            .add("To", "<sip:bob@example.com>")
            .add("Call-ID", "1")
            .add("CSeq", "1 MESSAGE")
            .body(BODY)
            .build();

    private final DigestCalculator calculator = new DigestCalculator();
    private final Authenticator authenticator =
            new Authenticator(List.of(Credentials.password("alice", "secret")), List.of(), new Random(1));

    private static SipResponse challenge(String... values) {
        var builder = SipResponse.to(MESSAGE.headers(), 401, null, "t");
        for (String value : values) {
            builder.add("WWW-Authenticate", value);
        }
        return builder.build();
    }

    private SipRequest answered(SipRequest request, String... challenges) {
        AuthScope scope = new AuthScope(AuthScope.Kind.RECEIVER, "bob", realm -> true);
        return Objects.requireNonNull(authenticator
                        .answer(request, challenge(challenges), new AuthAttempt(scope))
                        .request())
                .build();
    }

    private AuthHeader answer(String challenge) throws SipParseException {
        return AuthHeader.parse(
                answered(MESSAGE, challenge).headers().first("Authorization").orElseThrow());
    }

    private String response(DigestAlgorithm algorithm, String qop, AuthHeader answer) {
        return calculator.response(
                algorithm,
                calculator.ha1(algorithm, "alice", "a", "secret"),
                "MESSAGE",
                "sip:bob@example.com",
                "n",
                qop,
                answer.get("cnonce").orElseThrow(),
                "00000001",
                BODY);
    }

    @Test
    void allThatAServerMayAskFor() throws SipParseException {
        AuthHeader answer = answer("Digest realm=\"a\", nonce=\"n\", opaque=\"o\\\"p\", algorithm=SHA-256,"
                + " qop=\"auth-int\", userhash=true");

        assertThat(answer.get("username")).contains(calculator.userhash(DigestAlgorithm.SHA_256, "alice", "a"));
        assertThat(answer.get("userhash")).contains("true");
        assertThat(answer.get("realm")).contains("a");
        assertThat(answer.get("nonce")).contains("n");
        assertThat(answer.quoted("opaque")).contains("o\\\"p");
        assertThat(answer.get("algorithm")).contains("SHA-256");
        assertThat(answer.get("qop")).contains("auth-int");
        assertThat(answer.get("nc")).contains("00000001");
        assertThat(answer.get("uri")).contains("sip:bob@example.com");
        assertThat(answer.get("response")).contains(response(DigestAlgorithm.SHA_256, "auth-int", answer));
    }

    @Test
    void whatIsNotAskedForIsNotSaid() throws SipParseException {
        AuthHeader answer = answer("Digest realm=\"a\", nonce=\"n\", qop=\"auth\"");

        assertThat(answer.get("username")).contains("alice");
        for (String name : List.of("userhash", "opaque", "algorithm")) {
            assertThat(answer.get(name)).as(name).isEmpty();
        }
        assertThat(answer.get("response")).contains(response(DigestAlgorithm.MD5, "auth", answer));
    }

    @Test
    void anAnswerTakesThePlaceOfTheOneBefore() {
        String first = "Digest realm=\"a\", nonce=\"n\", qop=\"auth\"";
        SipRequest once = answered(MESSAGE, first, first.replace("\"a\"", "\"b\""));
        assertThat(once.headers().all("Authorization")).hasSize(2);
        SipRequest again = answered(once, first.replace("\"n\"", "\"m\""));
        assertThat(again.headers().all("Authorization"))
                .hasSize(1)
                .first()
                .asString()
                .contains("nonce=\"m\"");
    }

    @Test
    void aMalformedChallengeIsLoggedAndSkipped() throws SipParseException {
        try (LogLines log = new LogLines("io.websip.auth")) {
            SipRequest answered = answered(MESSAGE, "Digest realm=\"", "Digest realm=\"a\", nonce=\"n\"");

            assertThat(answered.headers().all("Authorization")).hasSize(1);
            assertThat(log.lines()).hasSize(1).first().asString().startsWith("a malformed challenge is skipped: ");
        }
    }
}
