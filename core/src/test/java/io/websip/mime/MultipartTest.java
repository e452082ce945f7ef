package io.websip.mime;

import static io.websip.mime.Bodies.fault;
import static io.websip.mime.Bodies.text;
import static io.websip.mime.Bodies.utf8;
import static io.websip.mime.Bodies.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.sip.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 2046 section 5.1 and RFC 5621. */
class MultipartTest {
    private static final MediaType MIXED_B = MediaType.of("multipart/mixed;boundary=b");

    static Multipart parse(MediaType type, String lines) {
        try {
            return Multipart.parse(type, wire(lines));
        } catch (MimeParseException e) {
            throw new AssertionError(lines, e);
        }
    }

    static List<String> texts(Multipart multipart) {
        return texts(multipart.parts());
    }

    static List<String> texts(List<BodyPart> parts) {
        List<String> texts = new ArrayList<>();
        for (BodyPart part : parts) {
            try {
                texts.add(part.text());
            } catch (MimeParseException e) {
                texts.add("?");
            }
        }
        return texts;
    }

    @Test
    @DisplayName("2046 5.1.1 preamble and epilogue are ignored, the line break belongs to the delimiter")
    void example() throws MimeParseException {
        Multipart read = parse(MediaType.of("multipart/mixed; boundary=\"simple boundary\""), """
                This is the preamble.
                --not the boundary
                --simple boundary

                implicitly typed
                --simple boundary \t
                Content-type: text/plain; charset=us-ascii

                explicitly typed

                --simple boundary--

                This is the epilogue.
                --simple boundary
                """);

        assertThat(texts(read)).containsExactly("implicitly typed", "explicitly typed\r\n");
        assertThat(read.parts().get(0).contentType()).isEqualTo(MediaType.of("text/plain"));
        assertThat(read.subtype()).isEqualTo("mixed");
        assertThat(read.root()).isSameAs(read.parts().get(0));
    }

    @Test
    @DisplayName("2046 5.1.1 a line that goes on behind the boundary is none")
    void longerBoundary() {
        assertThat(texts(parse(MIXED_B, "--b\n\none\n--bb\n--b-\n--b--x\n --b\ntwo\n--b\n\nthree\n--b--")))
                .containsExactly("one\r\n--bb\r\n--b-\r\n--b--x\r\n --b\r\ntwo", "three");
    }

    @Test
    @DisplayName("lines that end in LF, and a last delimiter that is missing or lacks its hyphens")
    void wide() throws MimeParseException {
        assertThat(texts(Multipart.parse(MIXED_B, utf8("--b\n\none\n--b\nA: b\n\ntwo\n--b--\n"))))
                .containsExactly("one", "two");
        assertThat(texts(parse(MIXED_B, "--b\n\none\n--b\n\ntwo\n"))).containsExactly("one", "two\r\n");
        assertThat(texts(parse(MIXED_B, "--b\n\none\n--b\n\ntwo\n--b\n\n"))).containsExactly("one", "two");
        assertThat(texts(parse(MIXED_B, "--b\n\none\n--b"))).containsExactly("one");
    }

    @Test
    @DisplayName("a store has lost the boundary: it is on the first line")
    void lostBoundary() {
        assertThat(texts(parse(MediaType.of("multipart/mixed"), "--b \n\none\n--b\n\ntwo\n--b--")))
                .containsExactly("one", "two");
        assertThat(texts(parse(MediaType.of("multipart/mixed;boundary=\"\""), "--b\n\none\n--b--")))
                .containsExactly("one");
    }

    @Test
    @DisplayName("2046 5.1.1 parts without content, without headers, without either")
    void emptyParts() {
        Multipart read = parse(MIXED_B, "--b\nContent-Type: text/html\n--b\nA: b\n\n--b\n\n--b\n--b--");
        assertThat(texts(read)).containsExactly("", "", "", "");
        assertThat(read.parts().get(0).contentType()).isEqualTo(MediaType.of("text/html"));
    }

    @Test
    @DisplayName("5621 4.2 mixed with an alternative in it, and the octets kept")
    void nested() throws MimeParseException {
        Multipart alternative =
                Multipart.alternative(BodyPart.text("plain"), BodyPart.of("text/html", utf8("<b>html</b>")));
        BodyPart png = BodyPart.builder("image/png")
                .disposition(ContentDisposition.attachment("a.png"))
                .content(new byte[] {0, -1, '\r', '\n', '-', '-'})
                .build();
        Multipart written = Multipart.mixed(alternative.toPart(), png);

        Multipart read = Multipart.parse(written.contentType(), written.toBytes());

        assertThat(read).isEqualTo(written).hasSameHashCodeAs(written);
        assertThat(read.parts()).hasSize(2);
        assertThat(Multipart.of(read.parts().get(0))).isEqualTo(alternative);
        assertThat(read.parts().get(1).content()).containsExactly(0, -1, '\r', '\n', '-', '-');
        assertThat(read.parts().get(1).fileName()).contains("a.png");
        assertThat(read.toBytes()).isEqualTo(written.toBytes());
        assertThat(read).hasToString("multipart/mixed[" + read.parts().get(0) + ", image/png, 6 octets]");
    }

    @Test
    @DisplayName("2046 5.1.1 the boundary is the last parameter, a token, and in no part")
    void boundary() {
        Multipart written = Multipart.related(
                BodyPart.builder("text/html")
                        .contentId("root@example.com")
                        .text("<img src=cid:a>")
                        .build(),
                BodyPart.builder("image/png").contentId("a").build());
        String type = written.contentType().toString();
        String boundary = written.contentType().parameters().get("boundary").orElseThrow();

        assertThat(type).isEqualTo("multipart/related;type=\"text/html\";boundary=" + boundary);
        assertThat(boundary).matches("[0-9a-f]{24}");
        assertThat(text(written.toBytes()))
                .isEqualTo(
                        "--B\r\nContent-Type: text/html\r\nContent-ID: <root@example.com>\r\n\r\n<img src=cid:a>\r\n--B\r\n"
                                .concat("Content-Type: image/png\r\nContent-ID: <a>\r\n\r\n\r\n--B--\r\n")
                                .replace("B\r\n", boundary + "\r\n")
                                .replace("B--", boundary + "--"));
        Multipart again = Multipart.mixed(BodyPart.of("text/plain", written.toBytes()));
        assertThat(again.parts()).hasSize(1);
        assertThat(again.parts().get(0).rawContent()).isEqualTo(written.toBytes());
    }

    @Test
    @DisplayName("2387 3.2 the root of related is the one that start names, else the first")
    void root() {
        String lines = "--b\nContent-ID: <one@x>\n\none\n--b\ncontent-id: <two@x>\n\ntwo\n--b--";
        assertThat(texts(List.of(parse(MediaType.of("multipart/related;start=\"<two@x>\";boundary=b"), lines)
                        .root())))
                .containsExactly("two");
        assertThat(texts(List.of(parse(MediaType.of("multipart/related;boundary=b;start=\"two@x\""), lines)
                        .root())))
                .containsExactly("two");
        assertThat(texts(List.of(parse(MediaType.of("multipart/related;start=\"<x>\";boundary=b"), lines)
                        .root())))
                .containsExactly("one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "--", "--c\n\none\n--c--", "--b--", "--b", "--b\nno header\n\none\n--b--"})
    @DisplayName("2046 5.1.1 what has no part is refused")
    void malformed(String lines) {
        assertThat(fault(() -> Multipart.parse(MIXED_B, wire(lines))).statusHint())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("a type that is no multipart, a boundary that is too long, none at all")
    void refused() throws MimeParseException {
        assertThat(fault(() -> Multipart.parse(MediaType.of("text/plain"), wire("--b\n\none\n--b--")))
                        .statusHint())
                .isEqualTo(400);
        assertThat(fault(() -> Multipart.of(BodyPart.text("--b"))).statusHint()).isEqualTo(400);
        String seventy = "b".repeat(70);
        assertThat(texts(parse(
                        MediaType.of("multipart/mixed;boundary=" + seventy),
                        "--" + seventy + "\n\none\n--" + seventy + "--")))
                .containsExactly("one");
        assertThat(fault(() -> Multipart.parse(
                                MediaType.of("multipart/mixed;boundary=b" + seventy),
                                wire("--b" + seventy + "\n\none\n--b" + seventy + "--")))
                        .statusHint())
                .isEqualTo(400);
        assertThat(fault(() -> Multipart.parse(MediaType.of("multipart/mixed"), wire("one\n-- \ntwo\n")))
                        .statusHint())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("at most 32 parts, counted through all levels")
    void parts() throws MimeParseException {
        assertThat(parse(MIXED_B, "--b\n\na\n".repeat(32) + "--b--").parts()).hasSize(32);
        assertThat(fault(() -> Multipart.parse(MIXED_B, wire("--b\n\na\n".repeat(33) + "--b--")))
                        .statusHint())
                .isEqualTo(400);
        String inner = "--b\nContent-Type: multipart/mixed;boundary=c\n\n" + "--c\n\na\n".repeat(15) + "--c--\n";
        assertThat(parse(MIXED_B, inner.repeat(2) + "--b--").parts()).hasSize(2);
        assertThat(fault(() -> Multipart.parse(MIXED_B, wire(inner.repeat(2) + "--b\n\na\n--b--")))
                        .statusHint())
                .isEqualTo(400);
        MimeLimits one = MimeLimits.builder().maxParts(1).build();
        assertThat(fault(() -> Multipart.parse(MIXED_B, wire("--b\n\na\n--b\n\na\n--b--"), one))
                        .statusHint())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("at most five in one another, also through CPIM")
    void depth() throws MimeParseException {
        BodyPart part = BodyPart.text("Hi");
        for (int i = 0; i < 5; i++) {
            part = Multipart.mixed(part).toPart();
        }
        assertThat(Multipart.of(part).parts()).hasSize(1);
        BodyPart sixth = raw(part);
        assertThat(fault(() -> Multipart.of(sixth)).statusHint()).isEqualTo(400);

        Cpim cpim =
                Cpim.builder().from(Bodies.ALICE).to(Bodies.BOB).content(part).build();
        BodyPart outer = Multipart.mixed(cpim.toPart()).parts().get(0);
        assertThat(fault(() -> Multipart.of(Cpim.of(outer).content())).statusHint())
                .isEqualTo(400);
    }

    /** As a peer may send it; the writer would refuse. */
    private static BodyPart raw(BodyPart inner) {
        return BodyPart.of(
                "multipart/mixed;boundary=raw",
                wire("--raw\n" + text(inner.toBytes()).replace("\r\n", "\n") + "\n--raw--"));
    }

    @Test
    @DisplayName("what could not be read is not written")
    void refusedParts() {
        assertThatThrownBy(Multipart::mixed)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RFC 2046 section 5.1.1");
        List<BodyPart> many = new ArrayList<>();
        for (int i = 0; i < 33; i++) {
            many.add(BodyPart.text("a"));
        }
        assertThatThrownBy(() -> Multipart.mixed(many))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 parts");
        assertThatThrownBy(() -> Multipart.mixed(BodyPart.of("multipart/mixed", utf8("x"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName(
            "a deflated multipart in a multipart is read, and all of them together inflate to no more than the limit")
    void deflated() throws MimeParseException {
        Multipart inner = Multipart.mixed(BodyPart.text("x".repeat(15_000)));
        BodyPart small = BodyPart.builder(inner.contentType())
                .header("Content-Encoding", "deflate")
                .content(ContentEncoding.DEFLATE.encode(inner.toBytes()))
                .build();
        Multipart outer = Multipart.mixed(small);
        assertThat(Multipart.of(outer.parts().get(0)).parts()).isEqualTo(inner.parts());

        String body = "--b\r\n" + latin1(small.toBytes()) + "\r\n";
        assertThat(Multipart.parse(MIXED_B, octets(body.repeat(4) + "--b--")).parts())
                .hasSize(4);
        assertThat(fault(() -> Multipart.parse(MIXED_B, octets(body.repeat(5) + "--b--")))
                        .statusHint())
                .isEqualTo(413);
    }

    private static String latin1(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static byte[] octets(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }
}
