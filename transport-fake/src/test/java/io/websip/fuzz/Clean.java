package io.websip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.sip.SipMessage;
import io.websip.sip.SipResponse;
import java.nio.charset.StandardCharsets;

/** Whether what goes out can be taken apart in one way alone. */
final class Clean {
    private Clean() {}

    /** The rows on the wire are those that were meant, also where the request that is answered was broken. */
    static void answer(SipResponse answer) {
        assertThat(answer.bodyLength()).isZero();
        rows(answer);
    }

    /** The head on the wire consists of the start line and one line for each row. */
    static void rows(SipMessage message) {
        String head =
                new String(message.toBytes(), 0, message.length() - message.bodyLength(), StandardCharsets.ISO_8859_1);
        String[] lines = head.split("\r\n", -1);
        assertThat(lines).hasSize(message.headers().size() + 3);
        for (String line : lines) {
            assertThat(line.indexOf('\r') < 0 && line.indexOf('\n') < 0)
                    .as("line break")
                    .isTrue();
        }
        for (int row = 0; row < message.headers().size(); row++) {
            assertThat(lines[row + 1]).startsWith(message.headers().name(row) + ": ");
        }
    }
}
