package io.websip.internal.transaction;

import static io.websip.internal.transaction.Messages.THEIRS;
import static io.websip.internal.transaction.Messages.request;
import static io.websip.internal.transaction.Messages.via;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.sip.Discard;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By what a request finds its transaction, or is a new one (RFC 3261 section 17.2.3). */
class RequestMatchingTest extends TransactionFixture {
    private static final String BRANCH = ";branch=z9hG4bKabc";

    private int deliveries(SipRequest... requests) {
        for (SipRequest request : requests) {
            layer.receive(request);
        }
        return delivered.size();
    }

    @Test
    void txn05_theSameBranchFromTwoSentByIsTwoRequests() {
        assertThat(deliveries(
                        request("MESSAGE", via("a.example.com", BRANCH)),
                        request("MESSAGE", via("b.example.com", BRANCH)),
                        request("MESSAGE", via("b.example.com:5060", BRANCH))))
                .isEqualTo(3);
    }

    @Test
    void txn05_theSameBranchWithTwoMethodsIsTwoRequests() {
        assertThat(deliveries(request("MESSAGE", via(THEIRS, BRANCH)), request("OPTIONS", via(THEIRS, BRANCH))))
                .isEqualTo(2);
    }

    @Test
    void txn05_allElseMayDiffer() {
        assertThat(deliveries(
                        request("MESSAGE", "sip:bob@example.com", via(THEIRS, BRANCH), ";tag=a1", "", "call-1", 1),
                        request(
                                "MESSAGE",
                                "sip:eve@example.com",
                                via("Proxy.Example.Com:5060", ";received=1.2.3.4" + BRANCH),
                                ";tag=a2",
                                ";tag=b",
                                "call-2",
                                2)))
                .isEqualTo(1);
    }

    @Test
    void txn05_cancelIsATransactionOfItsOwn() {
        deliveries(request("INVITE", via(THEIRS, BRANCH)), request("CANCEL", via(THEIRS, BRANCH)));

        assertThat(delivered).extracting(d -> d.request().method()).containsExactly(SipMethod.INVITE, SipMethod.CANCEL);
        assertThat(layer.size()).isEqualTo(2);
        delivered.get(1).answer(481);
        assertThat(sentLines()).containsExactly("SIP/2.0 481 Call/Transaction Does Not Exist");
    }

    @Test
    void uas10_ackIsDiscarded() {
        layer.receive(request("INVITE", via(THEIRS, BRANCH)));
        layer.receive(request("ACK", via(THEIRS, BRANCH)));
        layer.receive(request("ACK", via(THEIRS, ";branch=z9hG4bKother")));
        layer.receive(request("ACK", via(THEIRS, "")));

        assertThat(delivered).hasSize(1);
        assertThat(sent).isEmpty();
        assertThat(discarded).containsExactly(Discard.STRAY_ACK, Discard.STRAY_ACK, Discard.STRAY_ACK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";branch=1", ";branch=z9hG4bK", ";branch=\"z9hG4bK\""})
    void txn06_withoutCookieTheIdenticalRequestIsARetransmission(String parameters) {
        assertThat(deliveries(request("MESSAGE", via(THEIRS, parameters)), request("MESSAGE", via(THEIRS, parameters))))
                .isEqualTo(1);
    }

    static Stream<SipRequest> almostTheSame() {
        String via = via(THEIRS, ";branch=z9hG4bK");
        return Stream.of(
                request("MESSAGE", "sip:bab@example.com", via, ";tag=a1", "", "call-1", 1),
                request("MESSAGE", "sip:bob@example.com", via, ";tag=a2", "", "call-1", 1),
                request("MESSAGE", "sip:bob@example.com", via, "", "", "call-1", 1),
                request("MESSAGE", "sip:bob@example.com", via, ";tag=a1", ";tag=b1", "call-1", 1),
                request("MESSAGE", "sip:bob@example.com", via, ";tag=a1", "", "call-2", 1),
                request("MESSAGE", "sip:bob@example.com", via, ";tag=a1", "", "call-1", 2),
                request("OPTIONS", "sip:bob@example.com", via, ";tag=a1", "", "call-1", 1),
                request(
                        "MESSAGE",
                        "sip:bob@example.com",
                        via("b.example.com", ";branch=z9hG4bK"),
                        ";tag=a1",
                        "",
                        "call-1",
                        1));
    }

    @ParameterizedTest
    @MethodSource("almostTheSame")
    void txn06_withoutCookieEachPartCounts(SipRequest other) {
        SipRequest first =
                request("MESSAGE", "sip:bob@example.com", via(THEIRS, ";branch=z9hG4bK"), ";tag=a1", "", "call-1", 1);

        assertThat(deliveries(first, other, first, other)).isEqualTo(2);
    }

    @Test
    void partsOfAKeyDoNotRunIntoEachOther() {
        String via = via(THEIRS, "");
        List<String> keys = Stream.of(
                        request("MESSAGE", "sip:b@h", via, ";tag=\"a :x\"", "", "y", 1),
                        request("MESSAGE", "sip:b@h", via, ";tag=a", "", "x :y", 1),
                        request("MESSAGE", "sip:b@h", via, ";tag=\"-\"", "", "call", 1),
                        request("MESSAGE", "sip:b@h", via, "", "", "call", 1))
                .map(ServerKey::of)
                .toList();

        assertThat(keys).doesNotHaveDuplicates();
    }
}
