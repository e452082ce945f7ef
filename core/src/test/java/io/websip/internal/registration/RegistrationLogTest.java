package io.websip.internal.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.internal.fixture.LogLines;
import io.websip.internal.transaction.Outcome;
import org.junit.jupiter.api.Test;

/** What the log says beyond what the listener is told. */
class RegistrationLogTest extends RegistrationFixture {
    @Test
    void aRegistrarThatListsWhatWasRemovedIsComplainedOf() {
        try (LogLines log = new LogLines("io.websip.registration")) {
            registered();
            unregister("out");
            answer(answered(200));
            assertThat(log.lines()).isEmpty();
            registered();
            Outcome listed = answered(200);
            unregister("out");
            answer(listed);
            assertThat(log.lines()).containsExactly("the registrar lists our contact although it was removed");
        }
    }

    @Test
    void aFirstHopWithoutOutboundIsLogged() {
        try (LogLines log = new LogLines("io.websip.registration")) {
            register("in");
            answer(answered(439));
            assertThat(sent).hasSize(2);
            assertThat(log.lines()).containsExactly("the first hop lacks outbound support: registering without");
        }
    }
}
