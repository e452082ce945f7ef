package io.websip.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a server that refuses the upgrade wants to be left alone (RFC 9110 section 10.2.3). */
class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, 0", "120, 120", "' 5 ', 5", "007, 7", "2592000, 2592000", "2592001, 2592000"})
    void seconds(String value, long seconds) {
        assertThat(RetryAfter.parse(value, NOW)).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void anyNumberOfSecondsIsBounded() {
        assertThat(RetryAfter.parse("9".repeat(10), NOW)).contains(RetryAfter.MAX);
        assertThat(RetryAfter.parse("9".repeat(40), NOW)).contains(RetryAfter.MAX);
    }

    @ParameterizedTest
    @CsvSource({
        "'Wed, 25 Nov 2026 08:00:30 GMT', 30",
        "'Wed, 25 Nov 2026 07:00:00 GMT', 0",
        "'Fri, 31 Dec 9999 23:59:59 GMT', 2592000"
    })
    void date(String value, long seconds) {
        assertThat(RetryAfter.parse(value, NOW)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "+1",
                "1.5",
                "soon",
                "1 2",
                "\u0661",
                "Wed, 32 Nov 2026 08:00:30 GMT",
                "9999999999 GMT"
            })
    void whatIsNeitherIsNone(@Nullable String value) {
        assertThat(RetryAfter.parse(value, NOW)).isEmpty();
        assertThat(RetryAfter.parse("9".repeat(41), NOW)).isEmpty();
    }
}
