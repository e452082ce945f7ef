package io.websip.internal.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("G9: what is remembered of requests is bounded, in number and in bytes")
class RecentRequestsTest {
    private static final long WINDOW = 1_000;

    private final RecentRequests recent = new RecentRequests(WINDOW);

    private static SipRequest request(int number, int length) {
        return SipRequest.builder(SipMethod.MESSAGE, SipUri.of("sip:alice@example.com"))
                .add("Via", "SIP/2.0/WS a.invalid;branch=z9hG4bK" + number + "b".repeat(length))
                .add("From", "<sip:bob@example.com>;tag=1")
                .add("To", "<sip:alice@example.com>")
                .add("Call-ID", "call-" + number)
                .add("CSeq", "1 MESSAGE")
                .build();
    }

    private void taken(int number, int length, long now) {
        SipRequest request = request(number, length);
        recent.add(request, now)
                .answered(SipResponse.to(request.headers(), 200, null, "t").build());
    }

    private long remembered(int count, int length, long now) {
        return IntStream.range(0, count)
                .filter(i -> recent.find(request(i, length), now) != null)
                .count();
    }

    @Test
    void usualOnesAreBoundedInNumber() {
        for (int i = 0; i < 3_000; i++) {
            taken(i, 100, 0);
        }
        assertThat(remembered(3_000, 100, 0)).isEqualTo(2_048);
        assertThat(recent.find(request(2_999, 100), 0)).isNotNull();
        assertThat(recent.find(request(0, 100), 0)).isNull();
    }

    @Test
    void largeOnesAreBoundedInBytes() {
        for (int i = 0; i < 3_000; i++) {
            taken(i, 20_000, 0);
        }
        assertThat(remembered(3_000, 20_000, 0))
                .isBetween(RecentRequests.MAX_BYTES / 45_000L, RecentRequests.MAX_BYTES / 40_000L);
        assertThat(recent.find(request(2_999, 20_000), 0)).isNotNull();
    }

    @Test
    void whatWasForgottenLeavesItsRoomToOthers() {
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 2_000; i++) {
                taken(i, 20_000, round);
            }
            for (int i = 0; i < 2_000; i++) {
                recent.remove(request(i, 20_000));
            }
        }
        for (int i = 0; i < 2_000; i++) {
            taken(i, 100, 0);
        }
        assertThat(remembered(2_000, 100, 0)).isEqualTo(2_000);
        taken(2_000, 100, WINDOW);
        assertThat(remembered(2_001, 100, WINDOW)).isEqualTo(1);
    }

    @Test
    void oneThatIsForgottenBeforeItsAnswerTakesNoRoom() {
        SipRequest early = request(3_000, 20_000);
        for (int i = 0; i < 1_000; i++) {
            RecentRequests.Entry entry = recent.add(early, 0);
            recent.remove(early);
            entry.answered(SipResponse.to(early.headers(), 200, null, "t").build());
        }
        for (int i = 0; i < 2_000; i++) {
            taken(i, 100, 0);
        }
        assertThat(remembered(2_000, 100, 0)).isEqualTo(2_000);
    }
}
