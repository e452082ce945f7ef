package io.websip.mime;

import static io.websip.mime.Bodies.utf8;
import static io.websip.mime.MultipartTest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.sip.MediaType;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a receiver takes of a multipart: RFC 5621 sections 4.2 and 8.1, RFC 2046 section 5.1.4, RFC 2387. */
class SelectionTest {
    private static final BodyPart PLAIN = BodyPart.text("plain");
    private static final BodyPart HTML = BodyPart.of("text/html", utf8("html"));
    private static final BodyPart PNG = BodyPart.of("image/png", utf8("png"));
    private static final BodyPart UNKNOWN = BodyPart.of("x/unknown", utf8("unknown"));
    private static final BodyPart OPTIONAL = BodyPart.builder("x/unknown")
            .disposition(ContentDisposition.RENDER.optional())
            .text("optional")
            .build();

    private static Predicate<BodyPart> types(String... subtypes) {
        return part -> List.of(subtypes).contains(part.contentType().subtype());
    }

    @Test
    @DisplayName(
            "5621 4.2 mixed with an alternative: html and the image where html is understood, else text and the image")
    void alternativeInMixed() {
        Multipart body = Multipart.mixed(Multipart.alternative(PLAIN, HTML).toPart(), PNG);

        Selection rich = body.select(types("plain", "html", "png"));
        assertThat(texts(rich.parts())).containsExactly("html", "png");
        assertThat(rich.isComplete()).isTrue();
        assertThat(texts(body.select(types("plain", "png")).parts())).containsExactly("plain", "png");

        Selection poor = body.select(types("plain"));
        assertThat(texts(poor.parts())).containsExactly("plain");
        assertThat(texts(poor.missing())).containsExactly("png");
        assertThat(poor.isComplete()).isFalse();
    }

    @Test
    @DisplayName("5621 8.1 an unknown part that is optional is left out, one that is required is missing")
    void handling() {
        Selection taken = Multipart.mixed(PLAIN, OPTIONAL).select(types("plain"));
        assertThat(texts(taken.parts())).containsExactly("plain");
        assertThat(taken.isComplete()).isTrue();
        assertThat(Multipart.mixed(PLAIN, UNKNOWN).select(types("plain")).missing())
                .containsExactly(UNKNOWN);
        assertThat(Multipart.mixed(OPTIONAL).select(types("plain")).isComplete())
                .isFalse();
    }

    @Test
    @DisplayName("5621 8.1 a disposition that is not known is as a type that is not known")
    void dispositions() {
        BodyPart strange = BodyPart.builder("text/plain")
                .disposition(ContentDisposition.of("frob"))
                .text("a")
                .build();
        BodyPart optional = BodyPart.builder("text/plain")
                .disposition(ContentDisposition.of("frob;handling=OPTIONAL"))
                .text("b")
                .build();
        Selection taken = Multipart.mixed(strange, optional, PLAIN).select(part -> true);
        assertThat(texts(taken.parts())).containsExactly("plain");
        assertThat(texts(taken.missing())).containsExactly("a");
    }

    @Test
    @DisplayName("2046 5.1.4 of alternatives none is understood, or only one that is a multipart")
    void alternatives() {
        Multipart none = Multipart.alternative(HTML, UNKNOWN);
        assertThat(none.select(types("plain")).parts()).isEmpty();
        assertThat(texts(none.select(types("plain")).missing())).containsExactly("unknown");

        Multipart nested =
                Multipart.alternative(PLAIN, Multipart.mixed(HTML, PNG).toPart());
        assertThat(texts(nested.select(types("plain", "html", "png")).parts())).containsExactly("html", "png");
        assertThat(texts(nested.select(types("plain", "html")).parts())).containsExactly("plain");
    }

    @Test
    @DisplayName("2387 3 the root decides of related, the others serve it")
    void related() {
        Multipart body = Multipart.related(HTML, PNG, UNKNOWN);
        assertThat(texts(body.select(types("html", "png")).parts())).containsExactly("html", "png");
        assertThat(body.select(types("html")).isComplete()).isTrue();
        assertThat(texts(body.select(types("png")).missing())).containsExactly("html");
    }

    @Test
    @DisplayName(
            "5621 4.2 an unknown subtype is mixed, and an optional multipart of which a part is missing is left out")
    void others() throws MimeParseException {
        Multipart mixed = Multipart.mixed(PLAIN, PNG);
        MediaType type = MediaType.of("multipart/frob;boundary="
                + mixed.contentType().parameters().get("boundary").orElseThrow());
        Multipart frob = Multipart.parse(type, mixed.toBytes());
        assertThat(texts(frob.select(types("plain", "png")).parts())).containsExactly("plain", "png");

        BodyPart optional = BodyPart.builder(mixed.contentType())
                .disposition(ContentDisposition.of("render;handling=optional"))
                .content(mixed.toBytes())
                .build();
        Selection taken = Multipart.mixed(HTML, optional).select(types("plain", "html"));
        assertThat(texts(taken.parts())).containsExactly("html");
        assertThat(taken.isComplete()).isTrue();
    }
}
