package io.websip.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.internal.transaction.ServerTransaction.State;
import io.websip.internal.transaction.ServerTransactionUser.Lapse;
import io.websip.sip.SipMessage;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the rows TXN-07, TXN-09, UAS-07, UAS-12 and UAS-16 ask of server transactions. */
class ServerTransactionTest extends TransactionFixture {
    private static final String BRANCH = "z9hG4bKserver";

    @Test
    void txn07_aRequestThatIsPendingIsDeliveredOnce() {
        layer.receive(Messages.incoming(BRANCH));
        layer.receive(Messages.incoming(BRANCH));

        assertThat(delivered).hasSize(1);
        assertThat(sent).isEmpty();
        assertThat(layer.size()).isEqualTo(1);
    }

    @Test
    void txn07_inProceedingTheLast1xxIsSentAgain() {
        layer.receive(Messages.incoming(BRANCH));
        lastDelivery().answer(100);

        layer.receive(Messages.incoming(BRANCH));

        assertThat(sent).hasSize(2);
        assertThat(sent.get(1)).isEqualTo(sent.get(0));
        assertThat(delivered).hasSize(1);
    }

    @Test
    void txn07_reliable_theTransactionDiesWithItsFinal() {
        layer.receive(Messages.incoming(BRANCH));

        assertThat(lastDelivery().answer(200)).isTrue();

        assertThat(layer.size()).isZero();
        assertThat(loop.isQuiet()).isTrue();
        layer.receive(Messages.incoming(BRANCH));
        assertThat(delivered)
                .as("repeats after the final are the agent's to find")
                .hasSize(2);
    }

    @Test
    void txn07_unreliable_theFinalIsSentAgainFor64T1() {
        layer = layer(false);
        layer.receive(Messages.incoming(BRANCH));
        lastDelivery().answer(200);

        loop.advance(millis(31_999));
        layer.receive(Messages.incoming(BRANCH));
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1)).as("uas07: the same tag").isEqualTo(sent.get(0));

        loop.advance(millis(1));
        assertThat(layer.size()).isZero();
        assertThat(delivered).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void txn09_aSecondFinalIsDiscarded(boolean reliable) {
        layer = layer(reliable);
        layer.receive(Messages.incoming(BRANCH));

        assertThat(lastDelivery().answer(200)).isTrue();
        assertThat(lastDelivery().answer(500)).isFalse();

        assertThat(sentLines()).containsExactly("SIP/2.0 200 OK");
    }

    @Test
    void uas12_theTransactionSends100After3500MillisByItself() throws Exception {
        layer.receive(Messages.incoming(BRANCH));

        loop.advance(millis(3_499));
        assertThat(sent).isEmpty();
        loop.advance(millis(1));

        assertThat(sentLines()).containsExactly("SIP/2.0 100 Trying");
        SipMessage trying = SipMessage.parse(sent.get(0));
        SipRequest request = lastDelivery().request();
        assertThat(trying.topVia()).isEqualTo(request.topVia());
        assertThat(trying.from()).isEqualTo(request.from());
        assertThat(trying.to()).isEqualTo(request.to());
        assertThat(trying.callId()).isEqualTo(request.callId());
        assertThat(trying.cseq()).isEqualTo(request.cseq());

        loop.advance(millis(28_499));
        assertThat(sent).hasSize(1);
        assertThat(lastDelivery().answer(200)).isTrue();
    }

    @Test
    void uas13_nothingIsSentOnceTheClientHasGivenUpAndTheUserIsTold() {
        List<Lapse> lapses = new ArrayList<>();
        layer.receive(Messages.incoming(BRANCH));
        lastDelivery().transaction().user(lapses::add);

        loop.advance(millis(31_999));
        assertThat(lapses).isEmpty();
        loop.advance(millis(1));

        assertThat(lapses).containsExactly(Lapse.TIMED_OUT);
        assertThat(lastDelivery().answer(200)).isFalse();
        assertThat(sentLines()).containsExactly("SIP/2.0 100 Trying");
        assertThat(layer.size()).as("no request waits for ever").isZero();
    }

    @Test
    void uas13_whoHasAnsweredIsToldOfNoLapse() {
        List<Lapse> lapses = new ArrayList<>();
        layer.receive(Messages.incoming(BRANCH));
        lastDelivery().transaction().user(lapses::add);
        lastDelivery().answer(200);

        loop.advance(millis(60_000));
        layer.connectionLost();

        assertThat(lapses).isEmpty();
    }

    @Test
    void uas12_noTimerIsSetForARequestAnsweredAtOnce() {
        layer = layer(true, (request, transaction) -> {
            transaction.respond(Messages.answer(request, 200));
            assertThat(loop.timers()).isEmpty();
        });

        layer.receive(Messages.incoming(BRANCH));

        assertThat(sentLines()).containsExactly("SIP/2.0 200 OK");
        assertThat(loop.isQuiet()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 180, 183, 199})
    void uas12_no1xxBut100IsSent(int status) {
        layer.receive(Messages.incoming(BRANCH));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> lastDelivery().answer(status))
                .withMessageContaining("not " + status);

        assertThat(sent).isEmpty();
        assertThat(lastDelivery().transaction().state()).isEqualTo(State.TRYING);
    }

    @Test
    void uas16_theAnswerGoesToTheConnectionWhateverViaSays() {
        layer.receive(Messages.request("MESSAGE", "SIP/2.0/UDP 192.0.2.9:9999;branch=" + BRANCH));

        lastDelivery().answer(200);

        assertThat(new String(sent.get(0), StandardCharsets.UTF_8)).contains("Via: SIP/2.0/UDP 192.0.2.9:9999;branch=");
    }

    @Test
    void aUserThatThrowsLeavesATransactionThatCanBeAnswered() {
        ServerTransaction[] made = new ServerTransaction[1];
        layer = layer(true, (request, transaction) -> {
            made[0] = transaction;
            throw new IllegalStateException("broken");
        });
        SipRequest request = Messages.incoming(BRANCH);

        assertThatThrownBy(() -> layer.receive(request)).hasMessage("broken");

        SipResponse answer = Messages.answer(request, 500);
        assertThat(made[0].respond(answer)).isTrue();
        assertThat(layer.size()).isZero();
    }

    @Test
    void confinedToTheLoop() {
        layer.receive(Messages.incoming(BRANCH));
        loop.leave();

        assertThatIllegalStateException().isThrownBy(() -> lastDelivery().answer(200));
        assertThatIllegalStateException()
                .isThrownBy(() -> lastDelivery().transaction().user(why -> {}));
        assertThat(sent).isEmpty();
    }
}
