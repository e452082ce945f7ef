package io.websip.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SipDateTest {
    @Test
    void im05WrittenAsRfc1123InGmtWithADayOfTwoDigits() {
        assertThat(SipDate.format(Instant.parse("2010-11-03T23:29:00.999Z")))
                .isEqualTo("Wed, 03 Nov 2010 23:29:00 GMT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Sat, 13 Nov 2010 23:29:00 GMT", " Sat, 13 Nov 2010 23:29:00 GMT ", "13 Nov 2010 23:29:00 GMT"})
    void im11Read(String text) {
        assertThat(SipDate.parse(text)).contains(Instant.parse("2010-11-13T23:29:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "Sat, 32 Nov 2010 23:29:00 GMT",
                "Sun, 13 Nov 2010 23:29:00 GMT",
                "2010-11-13T23:29Z",
                "Sat, 13 Nov 12010 23:29:00 GMT",
                "Fri, 31 Dec 9999 23:29:00 -0100",
                "Sat, 1 Jan 0000 00:29:00 +0100"
            })
    void msg14GarbageIsNoTime(String text) {
        assertThat(SipDate.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sat, 01 Jan 0000 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT"})
    void theFirstAndTheLastYear(String text) {
        assertThat(SipDate.parse(text)).map(SipDate::format).contains(text);
    }

    @Test
    void aLongTextIsNotLookedAt() {
        String date = "Sat, 13 Nov 2010 23:29:00 GMT";
        assertThat(SipDate.parse(date + " ".repeat(11))).isPresent();
        assertThat(SipDate.parse(date + " ".repeat(12))).isEmpty();
        assertThat(SipDate.parse("Sat, 13 Nov 2010 23:29:00 GMT".repeat(1_000))).isEmpty();
    }
}
