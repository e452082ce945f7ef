package io.websip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.mime.MimeParseException;
import io.websip.mime.ResourceList;
import io.websip.mime.ResourceList.Entry;
import io.websip.mime.ResourceListBuilder;

/** Each entry is found by its URI, and what can be written is read the same. */
final class ListFuzz {
    private ListFuzz() {}

    static void run(byte[] input) throws MimeParseException {
        ResourceList read = ResourceList.parse(input);
        assertThat(read.toBytes()).isEqualTo(input);
        ResourceListBuilder builder = ResourceList.builder();
        int written = 0;
        for (Entry entry : read.entries()) {
            assertThat(read.find(entry.uri())).isPresent();
            assertThat(entry.count()).isBetween(1, 1_000_000);
            Questions.ask(entry.uri());
            try {
                builder.add(entry.uri(), entry.copyControl(), entry.anonymize());
                written++;
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).contains("RFC 536"); // twice, or with headers
            }
        }
        if (written > 0) {
            assertThat(builder.build().entries()).hasSize(written);
        }
    }
}
