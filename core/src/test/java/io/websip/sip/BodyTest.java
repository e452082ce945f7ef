package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3261 sections 7.4, 18.3 and 20.14. */
class BodyTest {
    private static final String EMOJI = "Gr\u00fc\u00dfe \ud83d\ude00";

    @Test
    @DisplayName("MSG-22 text without charset is UTF-8")
    void utf8() throws SipParseException {
        SipMessage m = MessageText.request()
                .add("Content-Type: text/plain")
                .body(EMOJI)
                .message();

        assertThat(m.text()).isEqualTo(EMOJI);
    }

    @Test
    @DisplayName("MSG-22 a charset that is named is used; one that is unknown or odd is not")
    void charsets() throws SipParseException {
        byte[] latin = "Gr\u00fc\u00dfe".getBytes(StandardCharsets.ISO_8859_1);
        MessageText text = MessageText.request()
                .add("Content-Type: text/plain;charset=\"iso-8859-1\"")
                .body(latin);
        assertThat(text.message().text()).isEqualTo("Gr\u00fc\u00dfe");
        for (String charset : new String[] {"nonesuch", "\"\"", "", "\"a b\"", "%"}) {
            assertThat(MessageText.request()
                            .add("Content-Type: text/plain;charset=" + charset)
                            .body(EMOJI)
                            .message()
                            .text())
                    .isEqualTo(EMOJI);
        }
    }

    @Test
    @DisplayName("18.3 octets beyond the Content-Length are discarded, also where it is 0")
    void beyondTheLength() throws SipParseException {
        for (int length : new int[] {0, 1, 4}) {
            SipMessage m = MessageText.request()
                    .add("Content-Length: " + length)
                    .body("abcd")
                    .message();
            assertThat(m.text()).isEqualTo("abcd".substring(0, length));
        }
    }

    @Test
    @DisplayName("MSG-22 a body is octets, and comes byte by byte as it was sent")
    void binary() throws SipParseException {
        byte[] octets = new byte[256];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) i;
        }
        SipMessage m = MessageText.request()
                .add("Content-Type: application/octet-stream")
                .add("Content-Length: 256")
                .body(octets)
                .message();

        assertThat(m.body()).isEqualTo(octets);
        assertThat(m.bodyLength()).isEqualTo(256);
        assertThat(m.text()).contains("\ufffd");
    }

    @Test
    @DisplayName("MSG-24 octets beyond Content-Length are discarded")
    void tooMany() throws SipParseException {
        SipMessage m = MessageText.request()
                .add("Content-Length: 5")
                .body("hello, MESSAGE sip:x@y SIP/2.0")
                .message();

        assertThat(m.text()).isEqualTo("hello");
    }

    @Test
    @DisplayName("MSG-24 Content-Length counts octets, not characters")
    void octetsNotCharacters() throws SipParseException {
        int length = EMOJI.getBytes(StandardCharsets.UTF_8).length;

        assertThat(length).isGreaterThan(EMOJI.length());
        assertThat(MessageText.request()
                        .add("Content-Length: " + length)
                        .body(EMOJI + "tail")
                        .message()
                        .text())
                .isEqualTo(EMOJI);
        SipRequest built = SipRequest.builder(SipMethod.MESSAGE, SipUri.of("sip:b@h"))
                .body(EMOJI.getBytes(StandardCharsets.UTF_8))
                .build();
        assertThat(built.headers().first("Content-Length")).contains(String.valueOf(length));
    }

    @Test
    @DisplayName("MSG-24 without Content-Length the body goes to the end")
    void absent() throws SipParseException {
        assertThat(MessageText.request().body("to the end").message().text()).isEqualTo("to the end");
        assertThat(MessageText.request().message().bodyLength()).isZero();
    }

    @Test
    @DisplayName("MSG-24 too few octets: a request is answered 400, a response is discarded")
    void tooFew() {
        SipParseException fault =
                MessageText.request().add("l: 6").body("hello").fault();
        assertThat(fault.statusHint()).isEqualTo(400);
        assertThat(fault.headers()).isPresent();
        assertThat(MessageText.response()
                        .add("Content-Length: 6")
                        .body("hello")
                        .fault()
                        .headers())
                .isEmpty();
    }

    @ParameterizedTest
    @DisplayName("MSG-24 a Content-Length that is no number is a fault")
    @ValueSource(strings = {"-999", "", "abc", "1 2", "+1", "0x1", "5;a=b", "4294967296", "4294967301", "\u0665"})
    void noNumber(String length) {
        assertThat(MessageText.request()
                        .add("Content-Length: " + length)
                        .body("hello")
                        .fault()
                        .statusHint())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("MSG-23, MSG-24 what is built always has Content-Length, and never Transfer-Encoding")
    void built() {
        SipResponse response = SipResponse.builder(200, null).build();

        assertThat(new String(response.toBytes(), StandardCharsets.UTF_8))
                .isEqualTo("SIP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n");
    }

    @Test
    @DisplayName("body and octets given out are copies; parse copies what it is given")
    void copies() throws SipParseException {
        byte[] given = MessageText.request().body("hello").bytes();
        SipMessage m = SipMessage.parse(given);
        java.util.Arrays.fill(given, (byte) 'x');
        m.body()[0] = 'x';
        m.toBytes()[0] = 'x';

        m.verify();
        assertThat(m.text()).isEqualTo("hello");
        assertThat(m.startLine()).startsWith("MESSAGE");
        assertThat(m.unsafeBytes()).hasSize(m.length());
        assertThat(SipMessage.wrap(m.unsafeBytes(), SipLimits.DEFAULT).unsafeBytes())
                .isSameAs(m.unsafeBytes());
    }
}
