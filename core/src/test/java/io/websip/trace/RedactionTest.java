package io.websip.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.websip.transport.ServerAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** G8: what a trace shows of a message is of no worth to a thief. */
class RedactionTest {
    private static WireMessage message(String text) {
        return WireMessage.of(
                WireMessage.Direction.SENT,
                ServerAddress.parse("wss://sip.example.com/?token=Geheimnis"),
                Instant.EPOCH,
                text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            Authorization: Digest username="alice", realm="a.com", response="0123456789abcdef0123456789abcdef" | Authorization: Digest username="alice", realm="a.com", response="..."
            proxy-authorization : Digest response = "0123456789abcdef" , nc=00000001,qop=auth | proxy-authorization : Digest response = "..." , nc=00000001,qop=auth
            Authorization: Digest cnonce="0a4f113b99887766", nonce="84a4cc6f3082121f32b42a2187831a9e" | Authorization: Digest cnonce="0a4f...", nonce="84a4..."
            Authorization: Digest nonce="short", opaque=bare | Authorization: Digest nonce="...", opaque=...
            Authorization: Digest response="01\\"23", uri="sip:a.com" | Authorization: Digest response="...", uri="sip:a.com"
            Authorization: Digest response="never closed | Authorization: Digest response="..."
            Authorization: Digest response=unquoted, x-own="anything" | Authorization: Digest response=..., x-own="..."
            Authorization: Digest 0123456789abcdef | Authorization: Digest ...
            Authorization: Digest realm="a.com" 0123456789abcdef, nc=1 | Authorization: Digest realm="a.com"...
            Authorization: Basic YWxpY2U6c2VjcmV0 | Authorization: ...
            Authorization: Bearer abc.def.ghi== | Authorization: ...
            WWW-Authenticate: Digest realm="a.com", nonce="84a4cc6f3082121f32b42a2187831a9e", stale=true | WWW-Authenticate: Digest realm="a.com", nonce="84a4...", stale=true
            Authentication-Info: nextnonce="84a4cc6f3082121f32b42a2187831a9e", rspauth="0123456789abcdef" | Authentication-Info: nextnonce="84a4...", rspauth="..."
            Authorization: Digest uri="sip:bob:builder@a.com", nc=1 | Authorization: Digest uri="sip:bob:...@a.com", nc=1
            Cookie: session=abc | Cookie: ...
            Set-Cookie: session=abc; Secure | Set-Cookie: ...
            X-Api-Key: abc | X-Api-Key: ...
            X-Auth-Token: abc | X-Auth-Token: ...
            To: "Bob" <sip:bob:builder@example.com>;tag=1 | To: "Bob" <sip:bob:...@example.com>;tag=1
            Contact: <SIPS:a:b:c@h:5061>, <sip:d@e> | Contact: <SIPS:a:...@h:5061>, <sip:d@e>
            Via: SIP/2.0/WSS abc.invalid;branch=z9hG4bK1 | Via: SIP/2.0/WSS abc.invalid;branch=z9hG4bK1
            Contact: <sip:host:5060>, <sip:bob@example.com> | Contact: <sip:host:5060>, <sip:bob@example.com>
            """)
    void fieldByField(String field, String shown) {
        assertThat(message("MESSAGE sip:b@c SIP/2.0\n" + field + "\n\nbody").head())
                .isEqualTo("MESSAGE sip:b@c SIP/2.0\n" + shown + "\n");
    }

    @Test
    void theRestOfAFieldOnFurtherLinesIsPartOfIt() {
        String head = message(
                        "REGISTER sip:a SIP/2.0\nAuthorization: Digest realm=\"a\",\n response=\"0123\",\n\tnc=1\nTo: x\n")
                .head();
        assertThat(head)
                .isEqualTo(
                        "REGISTER sip:a SIP/2.0\nAuthorization: Digest realm=\"a\",\n response=\"...\",\n\tnc=1\nTo: x\n");
    }

    @Test
    void aPasswordInTheRequestUriIsNotShown() {
        assertThat(message("MESSAGE sip:bob:builder@c SIP/2.0\n\n").text())
                .isEqualTo("MESSAGE sip:bob:...@c SIP/2.0\n\n");
    }

    @Test
    void theBodyIsInTheTextAndNotInTheHead() {
        WireMessage message = message("MESSAGE sip:b SIP/2.0\nTo: x\n\nHello\nBob");
        assertThat(message.text()).isEqualTo("MESSAGE sip:b SIP/2.0\nTo: x\n\nHello\nBob");
        assertThat(message.head()).isEqualTo("MESSAGE sip:b SIP/2.0\nTo: x\n");
        assertThat(message.toString()).isEqualTo("SENT to wss://sip.example.com:443/: SIP, 42 bytes");
    }

    @Test
    void nothingActsOnATerminal() {
        assertThat(message("SIP/2.0 200 \u001b[31mOK\n\n\u0000\u0007body\u009b").text())
                .isEqualTo("SIP/2.0 200 \ufffd[31mOK\n\n\ufffd\ufffdbody\ufffd");
    }

    @Test
    void keepAlivesHaveAKindAndNoText() {
        assertThat(message("\n\n").kind()).isEqualTo(WireMessage.Kind.CRLF_PING);
        assertThat(message("\n").kind()).isEqualTo(WireMessage.Kind.CRLF_PONG);
        assertThat(message("\n\n\n").kind()).isEqualTo(WireMessage.Kind.CRLF_PONG);
        assertThat(message("\n\n").text()).isEmpty();
        assertThat(message("\n\n").size()).isEqualTo(4);
    }

    @Test
    void whateverComesItThrowsNothingAndTakesLinearTime() {
        String alphabet = "Authorization: Digest response=\"\\,;<>@:sip \n\t\r";
        for (long seed = 0; seed < 300; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            StringBuilder text = new StringBuilder("Authorization: Digest ");
            random.ints(200, 0, alphabet.length()).forEach(i -> text.append(alphabet.charAt(i)));
            assertThat(message(text.toString()).text()).as("seed " + seed).isNotEmpty();
        }
        for (String part :
                new String[] {"\\\"", "=", "a=\"", "sip:a:", "\n ", "Digest ", ",", "sip:", "sip:a:b@", "@"}) {
            WireMessage huge =
                    message("Authorization: Digest a=\"" + part.repeat(100_000) + "\nTo: " + part.repeat(100_000));
            assertTimeout(Duration.ofSeconds(5), huge::text, part);
        }
    }
}
