package io.websip.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("times are shown as people read them")
class TimeTextTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT0.000000001S, 0 ms",
        "PT0.25S, 250 ms",
        "PT0.9994S, 999 ms",
        "PT0.9996S, 1 s",
        "PT1S, 1 s",
        "PT1.5S, 1.5 s",
        "PT1.449S, 1.4 s",
        "PT9.94S, 9.9 s",
        "PT9.96S, 10 s",
        "PT42.4S, 42 s",
        "PT59.6S, 1 min",
        "PT60S, 1 min",
        "PT20M12.193796021S, 20 min 12 s",
        "PT15M2.056339703S, 15 min 2 s",
        "PT59M59.4S, 59 min 59 s",
        "PT59M59.6S, 1 h",
        "PT1H, 1 h",
        "PT1H4M40S, 1 h 5 min",
        "PT23H59M29S, 23 h 59 min",
        "PT23H59M30S, 1 d",
        "PT76H10M, 3 d 4 h",
        "PT720H, 30 d",
        "PT-1.5S, -1.5 s"
    })
    void shown(Duration time, String text) {
        assertThat(TimeText.of(time)).isEqualTo(text);
    }

    @Test
    @DisplayName("the longest times have a text, too")
    void extremes() {
        assertThat(TimeText.of(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999))).startsWith("106751991167300 d");
        assertThat(TimeText.of(Duration.ofSeconds(Long.MIN_VALUE))).startsWith("-106751991167300 d");
    }
}
