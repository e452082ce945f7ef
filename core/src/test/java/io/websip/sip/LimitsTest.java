package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Hard limits: reached is taken, exceeded is refused. */
class LimitsTest {
    @Test
    @DisplayName("21.5.7 a message of just the greatest length is taken, one byte more is a 513")
    void messageBytes() throws SipParseException {
        byte[] bytes = MessageText.request().body("hello").bytes();

        SipMessage.parse(bytes, new SipLimits(bytes.length, 256, 8_192)).verify();
        SipParseException fault = Faults.of(() -> SipMessage.parse(bytes, new SipLimits(bytes.length - 1, 256, 8_192)));
        assertThat(fault.statusHint()).isEqualTo(513);
        assertThat(fault.headers().orElseThrow().size()).isEqualTo(6);
    }

    @Test
    @DisplayName("21.5.7 a message beyond every limit is a 513 without a look into it")
    void beyondAll() {
        byte[] bytes = new byte[SipLimits.MAX_MESSAGE_BYTES + 1];

        SipParseException fault = Faults.of(() -> SipMessage.wrap(bytes, SipLimits.DEFAULT));
        assertThat(fault.statusHint()).isEqualTo(513);
        assertThat(fault.headers()).isEmpty();
    }

    @Test
    @DisplayName("rows: as many as allowed, one more is a fault, and those before it can be echoed")
    void rows() throws SipParseException {
        byte[] bytes = MessageText.request().bytes();

        SipMessage.parse(bytes, new SipLimits(65_535, 6, 8_192)).verify();
        SipParseException fault = Faults.of(() -> SipMessage.parse(bytes, new SipLimits(65_535, 5, 8_192)));
        assertThat(fault.statusHint()).isEqualTo(400);
        assertThat(fault.headers().orElseThrow().size()).isEqualTo(5);
    }

    @Test
    @DisplayName("many rows, all of them there")
    void manyRows() throws SipParseException {
        MessageText text = MessageText.request();
        for (int i = 0; i < 250; i++) {
            text.add("X-" + i + ": " + i);
        }
        SipHeaders headers = text.headers();

        assertThat(headers.size()).isEqualTo(256);
        assertThat(headers.first("X-249")).contains("249");
        assertThat(text.add("X: y").fault().statusHint()).isEqualTo(400);
    }

    @Test
    @DisplayName("a row as long as allowed, and one byte more, folds counted")
    void rowBytes() throws SipParseException {
        String row = "X: " + "x".repeat(8_180) + "\r\n foldy";
        assertThat(row).hasSize(8_191);

        MessageText.request().add(row + "1").message();
        SipHeaders without = MessageText.request().add(row + "12").add("Z: 1").headers();
        assertThat(without.contains("X")).isFalse();
        assertThat(without.contains("Z")).isTrue();
    }

    @Test
    @DisplayName(
            "a row that is needed is a fault where it is too long, and a list of a response is not bounded by itself")
    void neededRowBytes() throws SipParseException {
        String longer = "x".repeat(8_192);
        assertThat(MessageText.request().set("Call-ID", longer).fault().statusHint())
                .isEqualTo(400);
        assertThat(MessageText.response()
                        .set("CSeq", longer + " MESSAGE")
                        .fault()
                        .headers())
                .isEmpty();
        String contacts = "Contact: " + "<sip:alice@example.com>;expires=60,".repeat(300);
        assertThat(MessageText.response().add(contacts).message().contacts()).hasSize(300);
        assertThat(MessageText.request().add(contacts).message().contacts()).isEmpty();
    }

    @Test
    @DisplayName("a response with more rows than are kept is matched by those that it needs")
    void manyRowsOfAResponse() throws SipParseException {
        MessageText text = MessageText.response();
        for (int i = 0; i < 300; i++) {
            text.add("X-" + i + ": " + i);
        }
        assertThat(text.headers().size()).isEqualTo(256);
        assertThat(text.add("Content-Length: 0").fault().headers()).isEmpty();
    }

    @Test
    @DisplayName("the start line counts as a row")
    void startLine() {
        assertThat(MessageText.request()
                        .start("MESSAGE sip:" + "b".repeat(8_192) + "@h SIP/2.0")
                        .fault()
                        .statusHint())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("limits are at least 1")
    void bounds() {
        assertThatThrownBy(() -> new SipLimits(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SipLimits((1 << 24) + 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SipLimits(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SipLimits(1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new SipLimits(1, 1, 1).maxMessageBytes()).isEqualTo(1);
        assertThat(new SipLimits(1 << 24, 1, 1).maxMessageBytes()).isEqualTo(SipLimits.MAX_MESSAGE_BYTES);
    }
}
