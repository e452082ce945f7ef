package io.websip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.config.Credentials;
import io.websip.internal.auth.AuthAttempt;
import io.websip.internal.auth.AuthScope;
import io.websip.internal.auth.Authenticator;
import io.websip.sip.AuthHeader;
import io.websip.sip.QuotedString;
import io.websip.sip.SipMessage;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A challenge is read or refused, and what the agent answers to it is a clean header that names the same realm and nonce. Lines
 * are challenges; behind an empty one stands an Authentication-Info.
 */
final class ChallengeFuzz {
    private static final Credentials ALICE = Credentials.password("alice", "secret");

    private ChallengeFuzz() {}

    static void run(byte[] input) throws SipParseException {
        String[] parts = new String(input, StandardCharsets.UTF_8)
                .replace("\r", "")
                .replace("\0", "")
                .split("\n\n", 2);
        String[] challenges = parts[0].split("\n", -1);
        for (String challenge : challenges) {
            requoted(challenge);
        }
        SipRequest request = (SipRequest) SipMessage.parse(Samples.good("fuzz"));
        Authenticator authenticator = new Authenticator(List.of(ALICE), List.of(), new Random(1));
        AuthAttempt attempt = attempt();
        authenticator.authorize(request, attempt);
        Optional<SipRequest> answer = Optional.ofNullable(authenticator
                        .answer(request, response(request, 401, "WWW-Authenticate", challenges), attempt)
                        .request())
                .map(builder -> builder.build());
        if (answer.isEmpty()) {
            return;
        }
        credentials(answer.get(), challenges);
        String info = parts.length < 2 ? "" : parts[1].replace('\n', ' ');
        authenticator.ended(answer.get(), response(answer.get(), 200, "Authentication-Info", info), attempt);
        AuthAttempt next = attempt();
        SipRequest later = authenticator.authorize(request, next);
        Clean.rows(later);
        for (String value : later.headers().all("Authorization")) {
            assertThat(AuthHeader.parse(value).isDigest()).isTrue();
        }
    }

    private static AuthAttempt attempt() {
        return new AuthAttempt(new AuthScope(AuthScope.Kind.RECEIVER, "bob", realm -> true));
    }

    private static SipResponse response(SipRequest request, int status, String header, String... values)
            throws SipParseException {
        var builder = SipResponse.to(request.headers(), status, null, "fuzz");
        // A peer writes what our own builder refuses: control characters.
        String octets = new String(builder.build().toBytes(), StandardCharsets.UTF_8);
        int end = octets.indexOf("\r\n\r\n");
        StringBuilder rows = new StringBuilder(octets.substring(0, end));
        for (String value : values) {
            rows.append("\r\n").append(header).append(": ").append(value);
        }
        return (SipResponse)
                SipMessage.parse(rows.append(octets.substring(end)).toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void requoted(String challenge) {
        try {
            AuthHeader header = AuthHeader.parse(challenge);
            for (String name : List.of("realm", "nonce", "opaque", "qop")) {
                Optional<String> value = header.get(name);
                if (value.isPresent() && value.get().chars().noneMatch(c -> Character.isISOControl(c) && c != '\t')) {
                    String again = "Digest " + name + "=" + QuotedString.quote(value.get());
                    assertThat(AuthHeader.parse(again).get(name)).isEqualTo(value);
                }
            }
        } catch (SipParseException e) {
            return; // refused
        }
    }

    private static void credentials(SipRequest answer, String[] challenges) throws SipParseException {
        Clean.rows(answer);
        List<String> values = answer.headers().all("Authorization");
        assertThat(values).isNotEmpty();
        for (String value : values) {
            AuthHeader header = AuthHeader.parse(value);
            assertThat(header.isDigest()).isTrue();
            assertThat(header.get("username")).isPresent();
            assertThat(header.get("response").orElseThrow()).matches("[0-9a-f]{32}|[0-9a-f]{64}");
            assertThat(challenges).anyMatch(challenge -> asks(challenge, header));
        }
        assertThat(answer.toString() + answer.headers()).doesNotContain("secret");
    }

    private static boolean asks(String challenge, AuthHeader answer) {
        try {
            AuthHeader asked = AuthHeader.parse(challenge);
            return asked.get("realm").equals(answer.get("realm"))
                    && asked.get("nonce").equals(answer.get("nonce"))
                    && asked.get("opaque").equals(answer.get("opaque"));
        } catch (SipParseException e) {
            return false;
        }
    }
}
