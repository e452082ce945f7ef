package io.websip.internal.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.internal.transaction.Outcome;
import io.websip.sip.SipResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What takes more than one step of the machine whose cells {@link RegistrationTableTest} tries. */
class RegistrationStepsTest extends RegistrationFixture {
    @Test
    void aFlowThatFailsSoonAfterItsRegisterNeedsNoOther() {
        registered();
        loop.advance(RETRY_MIN.minusNanos(1));
        assertThat(registration.flowFailed()).isFalse();
        assertThat(sent).isEmpty();
        loop.advance(Duration.ofNanos(1));
        assertThat(registration.flowFailed()).isTrue();
        assertThat(sent).hasSize(1);
    }

    @Test
    void whoWaitsOverAMoveIsToldByTheNextRegister() {
        registered();
        register("before");
        registration.moved();
        assertThat(told).containsExactly("unregistered CONNECTION_LOST");
        assertThat(registration.isRegistered()).isFalse();
        assertThat(results).isEmpty();
        register("after");
        answer(answered(503)); // of the one before the move
        assertThat(results).isEmpty();
        answer(answered(200));
        assertThat(results).containsExactly("before answered with 200", "after answered with 200");
    }

    @Test
    void anAnswerFromBeforeTheLossIsNotHeard() {
        register("before");
        Consumer<Outcome> old = unanswered.remove();
        registration.connectionLost();
        register("after");
        old.accept(answered(200));
        assertThat(registration.state()).isEqualTo(RegistrationState.REGISTERING);
        answer(answered(200));
        assertThat(registration.isRegistered()).isTrue();
    }

    @Test
    void theNextConnectionBeginsWithTheFirstPause() {
        for (int i = 0; i < 4; i++) {
            register("try");
            answer(answered(503));
        }
        assertThat(pauses.get(3)).isGreaterThan(RETRY_MIN.multipliedBy(3));
        registration.connectionLost();
        register("try");
        answer(answered(503));
        assertThat(pauses.get(4)).isBetween(RETRY_MIN.dividedBy(2), RETRY_MIN);
    }

    @Test
    void whatIsGrantedAnewBeginsWithTheFirstPauseToo() {
        for (int i = 0; i < 4; i++) {
            register("try");
            answer(answered(503));
        }
        register("good");
        answer(answered(200));
        register("bad");
        answer(answered(503));
        assertThat(pauses.get(4)).isBetween(RETRY_MIN.dividedBy(2), RETRY_MIN);
    }

    @Test
    void aBindingThatWasRefusedDoesNotLapseToo() {
        registered();
        register("refresh");
        answer(answered(403));
        loop.advance(Duration.ofSeconds(700));
        assertThat(told).filteredOn(event -> event.startsWith("unregistered")).containsExactly("unregistered REFUSED");
    }

    @Test
    void aBindingThatStandsAfterAFailureLapsesAtItsTime() {
        registered();
        register("refresh");
        answer(answered(503));
        for (int i = 0; i < 100 && registration.isRegistered(); i++) {
            loop.advance(Duration.ofSeconds(10));
            if (!unanswered.isEmpty()) {
                answer(answered(503));
            }
        }
        assertThat(told).filteredOn(event -> event.startsWith("unregistered")).containsExactly("unregistered LAPSED");
    }

    @Test
    void aBindingThatIsBeingRemovedEndsWithItsTimeAndOnce() {
        registered();
        register("refresh");
        answer(answered(503)); // which is not why it ends
        told.clear();
        unregister("out");
        loop.advance(Duration.ofSeconds(700));
        assertThat(reasons).containsOnlyNulls();
        assertThat(registration.isRegistered()).isFalse();
        assertThat(told).filteredOn(event -> event.startsWith("unregistered")).containsExactly("unregistered ASKED");
        register("in");
        answer(TIMED_OUT);
        assertThat(results).endsWith("out no answer in time");
        assertThat(told).filteredOn(event -> event.startsWith("unregistered")).hasSize(1);
        answer(answered(200));
        assertThat(registration.isRegistered()).isTrue();
    }

    @Test
    void aBindingWhoseTimeIsOverWhileItIsBeingRemovedDoesNotComeBackWithALostConnection() {
        registered();
        unregister("out");
        loop.advance(Duration.ofSeconds(700));
        answer(new Outcome.ConnectionLost());
        assertThat(registration.state()).isEqualTo(RegistrationState.UNREGISTERED);
        registration.connectionLost();
        assertThat(told).filteredOn(event -> event.startsWith("unregistered")).containsExactly("unregistered ASKED");
    }

    @Test
    void aWishToBeRegisteredAfterAllIsTheLast() {
        registered();
        unregister("out");
        answer(new Outcome.ConnectionLost()); // not taken by a connection that stays
        assertThat(registration.isRegistered()).isTrue();
        register("in");
        answer(answered(503));
        told.clear();
        for (int i = 0; i < 100 && registration.isRegistered(); i++) {
            loop.advance(Duration.ofSeconds(10));
            if (!unanswered.isEmpty()) {
                answer(answered(503));
            }
        }
        assertThat(told).filteredOn(event -> event.startsWith("unregistered")).containsExactly("unregistered LAPSED");
        assertThat(reasons).singleElement().isNotNull();
    }

    @Test
    void aRegisterWithoutAnswerMayHaveMadeABindingWhateverCameLater() {
        register("unheard");
        answer(TIMED_OUT);
        register("refused");
        answer(answered(503));
        sent.clear();
        unregister("out");
        assertThat(sent).containsExactly(0L);
        answer(answered(200));
        assertThat(results).last().isEqualTo("out answered with 200");
        unregister("again");
        assertThat(results).last().isEqualTo("again no connection");
        assertThat(told).noneMatch(event -> event.startsWith("unregistered"));
    }

    @Test
    void aSuccessThatListsOthersMayHaveMadeABindingToo() {
        register("unlisted");
        answer(new Outcome.Answered(SipResponse.to(REQUEST.headers(), 200, null, "t")
                .add("Contact", "<sip:one@y.invalid>, <sip:other@y.invalid>")
                .build()));
        assertThat(registration.isRegistered()).isFalse();
        sent.clear();
        unregister("out");
        assertThat(sent).containsExactly(0L);
        answer(answered(200));
        unregister("again");
        assertThat(results).last().isEqualTo("again no connection");
    }

    @Test
    void wishesAreGrantedInTheOrderInWhichTheyCame() {
        register("in");
        unregister("out");
        register("in again");
        answer(answered(200));
        assertThat(results).containsExactly("in answered with 200");
        assertThat(sent).containsExactly(3_600L, 0L);
        answer(answered(200));
        assertThat(sent).containsExactly(3_600L, 0L, 3_600L);
        answer(answered(200));
        assertThat(results)
                .containsExactly("in answered with 200", "out answered with 200", "in again answered with 200");
        assertThat(registration.isRegistered()).isTrue();
    }

    @Test
    void andSoAreThoseToBeRemoved() {
        registered();
        unregister("out");
        register("in");
        unregister("out again");
        answer(answered(200));
        answer(answered(200));
        answer(answered(200));
        assertThat(sent).containsExactly(0L, 3_600L, 0L);
        assertThat(results)
                .containsExactly("out answered with 200", "in answered with 200", "out again answered with 200");
        assertThat(registration.isRegistered()).isFalse();
    }

    @Test
    void aRegistrationThatHasRetiredTellsThoseWhoWaitAndNobodyElse() {
        registered();
        register("refresh");
        registration.retire(answered(202));
        assertThat(results).containsExactly("refresh answered with 202");
        assertThat(told).isEmpty();
        assertThat(loop.isQuiet()).isTrue();
    }

    @Test
    void retiringTellsWhoWaitsForARemovalToo() {
        registered();
        unregister("out");
        registration.retire(answered(202));
        assertThat(results).containsExactly("out answered with 202");
    }

    @Test
    void retiringTellsWhoHasRegisteredBehindARemovalToo() {
        registered();
        register("refresh");
        unregister("out");
        register("in");
        registration.retire(answered(202));
        assertThat(results).containsExactly("refresh answered with 202", "out no connection", "in answered with 202");
        assertThat(sent).hasSize(1);
        assertThat(loop.isQuiet()).isTrue();
    }

    private Outcome tooBrief(String min) {
        return new Outcome.Answered(SipResponse.to(REQUEST.headers(), 423, null, "t")
                .add("Min-Expires", min)
                .build());
    }

    @Test
    void theExpiryIsRaisedTwiceAndNoMore() {
        register("in");
        answer(tooBrief("4000"));
        answer(tooBrief("5000"));
        assertThat(sent).containsExactly(3_600L, 4_000L, 5_000L);
        answer(tooBrief("6000"));
        assertThat(sent).hasSize(3);
        assertThat(results).containsExactly("in answered with 423");
    }

    @Test
    void theExpiryIsRaisedOnlyIfMoreIsDemanded() {
        for (String min : List.of("3600", "60", "nonsense")) {
            sent.clear();
            results.clear();
            register("in");
            answer(tooBrief(min));
            assertThat(sent).as(min).containsExactly(3_600L);
            assertThat(results).as(min).containsExactly("in answered with 423");
        }
    }

    @Test
    void aFirstRegisterThatFailsIsTriedAgain() {
        register("in");
        answer(answered(503));
        loop.advance(RETRY_MIN);
        assertThat(sent).containsExactly(3_600L, 3_600L);
        assertThat(registration.state()).isEqualTo(RegistrationState.REGISTERING);
    }

    @Test
    void butNotOnceItIsNoLongerWanted() {
        register("in");
        answer(answered(503));
        unregister("out");
        loop.advance(RETRY_MIN);
        assertThat(sent).containsExactly(3_600L);
        assertThat(results).containsExactly("in answered with 503", "out no connection");
        assertThat(loop.isQuiet()).isTrue();
    }

    @Test
    void whatWasRemovedDoesNotLapse() {
        registered();
        unregister("out");
        answer(answered(200));
        assertThat(loop.isQuiet()).isTrue();
        loop.advance(Duration.ofSeconds(700));
        assertThat(told).containsExactly("unregistered ASKED");
    }

    @Test
    void aBindingIsKnownByItsInstanceToo() {
        register("in");
        answer(new Outcome.Answered(SipResponse.to(REQUEST.headers(), 200, null, "t")
                .add(
                        "Contact",
                        "<sip:a@elsewhere>;+sip.instance=\"<urn:uuid:00000000-0000-0001-0000-000000000002>\";expires=60")
                .build()));
        assertThat(registration.isRegistered()).isTrue();
    }
}
