package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is built is what is parsed again from its octets. */
class MessageBuilderTest {
    private static SipMessageBuilder<SipRequest> request() {
        return SipRequest.builder(SipMethod.MESSAGE, SipUri.of("sip:bob@example.com"))
                .add(
                        "Via",
                        Via.of("WSS", "df7jal23ls0d.invalid", "z9hG4bK776asdhds")
                                .toString())
                .add("Max-Forwards", "70")
                .add("To", NameAddress.of(SipUri.of("sip:bob@example.com")).toString())
                .add(
                        "From",
                        NameAddress.of("Al\u00efce \"Q\"", SipUri.of("sip:alice@example.com"))
                                .with("tag", "tnq8ir0r2c")
                                .toString())
                .add("Call-ID", "a84b4c76e66710")
                .add("CSeq", new CSeq(1, SipMethod.MESSAGE).toString());
    }

    private static SipMessage again(SipMessage built) throws SipParseException {
        SipMessage parsed = SipMessage.parse(built.toBytes());
        parsed.verify();
        built.verify();
        assertThat(parsed.startLine()).isEqualTo(built.startLine());
        assertThat(Rows.of(parsed)).isEqualTo(Rows.of(built));
        assertThat(parsed.body()).isEqualTo(built.body());
        assertThat(parsed.topVia()).isEqualTo(built.topVia());
        assertThat(parsed.from()).isEqualTo(built.from());
        assertThat(parsed.to()).isEqualTo(built.to());
        assertThat(parsed.cseq()).isEqualTo(built.cseq());
        assertThat(parsed.callId()).isEqualTo(built.callId());
        assertThat(parsed.contacts()).isEqualTo(built.contacts());
        assertThat(parsed.contentType()).isEqualTo(built.contentType());
        return parsed;
    }

    @Test
    @DisplayName("a built request is the one parsed from its octets")
    void requestRoundTrip() throws SipParseException {
        SipRequest built = request()
                .add("Content-Type", "text/plain;charset=utf-8")
                .add("X-Foo", " \u20ac ;;,, ")
                .add("Contact", "<sip:a@h>, <sip:b@h>")
                .add("Subject", "")
                .body("Hello \ud83d\ude00".getBytes(StandardCharsets.UTF_8))
                .build();
        SipRequest parsed = (SipRequest) again(built);

        assertThat(parsed.method()).isEqualTo(built.method());
        assertThat(parsed.requestUri()).isEqualTo(built.requestUri());
        assertThat(parsed.maxForwards()).isEqualTo(built.maxForwards()).hasValue(70);
        assertThat(parsed.text()).isEqualTo(built.text()).isEqualTo("Hello \ud83d\ude00");
    }

    @Test
    @DisplayName("a built response is the one parsed from its octets, UTF-8 reason and all")
    void responseRoundTrip() throws SipParseException {
        SipHeaders request = request().build().headers();
        for (String reason : new String[] {"OK", "", "\u0412\u0441\u0451 [x]"}) {
            SipResponse built = SipResponse.to(request, 200, reason, "t")
                    .add("Allow", "MESSAGE, OPTIONS")
                    .body(new byte[] {0, 13, 10, -1})
                    .build();
            SipResponse parsed = (SipResponse) again(built);

            assertThat(parsed.status()).isEqualTo(200);
            assertThat(parsed.reason()).isEqualTo(built.reason()).isEqualTo(reason);
        }
    }

    @Test
    @DisplayName("a reason phrase beyond what is kept of it reads the same in a built response")
    void longReason() throws SipParseException {
        SipResponse built = SipResponse.to(request().build().headers(), 200, "x".repeat(600), null)
                .build();

        assertThat(built.reason()).isEqualTo(((SipResponse) SipMessage.parse(built.toBytes())).reason());
    }

    @Test
    @DisplayName("names are written in their usual spelling, once each by set")
    void names() {
        SipHeaders headers = request()
                .add("k", "a")
                .add("X-Foo", "1")
                .add("supported", "b")
                .add("x-foo", "2")
                .set("Supported", "c")
                .set("X-FOO", "3")
                .set("X-New", "4")
                .remove("cSEQ")
                .remove("X-None")
                .addFirst("Route", "<sip:r;lr>")
                .build()
                .headers();

        assertThat(Rows.of(headers))
                .startsWith("Route: <sip:r;lr>", "Via: SIP/2.0/WSS df7jal23ls0d.invalid;branch=z9hG4bK776asdhds")
                .endsWith("Supported: c", "X-FOO: 3", "X-New: 4", "Content-Length: 0");
        assertThat(headers.contains("CSeq")).isFalse();
    }

    @Test
    @DisplayName("toBuilder gives the same request, and set changes what is to differ")
    void toBuilder() throws SipParseException {
        SipRequest first = request()
                .add("Content-Type", "text/plain")
                .add("X-Foo", "1")
                .body(new byte[] {1, 2})
                .build();
        assertThat(first.toBuilder().build().toBytes()).isEqualTo(first.toBytes());

        SipRequest second = first.toBuilder()
                .set("CSeq", "2 MESSAGE")
                .requestUri(SipUri.of("sip:carol@example.com"))
                .build();
        again(second);
        assertThat(second.requestUriText()).isEqualTo("sip:carol@example.com");
        assertThat(second.cseq().number()).isEqualTo(2);
        assertThat(second.body()).containsExactly(1, 2);
        assertThat(first.cseq().number()).isEqualTo(1);
    }

    @Test
    @DisplayName("any number of rows, at the end or before all others, and each is found in what was built")
    void manyRows() {
        SipMessageBuilder<SipRequest> added = request();
        SipMessageBuilder<SipRequest> set = request();
        SipMessageBuilder<SipRequest> first = request();
        for (int i = 0; i < 60; i++) {
            added.add("X-" + i, "1");
            set.set("X-" + i, "1");
            first.addFirst("X-" + i, "1");
        }
        SipHeaders headers = added.build().headers();
        assertThat(headers.size()).isEqualTo(67);
        assertThat(headers.name(65)).isEqualTo("X-59");
        assertThat(Rows.of(set.build().headers())).isEqualTo(Rows.of(headers));
        assertThat(first.addFirst("Route", "<sip:r;lr>").build().headers().first("Route"))
                .contains("<sip:r;lr>");
        assertThat(Rows.of(first.build().headers()))
                .hasSize(68)
                .startsWith("Route: <sip:r;lr>", "X-59: 1", "X-58: 1")
                .endsWith("CSeq: 1 MESSAGE", "Content-Length: 0");
    }

    @Test
    @DisplayName("a builder may be used again, also after a message that was too long")
    void usedAgain() {
        SipMessageBuilder<SipRequest> builder = request().body(new byte[SipLimits.MAX_MESSAGE_BYTES]);
        assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);

        for (int length = 1; length <= 3; length++) {
            SipRequest built = builder.body(new byte[length]).build();
            assertThat(built.headers().all("Content-Length")).containsExactly(Integer.toString(length));
        }
    }

    @Test
    @DisplayName("MSG-04 a message with folds is written without them")
    void foldsAreNotWritten() throws SipParseException {
        SipRequest folded = (SipRequest) MessageText.request()
                .set("To", "Bob\r\n <sip:bob@example.com>")
                .add("s: a\r\n\tb")
                .message();

        assertThat(new String(folded.toBuilder().build().toBytes(), StandardCharsets.UTF_8))
                .contains("\r\nTo: Bob <sip:bob@example.com>\r\n")
                .contains("\r\nSubject: a b\r\n");
    }

    @Test
    @DisplayName("found by fuzzing: a copy keeps each octet of a start line, also what a program may not give")
    void startLineIsKeptOctetByOctet() throws SipParseException {
        for (String line : new String[] {"SIP/2.0 200 \u00d0\0\u00ff", "SIP/2.0 486 " + "\u00e9".repeat(600)}) {
            SipResponse odd = (SipResponse)
                    MessageText.response().octetForOctet().start(line).message();

            assertThat(new String(odd.toBuilder().build().toBytes(), StandardCharsets.ISO_8859_1))
                    .startsWith(line + "\r\n");
        }
        SipRequest odd = (SipRequest) MessageText.request()
                .octetForOctet()
                .start("MESSAGE sip:b\u00ff@example.com SIP/2.0")
                .message();
        assertThat(odd.toBuilder().build().toBytes()).contains((byte) 0xff);
    }

    @Test
    @DisplayName("the longest message there may be is written, and read again")
    void longest() throws SipParseException {
        int body = 10_000_000; // as many digits as the longest has
        int head = request().body(new byte[body]).build().length() - body;

        SipRequest longest =
                request().body(new byte[SipLimits.MAX_MESSAGE_BYTES - head]).build();
        assertThat(longest.length()).isEqualTo(SipLimits.MAX_MESSAGE_BYTES);
        SipMessage.wrap(longest.unsafeBytes(), new SipLimits(SipLimits.MAX_MESSAGE_BYTES, 256, 8_192))
                .verify();
        SipMessageBuilder<SipRequest> longer = request().body(new byte[SipLimits.MAX_MESSAGE_BYTES - head + 1]);
        assertThatThrownBy(longer::build).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("a message beyond any limit is not written, and a response has no Request-URI")
    void refused() {
        SipMessageBuilder<SipRequest> builder = request().body(new byte[SipLimits.MAX_MESSAGE_BYTES]);

        assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> SipResponse.builder(200, null).requestUri(SipUri.of("sip:h")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("MSG-18 a CSeq out of its bounds is not made")
    void cseq() throws SipParseException {
        assertThatThrownBy(() -> new CSeq(-1, SipMethod.MESSAGE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CSeq(1L << 31, SipMethod.MESSAGE)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new CSeq(CSeq.MAX, SipMethod.MESSAGE)).hasToString("2147483647 MESSAGE");
        assertThat(CSeq.parse("2147483647 MESSAGE")).isEqualTo(new CSeq(CSeq.MAX, SipMethod.MESSAGE));
    }
}
