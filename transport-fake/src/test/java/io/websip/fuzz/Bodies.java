package io.websip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.mime.BodyPart;
import io.websip.mime.MimeLimits;
import io.websip.mime.MimeParseException;
import io.websip.mime.Multipart;

/** Asks a part everything that it can be asked; none of it may throw but the one exception. */
final class Bodies {
    private Bodies() {}

    static void ask(BodyPart part) throws MimeParseException {
        Questions.ask(part.contentType());
        part.disposition().ifPresent(disposition -> {
            assertThat(disposition.type()).isNotEmpty();
            Questions.ask(disposition.parameters());
        });
        part.fileName()
                .ifPresent(name -> assertThat(name)
                        .isNotBlank()
                        .doesNotContain("/", "\\", "\n", "\r", "\0")
                        .isNotEqualTo(".."));
        part.contentId();
        for (int row = 0; row < part.headers().size(); row++) {
            assertThat(part.headers().all(part.headers().name(row)))
                    .contains(part.headers().value(row));
            assertThat(part.headers().value(row)).doesNotContain("\r", "\n");
        }
        assertThat(part.rawContent()).hasSize(part.length());
        assertThat(part.toString()).doesNotContain("\r", "\n");
        try {
            assertThat(part.content().length)
                    .isLessThanOrEqualTo(Math.max(part.length(), MimeLimits.DEFAULT.maxDecodedBytes()));
            assertThat(part.text()).isNotNull();
        } catch (MimeParseException e) {
            assertThat(e.statusHint()).isIn(400, 413, 415);
        }
        if (Multipart.isMultipart(part)) {
            ask(Multipart.of(part));
        }
    }

    static void ask(Multipart multipart) throws MimeParseException {
        assertThat(multipart.parts())
                .contains(multipart.root())
                .hasSizeLessThanOrEqualTo(MimeLimits.DEFAULT.maxParts());
        assertThat(multipart.select(part -> true).parts()).noneMatch(Multipart::isMultipart);
        assertThat(multipart.select(part -> false).parts()).isEmpty();
        for (BodyPart part : multipart.parts()) {
            ask(part);
        }
    }
}
