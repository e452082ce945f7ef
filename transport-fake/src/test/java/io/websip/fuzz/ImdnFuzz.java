package io.websip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.mime.BodyPart;
import io.websip.mime.Imdn;
import io.websip.mime.MimeParseException;

/** A report is read or refused; what it says is one thing, and can be said again if it names a message by a token. */
final class ImdnFuzz {
    private ImdnFuzz() {}

    static void run(byte[] input) throws MimeParseException {
        Imdn read = Imdn.parse(input);
        assertThat(read.toBytes()).isEqualTo(input);
        assertThat(read.messageId()).isNotBlank().hasSizeLessThanOrEqualTo(256).doesNotContain("\n");
        assertThat(read.toString()).isPrintable();
        read.reason();
        read.reasonCode().ifPresent(code -> assertThat(code).isBetween(100, 699));
        read.originalRecipient();
        assertThat(Imdn.in(BodyPart.of("message/imdn+xml", input))).containsExactly(read);
        if (read.status() == Imdn.Status.OTHER
                || read.recipient().isEmpty()
                || read.dateTime().isEmpty()) {
            return;
        }
        try {
            Imdn written = Imdn.builder(read.kind(), read.status())
                    .messageId(read.messageId())
                    .dateTime(read.dateTime().get())
                    .recipient(read.recipient().get())
                    .subject(read.subject().orElse(""))
                    .build();
            assertThat(written.subject()).isEqualTo(read.subject());
            assertThat(written.recipient()).isEqualTo(read.recipient());
            assertThat(written).hasToString(read.toString());
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining(read.messageId()); // a Call-ID
        }
    }
}
