package io.websip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.sip.SipParseException;
import io.websip.sip.Via;
import java.nio.charset.StandardCharsets;

/** A Via is written and read again to an equal one. */
final class ViaFuzz {
    private ViaFuzz() {}

    static void run(byte[] input) throws SipParseException {
        Via via = Via.parse(new String(input, StandardCharsets.UTF_8));
        Questions.ask(via);
        Via again = Via.parse(via.toString());
        assertThat(again).isEqualTo(via).hasSameHashCodeAs(via);
        assertThat(again.sentBy()).isEqualTo(via.sentBy());
        assertThat(again.branch()).isEqualTo(via.branch());
        assertThat(again.transport()).isEqualTo(via.transport());
        assertThat(again.parameters().names()).isEqualTo(via.parameters().names());
    }
}
