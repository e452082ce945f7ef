package io.websip.internal.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.internal.fixture.ManualLoop;
import io.websip.internal.transaction.Outcome;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What takes more than one step of the machine whose cells {@link RegistrationTableTest} tries. */
class RegistrationStepsTest implements RegistrationListener, RegisterSender {
    private static final SipUri CONTACT = SipUri.of("sip:a@x.invalid;transport=ws");
    private static final SipRequest REQUEST = SipRequest.builder(SipMethod.REGISTER, SipUri.of("sip:example.com"))
            .add("Via", "SIP/2.0/WS x.invalid;branch=z9hG4bK1")
            .add("From", "<sip:a@example.com>;tag=1")
            .add("To", "<sip:a@example.com>")
            .add("Call-ID", "1")
            .add("CSeq", "1 REGISTER")
            .build();
    private static final Duration RETRY_MIN = Duration.ofSeconds(30);
    private static final Outcome TIMED_OUT = new Outcome.TimedOut();

    private final ManualLoop loop = new ManualLoop();
    private final List<Long> sent = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> results = new ArrayList<>();
    private final List<@Nullable Duration> pauses = new ArrayList<>();
    private final Deque<Consumer<Outcome>> unanswered = new ArrayDeque<>();
    private final Registration registration = new Registration(
            loop,
            new Random(1),
            this,
            this,
            new RegistrationSettings(
                    SipUri.of("sip:example.com"),
                    true,
                    Duration.ofSeconds(3_600),
                    new UUID(1, 2),
                    1,
                    true,
                    true,
                    RETRY_MIN,
                    Duration.ofSeconds(1_800)),
            CONTACT);

    /** The answer to what was sent last. */
    private Outcome answered(int status) {
        boolean removed = !sent.isEmpty() && sent.get(sent.size() - 1) == 0;
        return new Outcome.Answered(SipResponse.to(REQUEST.headers(), status, null, "t")
                .add("Contact", "<" + CONTACT + ">;expires=" + (removed ? 0 : 600))
                .build());
    }

    private void answer(Outcome outcome) {
        unanswered.remove().accept(outcome);
    }

    private void register(String who) {
        registration.register(outcome -> results.add(who + " " + outcome.summary()));
    }

    private void unregister(String who) {
        registration.unregister(outcome -> results.add(who + " " + outcome.summary()));
    }

    private void registered() {
        register("first");
        answer(answered(200));
        sent.clear();
        told.clear();
        results.clear();
    }

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
            register("in");
            answer(tooBrief(min));
        }
        assertThat(sent).containsOnly(3_600L);
        assertThat(results).hasSize(3).containsOnly("in answered with 423");
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

    // ---- whom it tells, and by whom it sends ----

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void register(long expires, boolean outbound, Consumer<Outcome> result) {
        sent.add(expires);
        unanswered.add(result);
    }

    @Override
    public void registered(Grant grant, boolean first) {
        told.add(first ? "registered" : "refreshed");
    }

    @Override
    public void expiring(Duration left) {
        told.add("expiring");
    }

    @Override
    public void unregistered(BindingEnd end, @Nullable Outcome why) {
        told.add("unregistered " + end);
    }

    @Override
    public void registrationFailed(Outcome why, @Nullable Duration retryIn) {
        pauses.add(retryIn);
    }
}
