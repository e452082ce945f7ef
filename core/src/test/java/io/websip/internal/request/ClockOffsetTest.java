package io.websip.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.internal.fixture.ManualLoop;
import io.websip.sip.SipDate;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** REG-20: the Date of the registrar's 200 may put our clock right (RFC 3261 sections 10.3 and 20.17). */
class ClockOffsetTest {
    private static final SipRequest REGISTER = SipRequest.builder(SipMethod.REGISTER, SipUri.of("sip:example.com"))
            .add("Via", "SIP/2.0/WS x.invalid;branch=z9hG4bK1")
            .add("From", "<sip:a@example.com>;tag=1")
            .add("To", "<sip:a@example.com>")
            .add("Call-ID", "1")
            .add("CSeq", "1 REGISTER")
            .build();

    private final ManualLoop loop = new ManualLoop();
    private final ClockOffset clock = new ClockOffset(loop);

    private Duration offset() {
        return Duration.between(loop.now(), clock.now());
    }

    private void hears(String date) {
        clock.heard(SipResponse.to(REGISTER.headers(), 200, null, "t")
                .add("Date", date)
                .build());
    }

    private void hears(Duration ahead) {
        hears(SipDate.format(loop.now().plus(ahead)));
    }

    @ParameterizedTest
    @ValueSource(longs = {3, -3, 3_600, -86_400, 86_400})
    void reg20DateOfTheRegistrarCounts(long seconds) {
        hears(Duration.ofSeconds(seconds));
        assertThat(offset()).isEqualTo(Duration.ofSeconds(seconds));

        loop.advance(Duration.ofHours(1));
        assertThat(offset()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void lastDateCounts() {
        hears(Duration.ofHours(1));
        hears(Duration.ofMinutes(1));

        assertThat(offset()).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1})
    void differenceThatTheGrainOfDateExplainsIsNone(long seconds) {
        hears(Duration.ofHours(1));
        hears(Duration.ofSeconds(seconds));

        assertThat(offset()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {86_401, -86_401})
    void dateThatIsNotPlausibleChangesNothing(long seconds) {
        hears(Duration.ofMinutes(5));
        hears(Duration.ofSeconds(seconds));

        assertThat(offset()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "Thu, 01 Jan 1970 25:00:00 GMT", "Fri, 31 Feb 2026 00:00:00 GMT", "0"})
    void malformedDateChangesNothing(String date) {
        hears(Duration.ofMinutes(5));
        hears(date);

        assertThat(offset()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void noDateChangesNothing() {
        hears(Duration.ofMinutes(5));
        clock.heard(SipResponse.to(REGISTER.headers(), 200, null, "t").build());

        assertThat(offset()).isEqualTo(Duration.ofMinutes(5));
    }
}
