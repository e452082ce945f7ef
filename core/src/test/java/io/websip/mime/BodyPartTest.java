package io.websip.mime;

import static io.websip.mime.Bodies.fault;
import static io.websip.mime.Bodies.text;
import static io.websip.mime.Bodies.utf8;
import static io.websip.mime.Bodies.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.sip.MediaType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 2045, RFC 2183, RFC 5621. */
class BodyPartTest {
    private static BodyPart parse(String lines) {
        try {
            return BodyPart.parse(wire(lines));
        } catch (MimeParseException e) {
            throw new AssertionError(lines, e);
        }
    }

    private static ContentDisposition disposition(String value) {
        return parse("Content-Disposition: " + value + "\n\n").disposition().orElseThrow();
    }

    @Test
    @DisplayName("2045 3 header fields in any case, folded, repeated")
    void headers() throws MimeParseException {
        BodyPart part = parse("content-TYPE : text/plain;\n\tcharset=ISO-8859-1\nX-A: 1\nx-a:2\nX-B:\n\nGr");
        assertThat(part.headers().size()).isEqualTo(4);
        assertThat(part.headers().name(0)).isEqualTo("content-TYPE");
        assertThat(part.headers().value(0)).isEqualTo("text/plain; charset=ISO-8859-1");
        assertThat(part.headers().all("X-A")).containsExactly("1", "2");
        assertThat(part.headers().first("x-b")).contains("");
        assertThat(part.headers().contains("X-C")).isFalse();
        assertThat(part.headers()).hasToString("content-TYPE: text/plain; charset=ISO-8859-1\nX-A: 1\nx-a: 2\nX-B: \n");
        assertThat(part.contentType().charset()).contains(StandardCharsets.ISO_8859_1);
        assertThat(part.headers())
                .isEqualTo(parse("content-TYPE: text/plain; charset=ISO-8859-1\nX-A: 1\nx-a: 2\nX-B:\n\n")
                        .headers());
        assertThatThrownBy(() -> part.headers().value(4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(BodyPart.parse(part.toBytes())).isEqualTo(part).hasSameHashCodeAs(part);
    }

    @Test
    @DisplayName("2045 5.2 without a type it is text, with a malformed one it is octets")
    void types() {
        assertThat(parse("\nHi").contentType()).isEqualTo(MediaType.of("text/plain"));
        assertThat(parse("Content-Type: frob\n\nHi").contentType()).isEqualTo(MediaType.of("application/octet-stream"));
        assertThat(parse("Content-Type:\n\nHi").contentType()).isEqualTo(MediaType.of("application/octet-stream"));
    }

    @Test
    @DisplayName("a charset that is not known is read as UTF-8, and what is not valid becomes U+FFFD")
    void charsets() throws MimeParseException {
        assertThat(BodyPart.of("text/plain;charset=frob", utf8("\u00fc")).text())
                .isEqualTo("\u00fc");
        assertThat(BodyPart.of("text/plain;charset=\"\"", utf8("\u00fc")).text())
                .isEqualTo("\u00fc");
        assertThat(BodyPart.of("text/plain", new byte[] {(byte) 0xfc}).text()).isEqualTo("\ufffd");
        assertThat(BodyPart.of("text/plain;charset=ISO-8859-1", new byte[] {(byte) 0xfc})
                        .text())
                .isEqualTo("\u00fc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attachment;filename=\"a b.png\"|a b.png",
                "attachment;filename=a.png|a.png",
                "attachment; filename=\"../../etc/passwd\"|passwd",
                "attachment;filename=\"C:\\\\temp\\\\a.exe\"|a.exe",
                "attachment;filename=\"C:a.exe\"|a.exe",
                "attachment;filename=\"a\tb\u202etxt.exe\"|a_b_txt.exe",
                "attachment;filename*=UTF-8''%e2%82%ac%20a.txt;filename=\"b\"|\u20ac a.txt",
                "attachment;filename*=iso-8859-1'en'%A3.txt|\u00a3.txt",
                "attachment;filename*=utf-8''..%2f..%2fx|x",
                "attachment;filename*=frob''a;filename=b|b",
                "attachment;filename*=a;filename=b|b",
                "attachment;filename*=utf-8''100%zz|100%zz",
                "attachment;filename=\"Gr\u00fc\u00dfe \ud83d\udc68\u200d\ud83d\udc69.txt\"|Gr\u00fc\u00dfe \ud83d\udc68\u200d\ud83d\udc69.txt"
            })
    @DisplayName("2183 2.3, 2231 4 the name of a file leads nowhere and hides nothing")
    void fileNames(String value, String name) {
        assertThat(disposition(value).fileName()).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attachment",
                "attachment;filename=\"\"",
                "attachment;filename=\"..\"",
                "attachment;filename=\"a/\"",
                "attachment;filename=\" \""
            })
    @DisplayName("2183 2.3 what is no name of a file")
    void noFileNames(String value) {
        assertThat(disposition(value).fileName()).isEmpty();
    }

    @Test
    @DisplayName("the name parameter of the type serves where the disposition has none")
    void nameOfType() {
        assertThat(parse("Content-Type: image/png;name=\"x/a.png\"\n\n").fileName())
                .contains("a.png");
        assertThat(parse("\n").fileName()).isEmpty();
    }

    @Test
    @DisplayName("5621 8.1 required where nothing else is said")
    void handling() {
        assertThat(parse("\n").isRequired()).isTrue();
        assertThat(disposition("render").isRequired()).isTrue();
        assertThat(disposition("render;handling=frob").isRequired()).isTrue();
        assertThat(disposition("render;Handling=Optional").isRequired()).isFalse();
        assertThat(ContentDisposition.RENDER.optional()).hasToString("render;handling=optional");
        assertThat(ContentDisposition.RENDER.optional().optional()).hasToString("render;handling=optional");
        assertThat(disposition(" Attachment ").type()).isEqualTo("attachment");
        assertThat(disposition("frob").isKnown()).isFalse();
        assertThat(parse("Content-Disposition: ;x\n\n").disposition()).isEmpty();
        assertThat(fault(() -> ContentDisposition.parse("a b")).statusHint()).isEqualTo(400);
    }

    @Test
    @DisplayName("2045 7 a Content-ID with and without its brackets")
    void contentIds() {
        assertThat(parse("Content-ID: <a@b>\n\n").contentId()).contains("a@b");
        assertThat(parse("content-id: a@b\n\n").contentId()).contains("a@b");
        assertThat(parse("\n").contentId()).isEmpty();
    }

    @Test
    @DisplayName("one line a field, one space behind the colon, in the order in which they were set")
    void writing() throws MimeParseException {
        BodyPart part = BodyPart.builder("text/plain;charset=ISO-8859-1")
                .disposition(ContentDisposition.attachment("Gr\u00fc\u00dfe \"x\".txt"))
                .contentId("a@b")
                .header("content-language", " de ")
                .header("Content-Language", "fr")
                .header("X-A", "b")
                .text("Gr\u00fc\u00dfe")
                .build();
        assertThat(text(part.toBytes()))
                .startsWith("Content-Type: text/plain;charset=ISO-8859-1\r\n"
                        + "Content-Disposition: attachment;filename=\"Gr\u00fc\u00dfe \\\"x\\\".txt\"\r\n"
                        + "Content-ID: <a@b>\r\nContent-Language: fr\r\nX-A: b\r\n\r\nGr");
        assertThat(part.length()).isEqualTo(5);
        assertThat(part.text()).isEqualTo("Gr\u00fc\u00dfe");
        assertThat(part.fileName()).contains("Gr\u00fc\u00dfe \"x\".txt");
    }

    @Test
    @DisplayName("a value that could forge a line, or that the writer sets itself, is refused with its rule")
    void refused() {
        BodyPartBuilder builder = BodyPart.builder("text/plain;charset=US-ASCII");
        assertThatThrownBy(() -> builder.header("X-A", "b\r\nX-B: c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-A")
                .hasMessageNotContaining("\r");
        assertThatThrownBy(() -> builder.header("X A", "b")).hasMessageContaining("X A");
        assertThatThrownBy(() -> builder.header("X-A", " ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.header("X-A", "\ud800")).isInstanceOf(IllegalArgumentException.class);
        for (String name : new String[] {"content-type", "Content-Length", "CONTENT-Transfer-Encoding"}) {
            assertThatThrownBy(() -> builder.header(name, "1")).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> builder.text("\u00fc"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("US-ASCII");
        assertThatThrownBy(() -> BodyPart.text("\ud83d")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BodyPart.builder("text/plain;charset=frob").text("a"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BodyPart.of("text", utf8("a"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BodyPart.of("text/plain;x=\"\u0001\"", utf8("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("\u0001");
        assertThatThrownBy(() -> builder.contentId("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.contentId("<a>")).hasMessageContaining("RFC 2045 section 7");
        assertThatThrownBy(() -> ContentDisposition.attachment("a\r\nb")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ContentDisposition.attachment(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ContentDisposition.of("a b")).hasMessageContaining("a b");
        BodyPartBuilder tooLong = BodyPart.builder("text/plain").header("X-A", "a".repeat(9_000));
        assertThatThrownBy(tooLong::build).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("what is given and what is got is the caller's own")
    void copies() {
        byte[] content = utf8("Hi");
        BodyPart part = BodyPart.of("text/plain", content);
        content[0] = 'x';
        part.rawContent()[0] = 'x';
        part.toBytes()[0] = 'x';
        assertThat(part).isEqualTo(BodyPart.of("text/plain", utf8("Hi"))).hasToString("text/plain, 2 octets");
    }
}
