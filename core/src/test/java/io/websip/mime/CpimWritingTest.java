package io.websip.mime;

import static io.websip.mime.Bodies.ALICE;
import static io.websip.mime.Bodies.BOB;
import static io.websip.mime.Bodies.text;
import static io.websip.mime.Bodies.uri;
import static io.websip.mime.Bodies.withMetadata;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3862 as the strictest peer takes it. */
class CpimWritingTest {
    private static CpimBuilder hi() {
        return Cpim.builder().from(ALICE).to(BOB).content(BodyPart.text("Hi"));
    }

    private static String written(CpimBuilder builder) {
        return text(builder.build().toBytes());
    }

    @Test
    @DisplayName("3862 2.2 every header in its place, one a line, one space behind the colon, CRLF")
    void order() {
        String written = written(hi().cc(uri("sip:carol@example.com"))
                .dateTime(Instant.parse("2026-12-01T10:00:00.999Z"))
                .subject("Lunch")
                .subject("fr", "D\u00e9jeuner")
                .namespace("cpm", "urn:example:cpm")
                .header("cpm.Payload-Type", "a\tb")
                .require("cpm.Payload-Type")
                .messageId("a-1")
                .originalTo(uri("sip:list@example.com"))
                .route(uri("sip:relay@example.com")));

        assertThat(written).isEqualTo("""
                        From: <sip:alice@example.com>
                        To: <sip:bob@example.com>
                        cc: <sip:carol@example.com>
                        DateTime: 2026-12-01T10:00:00Z
                        Subject: Lunch
                        Subject:;lang=fr D\u00e9jeuner
                        NS: cpm <urn:example:cpm>
                        Require: cpm.Payload-Type
                        cpm.Payload-Type: a\\tb
                        NS: imdn <urn:ietf:params:imdn>
                        imdn.Message-ID: a-1
                        imdn.Original-To: <sip:list@example.com>
                        imdn.IMDN-Route: <sip:relay@example.com>

                        Content-Type: text/plain;charset=UTF-8
                        Content-Length: 2

                        Hi""".replace("\n", "\r\n"));
    }

    @Test
    @DisplayName("3862 2.4 backslashes and controls are escaped, and nothing else")
    void escapes() {
        String subject = "a\tb\\c\ud83c\udf89 \"q\" 'q' \u0001\u007f\u0085\r\nFrom: x";
        Cpim written = hi().subject(subject).build();

        assertThat(text(written.toBytes()))
                .contains("Subject: a\\tb\\\\c\ud83c\udf89 \"q\" 'q' \\u0001\\u007f\u0085\\r\\nFrom: x\r\n");
        assertThat(written.subject()).contains(subject);
        assertThat(written.from().orElseThrow().uri()).isEqualTo(ALICE);
    }

    @Test
    @DisplayName("3862 2.2 no white space at a line's end")
    void lineEnds() {
        Cpim written = hi().subject("  a  ").build();
        assertThat(text(written.toBytes())).contains("Subject: a\r\n");
        assertThat(text(hi().subject("a\t").build().toBytes())).contains("Subject: a\\t\r\n");
    }

    @Test
    @DisplayName("5438 7.1.1.2 a space behind each comma, in a fixed order")
    void requests() {
        String written = written(hi().messageId("a1")
                .dateTime(Instant.EPOCH)
                .request(
                        NotificationRequest.DISPLAY,
                        NotificationRequest.POSITIVE_DELIVERY,
                        NotificationRequest.DISPLAY));
        assertThat(written)
                .contains("imdn.Disposition-Notification: positive-delivery, display\r\n")
                .contains("DateTime: 1970-01-01T00:00:00Z\r\n");
    }

    @Test
    @DisplayName("5438 7.1.1 no request without an id and a date, none by an anonymous sender")
    void refusedRequests() {
        assertThatThrownBy(() ->
                        hi().request(NotificationRequest.DISPLAY).messageId("a").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("display")
                .hasMessageContaining("RFC 5438 section 7.1.1");
        assertThatThrownBy(() -> hi().request(NotificationRequest.DISPLAY)
                        .dateTime(Instant.EPOCH)
                        .build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hi().from(uri("sip:anonymous@Anonymous.invalid;x=y"))
                        .request(NotificationRequest.DISPLAY)
                        .dateTime(Instant.EPOCH)
                        .messageId("a")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RFC 5438 section 12.1.1");
        assertThat(written(hi().from(uri("sip:anonymous@anonymous.invalid")))).contains("anonymous");
        assertThat(written(hi().from(uri("sip:anonymous@anonymous.invalid.example.com"))
                        .request(NotificationRequest.DISPLAY)
                        .dateTime(Instant.EPOCH)
                        .messageId("a")))
                .contains("display");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a@b", "a b", "a=", "a/b", "<a>", "a\r\nb", "\u00e4"})
    @DisplayName("5438 10 a Message-ID is a token")
    void messageIds(String id) {
        assertThatThrownBy(() -> hi().messageId(id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RFC 5438 section 10")
                .hasMessageNotContaining("\r");
        assertThatThrownBy(() -> hi().messageId("a".repeat(257))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"im:alice@example.com", "IM:alice@example.com", "pres:alice@example.com"})
    @DisplayName("3861 an abstract address is refused, since peers do")
    void abstractAddresses(String uri) {
        assertThatThrownBy(() -> hi().from(uri(uri)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(uri);
        assertThatThrownBy(() -> hi().to(uri(uri))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hi().cc(uri(uri))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("a value is named with its rule, and a password never")
    void refusedValues() {
        assertThatThrownBy(() -> hi().from(uri("sip:anonymous:secret@anonymous.invalid"))
                        .request(NotificationRequest.DISPLAY)
                        .dateTime(Instant.EPOCH)
                        .messageId("a")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> hi().subject(" ")).hasMessageContaining("Subject");
        assertThatThrownBy(() -> hi().subject("\ud800")).hasMessageContaining("surrogate");
        assertThatThrownBy(() -> hi().subject("fr fr", "x")).hasMessageContaining("RFC 3862 section 3.3");
        assertThatThrownBy(() -> hi().subject("a-", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hi().subject("-a", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hi().subject("abcdefghi", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThat(written(hi().subject("de-AT-1996", "x"))).contains("Subject:;lang=de-AT-1996 x\r\n");
        assertThatThrownBy(() -> hi().dateTime(Instant.parse("+10000-01-01T00:00:00Z")))
                .hasMessageContaining("RFC 3339");
        assertThatThrownBy(() -> hi().dateTime(Instant.MAX)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hi().namespace("imdn", "urn:x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hi().namespace("a.b", "urn:x")).hasMessageContaining("a.b");
        assertThatThrownBy(() -> hi().namespace("a", "urn:x>\r\nFrom: <x")).hasMessageNotContaining("\r");
        assertThatThrownBy(() -> hi().namespace("a", "urn:x").namespace("a", "urn:y"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hi().header("a.B", "x")).hasMessageContaining("a.B");
        assertThatThrownBy(() -> hi().header("B", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hi().namespace("a", "urn:x").header("a.B:", "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hi().namespace("a", "urn:x").header("a.B", " "))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hi().require("a.B")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("what is missing is named")
    void missing() {
        assertThatThrownBy(() ->
                        Cpim.builder().to(BOB).content(BodyPart.text("Hi")).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("From");
        assertThatThrownBy(() ->
                        Cpim.builder().from(BOB).content(BodyPart.text("Hi")).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("To");
        assertThatThrownBy(() -> Cpim.builder().from(BOB).to(BOB).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("content");
    }

    @Test
    @DisplayName("what goes beyond the limits could not be read, and is not written")
    void tooMuch() {
        CpimBuilder many = hi();
        for (int i = 0; i < 70; i++) {
            many.to(uri("sip:a" + i + "@example.com"));
        }
        assertThatThrownBy(many::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 header fields");
        assertThatThrownBy(() -> hi().subject("a".repeat(8_192)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8192 octets");
    }

    @Test
    @DisplayName("a content that came in a wider form goes out in the strict one")
    void rewritten() {
        BodyPart wide = withMetadata("Subject: a").content();
        Cpim read = Bodies.cpim(
                "From: <sip:a@b>\ncontent-type:text/plain;\n charset=utf-8 \nContent-length: 99\nx-a:b\n\nHi");
        assertThat(written(Cpim.builder().from(ALICE).to(BOB).content(read.content())))
                .endsWith("\r\n\r\nContent-Type: text/plain; charset=utf-8\r\nx-a: b\r\nContent-Length: 2\r\n\r\nHi");
        assertThat(written(Cpim.builder().from(ALICE).to(BOB).content(wide)))
                .endsWith("\r\n\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nHi");
        BodyPart untyped = Bodies.cpim("From: <sip:a@b>\n\n\nHi").content();
        assertThat(written(Cpim.builder().from(ALICE).to(BOB).content(untyped)))
                .endsWith("\r\n\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nHi");
        BodyPart mistyped = Bodies.cpim("From: <sip:a@b>\n\nX-A: b\nContent-type:\nContent-type: a/b\n\nHi")
                .content();
        assertThat(written(Cpim.builder().from(ALICE).to(BOB).content(mistyped)))
                .endsWith("\r\n\r\nContent-Type: application/octet-stream\r\nX-A: b\r\nContent-Length: 2\r\n\r\nHi");
        BodyPart hostile = Bodies.cpim("From: <sip:a@b>\n\nX-A: a\u0000b\n\nHi").content();
        assertThatThrownBy(() ->
                        Cpim.builder().from(ALICE).to(BOB).content(hostile).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-A")
                .hasMessageNotContaining("\u0000");
    }

    @Test
    @DisplayName("3862 2.2 a message that is sent on keeps its octets")
    void sentOn() throws MimeParseException {
        byte[] odd = Bodies.utf8("Subject:x \n\ncontent-type:text/plain\n\nHi");
        assertThat(Cpim.parse(odd).toBytes()).isEqualTo(odd);
        assertThat(Cpim.of(BodyPart.parse(Cpim.parse(odd).toPart().toBytes())).toBytes())
                .isEqualTo(odd);
    }
}
