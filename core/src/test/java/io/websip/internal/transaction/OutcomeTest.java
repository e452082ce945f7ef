package io.websip.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomeTest {
    @Test
    void eachHasASummaryForTheLog() {
        assertThat(new Outcome.Answered(Messages.response(486, "z9hG4bK1")).summary())
                .isEqualTo("answered with 486");
        assertThat(new Outcome.TimedOut().summary()).isEqualTo("no answer in time");
        assertThat(new Outcome.ConnectionLost().summary()).isEqualTo("no connection");
        assertThat(new Outcome.Expired().summary()).isEqualTo("Expired");
        assertThat(new Outcome.Faulted(new IllegalStateException()).summary()).isEqualTo("a fault of the library");
    }
}
