package io.websip.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReconnectPolicyTest {
    private static final ReconnectPolicy POLICY =
            ReconnectPolicy.between(Duration.ofSeconds(1), Duration.ofSeconds(20));

    @Test
    void eachPartIsKeptWhereAnotherIsChanged() {
        ReconnectPolicy changed = POLICY.spread(Duration.ofSeconds(5)).attempts(3);

        assertThat(changed.min()).isEqualTo(Duration.ofSeconds(1));
        assertThat(changed.max()).isEqualTo(Duration.ofSeconds(20));
        assertThat(changed.spread()).isEqualTo(Duration.ofSeconds(5));
        assertThat(changed.attempts()).hasValue(3);
        assertThat(changed).hasToString("PT1S to PT20S, 3 times, spread over PT5S");
        assertThat(POLICY).hasToString("PT1S to PT20S");
    }

    @Test
    void equalByAllItsParts() {
        ReconnectPolicy changed = POLICY.spread(Duration.ofSeconds(5)).attempts(3);

        assertThat(changed).isEqualTo(POLICY.attempts(3).spread(Duration.ofSeconds(5)));
        assertThat(changed).hasSameHashCodeAs(POLICY.attempts(3).spread(Duration.ofSeconds(5)));
        assertThat(changed).isNotEqualTo(POLICY.attempts(3)).isNotEqualTo(POLICY.spread(Duration.ofSeconds(5)));
    }

    @Test
    void boundsAreChecked() {
        assertThatThrownBy(() -> ReconnectPolicy.between(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reconnect minimum must be positive, not PT0S");
        assertThatThrownBy(() -> ReconnectPolicy.between(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT2S must not be greater than reconnect maximum PT1S");
        assertThatThrownBy(() -> POLICY.attempts(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1, not 0");
        assertThatThrownBy(() -> POLICY.spread(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reconnect spread must not be negative, but is PT-1S");
        assertThatThrownBy(() -> POLICY.spread(Duration.ofSeconds(21)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reconnect spread PT21S must not be greater than reconnect maximum PT20S");
    }
}
