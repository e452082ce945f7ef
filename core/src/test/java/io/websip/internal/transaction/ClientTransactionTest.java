package io.websip.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.websip.config.SipTimers;
import io.websip.internal.transaction.ClientTransaction.State;
import io.websip.sip.Discard;
import io.websip.sip.SipResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the rows TXN-01 to TXN-03, TXN-08, TXN-10 and UAC-08 to UAC-17 ask of client transactions over time. */
class ClientTransactionTest extends TransactionFixture {
    private static final String BRANCH = "z9hG4bKclient";

    private final Told told = new Told();

    private ClientTransaction send() {
        return layer.send(Messages.outgoing(BRANCH), told);
    }

    @Test
    void txn01_reliable_aMuteServerGetsTheRequestOnce() {
        send();

        loop.advance(millis(10_000));

        assertThat(sent).hasSize(1);
    }

    @Test
    void txn01_unreliable_theIntervalDoublesUpToT2() {
        layer = layer(false);
        send();

        assertThat(timesOfSending(32_000))
                .containsExactly(500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500);
        assertThat(told.calls).containsExactly("timeout");
    }

    @Test
    void txn01_unreliable_after1xxEveryT2() {
        layer = layer(false);
        send();
        loop.advance(millis(600));
        sent.clear();
        layer.receive(Messages.response(100, BRANCH));

        assertThat(timesOfSending(12_000)).as("behind 600 ms").containsExactly(900, 4_900, 8_900);
    }

    /** Steps by 100 ms and notes in which step something was sent. */
    private List<Integer> timesOfSending(int millis) {
        List<Integer> times = new ArrayList<>();
        for (int t = 100; t <= millis; t += 100) {
            sent.clear();
            loop.advance(millis(100));
            if (!sent.isEmpty()) {
                assertThat(sent).hasSize(1);
                times.add(t);
            }
        }
        return times;
    }

    @Test
    void txn02_uac08_timerFIs64T1FromSending() {
        send();

        loop.advance(millis(31_999));
        assertThat(told.calls).isEmpty();
        loop.advance(millis(1));
        assertThat(told.calls).containsExactly("timeout");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 183, 199})
    void txn02_uac09_uac17_aProvisionalNeitherEndsNorRestartsTimerF(int status) {
        send();
        loop.advance(millis(20_000));
        layer.receive(Messages.response(status, BRANCH));

        loop.advance(millis(11_999));
        assertThat(told.calls).containsExactly(Integer.toString(status));
        loop.advance(millis(1));
        assertThat(told.calls).containsExactly(Integer.toString(status), "timeout");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 299, 302, 408, 499, 503, 603, 699})
    void uac09_everyFinalIsOne(int status) {
        send();

        layer.receive(Messages.response(status, BRANCH));

        assertThat(told.calls).containsExactly(Integer.toString(status));
        assertThat(layer.size()).isZero();
    }

    @Test
    void txn03_reliable_aSecondFinalIsAStray() {
        send();

        layer.receive(Messages.response(200, BRANCH));
        layer.receive(Messages.response(200, BRANCH));

        assertThat(told.calls).containsExactly("200");
        assertThat(discarded).containsExactly(Discard.STRAY_RESPONSE);
    }

    @Test
    void txn03_unreliable_aSecondFinalIsAbsorbedFor5Seconds() {
        layer = layer(false);
        send();
        layer.receive(Messages.response(200, BRANCH));

        loop.advance(millis(4_999));
        layer.receive(Messages.response(200, BRANCH));
        assertThat(discarded).isEmpty();

        loop.advance(millis(1));
        layer.receive(Messages.response(200, BRANCH));
        assertThat(discarded).containsExactly(Discard.STRAY_RESPONSE);
        assertThat(told.calls).containsExactly("200");
    }

    @Test
    void uac08_aRefusedRequestIsToldOnTheLoopAndNotWithinTheCall() {
        accepting = false;
        ClientTransaction transaction = send();
        assertThat(told.calls).isEmpty();
        assertThat(layer.size()).isEqualTo(1);

        loop.settle();

        assertThat(told.calls).containsExactly("failure");
        assertThat(transaction.state()).isEqualTo(State.TERMINATED);
        assertThat(layer.size()).isZero();
    }

    @Test
    void aRefusedRequestThatIsLostBeforeItsTellingIsToldOnce() {
        accepting = false;
        send();

        layer.connectionLost();
        loop.settle();

        assertThat(told.calls).containsExactly("failure");
    }

    @Test
    void aRefusedRequestThatIsAbandonedTellsNothing() {
        accepting = false;
        ClientTransaction transaction = send();

        transaction.terminate();

        assertThat(loop.isQuiet()).isTrue();
        loop.settle();
        assertThat(told.calls).isEmpty();
    }

    @Test
    void txn10_timersScaleWithT1() {
        SipTimers slow = SipTimers.ofT1(Duration.ofSeconds(1));
        layer = new TransactionLayer(loop, slow, true, Messages.OURS, 1, sent::add, (request, transaction) -> {});
        send();

        loop.advance(millis(63_999));
        assertThat(told.calls).isEmpty();
        loop.advance(millis(1));
        assertThat(told.calls).containsExactly("timeout");
    }

    @Test
    void txn10_theTimeoutIsSetApart() {
        SipTimers hasty = new SipTimers(millis(500), millis(4_000), millis(5_000), millis(700));
        layer = new TransactionLayer(loop, hasty, false, Messages.OURS, 1, sent::add, (request, transaction) -> {});
        send();

        loop.advance(millis(700));

        assertThat(sent).hasSize(2);
        assertThat(told.calls).containsExactly("timeout");
    }

    @Test
    void timerFGoesBeforeARetransmissionOfTheSameInstant() {
        SipTimers equal = new SipTimers(millis(500), millis(500), millis(500), millis(500));
        layer = new TransactionLayer(loop, equal, false, Messages.OURS, 1, sent::add, (request, transaction) -> {});
        send();

        loop.advance(millis(500));

        assertThat(sent).hasSize(1);
        assertThat(told.calls).containsExactly("timeout");
    }

    @Test
    void aUserMayAbandonItsTransactionFromWithinAProvisional() {
        ClientTransaction[] own = new ClientTransaction[1];
        Told leaving = new Told() {
            @Override
            public void onProvisional(SipResponse response) {
                super.onProvisional(response);
                own[0].terminate();
            }
        };
        own[0] = layer.send(Messages.outgoing(BRANCH), leaving);

        layer.receive(Messages.response(100, BRANCH));
        layer.receive(Messages.response(200, BRANCH));

        assertThat(leaving.calls).containsExactly("100");
        assertThat(loop.isQuiet()).isTrue();
    }

    @Test
    void aUserMaySendTheNextRequestFromWithinAFinal() {
        Told next = new Told();
        Told chaining = new Told() {
            @Override
            public void onFinal(SipResponse response) {
                super.onFinal(response);
                layer.send(Messages.outgoing(BRANCH), next); // the branch is free again
            }
        };
        layer.send(Messages.outgoing(BRANCH), chaining);

        layer.receive(Messages.response(401, BRANCH));
        layer.receive(Messages.response(200, BRANCH));

        assertThat(chaining.calls).containsExactly("401");
        assertThat(next.calls).containsExactly("200");
    }

    @Test
    void aRequestWithoutABranchIsNotSent() {
        for (String via : List.of(
                Messages.via(Messages.OURS, ";branch=z9hG4bK"),
                Messages.via(Messages.OURS, ";branch=1"),
                Messages.via(Messages.OURS, ""))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> layer.send(Messages.request("MESSAGE", via), told))
                    .withMessageContaining("branch that begins with z9hG4bK");
        }
        assertThat(sent).isEmpty();
    }

    @Test
    void aBranchInUseIsNotSent() {
        send();

        assertThatIllegalArgumentException().isThrownBy(this::send).withMessageContaining(BRANCH);
        assertThat(sent).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "ACK"})
    void methodsOfTheOtherMachineAreNotSent(String method) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        layer.send(Messages.request(method, Messages.via(Messages.OURS, ";branch=" + BRANCH)), told))
                .withMessageContaining(method);
    }

    @Test
    void confinedToTheLoop() {
        ClientTransaction transaction = send();
        loop.leave();

        assertThatIllegalStateException().isThrownBy(() -> layer.send(Messages.outgoing("z9hG4bK2"), told));
        assertThatIllegalStateException().isThrownBy(transaction::terminate);
        assertThat(sent).hasSize(1);
        assertThat(transaction.state()).isEqualTo(State.TRYING);
    }
}
