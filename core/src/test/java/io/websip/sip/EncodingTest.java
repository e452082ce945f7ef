package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** UTF-8, quoted strings and what is not UTF-8 (RFC 3261 section 25.1). */
class EncodingTest {
    @ParameterizedTest
    @DisplayName("MSG-11 a display name comes back as it was given")
    @ValueSource(
            strings = {
                "Alice",
                "Alice \"Q\" \\ Liddell",
                "\\",
                "\"",
                "\\\"",
                "\u0420\u043e\u043c\u0430\u043d",
                "\ud83d\ude00",
                "a,b;c<d>e",
                " spaces ",
                "tab\tquote"
            })
    void displayName(String name) throws SipParseException {
        NameAddress address = NameAddress.of(name, SipUri.of("sip:alice@example.com"));

        assertThat(NameAddress.parse(address.toString()).displayName()).contains(name);
        assertThat(MessageText.request()
                        .set("From", address.toString())
                        .message()
                        .from()
                        .displayName())
                .contains(name);
    }

    @Test
    @DisplayName("MSG-11 a quoted pair is unescaped once")
    void quotedPair() throws SipParseException {
        assertThat(NameAddress.parse("\"\\\"\\\\\\a\\\u0007\" <sip:a@h>").displayName())
                .contains("\"\\a\u0007");
        assertThat(NameAddress.parse("\"\\\\\\\\n\" <sip:a@h>").displayName()).contains("\\\\n");
        assertThat(NameAddress.parse("\"\\\u0000\" <sip:a@h>").displayName()).contains("\u0000");
    }

    @Test
    @DisplayName("MSG-11 a backslash before a fold does not let a line break through")
    void escapedFold() throws SipParseException {
        NameAddress from = MessageText.request()
                .set("From", "\"a\\\r\n b\" <sip:a@h>;x=\"c\\\r\n d\"")
                .message()
                .from();

        assertThat(from.displayName()).contains("a b");
        assertThat(from.parameters().get("x")).contains("c d");
    }

    @ParameterizedTest
    @DisplayName("MSG-11 a quoted string that does not end is malformed")
    @ValueSource(strings = {"\"", "\"a", "\"a\\", "\"a\\\"", "\"\\\\\\\""})
    void unterminated(String quoted) {
        assertThat(Faults.isMalformed(() -> NameAddress.parse(quoted))).isTrue();
        assertThat(Faults.isMalformed(() -> NameAddress.parse("<sip:a@h>;x=" + quoted)))
                .isTrue();
        assertThat(Faults.isMalformed(() -> AuthHeader.parse("Digest realm=" + quoted)))
                .isTrue();
        assertThat(Faults.isMalformed(() -> MediaType.parse("text/plain;x=" + quoted)))
                .isTrue();
        assertThat(Faults.isMalformed(() -> Via.parse("SIP/2.0/WS h;x=" + quoted)))
                .isTrue();
    }

    @Test
    @DisplayName("MSG-11 quoting refuses what no quoted string can hold")
    void quoteRefuses() {
        assertThat(QuotedString.quote("a\"b\\c")).isEqualTo("\"a\\\"b\\\\c\"");
        for (String bad : new String[] {"\r", "\n", "\0", "\ud800", "a\udc00"}) {
            assertThatThrownBy(() -> QuotedString.quote(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @DisplayName("MSG-25 every value is UTF-8")
    void utf8() throws SipParseException {
        SipMessage m = MessageText.request()
                .set("From", "\u00c4lice <sip:alice@example.com>;tag=1;x=\"\u20ac\"")
                .add("Subject: \ud83d\ude00")
                .message();

        assertThat(m.from().displayName()).contains("\u00c4lice");
        assertThat(m.from().parameters().get("x")).contains("\u20ac");
        assertThat(m.headers().first("Subject")).contains("\ud83d\ude00");
    }

    @Test
    @DisplayName("MSG-25 an octet that is not UTF-8 spoils its own value only")
    void invalidUtf8() throws SipParseException {
        SipMessage m = MessageText.request()
                .octetForOctet()
                .add("Subject: a\u00ffb")
                .add("X-Next: \u00c0")
                .add("X-Last: c")
                .set("From", "\"\u00c0lice\" <sip:alice@example.com>;tag=1")
                .set("To", "\u00c0ob <sip:bob@example.com>")
                .message();

        assertThat(m.headers().first("Subject")).contains("a\ufffdb");
        assertThat(m.headers().first("X-Next")).contains("\ufffd");
        assertThat(m.headers().first("X-Last")).contains("c");
        assertThat(m.from().displayName()).contains("\ufffdlice");
        assertThat(m.to().displayName()).contains("\ufffdob");
        assertThat(m.from().tag()).contains("1");
    }

    @Test
    @DisplayName("MSG-25 octets that are not UTF-8 are echoed as they came")
    void invalidUtf8Echoed() throws SipParseException {
        SipMessage m = MessageText.request()
                .octetForOctet()
                .set("From", "\"\u00c0\u00ff\" <sip:alice@example.com>;tag=1")
                .message();
        byte[] answer = SipResponse.to(m.headers(), 200, null, "t").build().toBytes();

        assertThat(new String(answer, StandardCharsets.ISO_8859_1))
                .contains("From: \"\u00c0\u00ff\" <sip:alice@example.com>;tag=1\r\n");
    }
}
