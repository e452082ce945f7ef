package io.websip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.mime.IsComposing;
import io.websip.mime.MimeParseException;
import java.time.Duration;

/** The state ends by itself, whatever the document says; its octets are kept. */
final class ComposingFuzz {
    private ComposingFuzz() {}

    static void run(byte[] input) throws MimeParseException {
        IsComposing read = IsComposing.parse(input);
        assertThat(read.toBytes()).isEqualTo(input);
        assertThat(read.validity())
                .isBetween(read.isActive() ? Duration.ofSeconds(10) : Duration.ZERO, Duration.ofHours(1));
        read.lastActive();
        if (read.refresh().isPresent() && read.contentType().isPresent() && read.isActive()) {
            String type = read.contentType().get();
            if (type.chars().noneMatch(c -> c < ' ' || c == 0x7f)) {
                IsComposing written = IsComposing.active(type, read.refresh().get());
                assertThat(written.contentType()).contains(type);
                assertThat(written.validity()).isEqualTo(read.validity());
            }
        }
    }
}
