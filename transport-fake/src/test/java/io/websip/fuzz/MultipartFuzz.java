package io.websip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.mime.BodyPart;
import io.websip.mime.MimeParseException;
import io.websip.mime.Multipart;

/** A part with its header fields, read as a multipart; the same parts in a new one are there again, octet by octet. */
final class MultipartFuzz {
    private MultipartFuzz() {}

    static void run(byte[] input) throws MimeParseException {
        BodyPart part = BodyPart.parse(input);
        assertThat(part.toBytes()).isEqualTo(input);
        Bodies.ask(part);
        Multipart read = Multipart.of(part);
        assertThat(Multipart.parse(read.contentType(), read.toBytes())).isEqualTo(read);
        Multipart written;
        try {
            written = Multipart.mixed(read.parts());
        } catch (IllegalArgumentException e) {
            return; // a field with a control character, or one level too many
        }
        Multipart again = Multipart.parse(written.contentType(), written.toBytes());
        assertThat(again.parts()).hasSameSizeAs(read.parts());
        for (int i = 0; i < read.parts().size(); i++) {
            assertThat(again.parts().get(i).rawContent())
                    .isEqualTo(read.parts().get(i).rawContent());
            assertThat(again.parts().get(i).contentId())
                    .isEqualTo(read.parts().get(i).contentId());
        }
    }
}
