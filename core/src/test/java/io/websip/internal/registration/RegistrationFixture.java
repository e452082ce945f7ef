package io.websip.internal.registration;

import io.websip.config.RegistrationOptions;
import io.websip.config.UserAgentConfig;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A registration in manual time; what it sends, and whom it tells what. */
abstract class RegistrationFixture extends ToldListener implements RegisterSender {
    private static final SipUri CONTACT = SipUri.of("sip:a@x.invalid;transport=ws");
    static final SipRequest REQUEST = SipRequest.builder(SipMethod.REGISTER, SipUri.of("sip:example.com"))
            .add("Via", "SIP/2.0/WS x.invalid;branch=z9hG4bK1")
            .add("From", "<sip:a@example.com>;tag=1")
            .add("To", "<sip:a@example.com>")
            .add("Call-ID", "1")
            .add("CSeq", "1 REGISTER")
            .build();
    static final String INSTANCE = "<urn:uuid:00000000-0000-0001-0000-000000000002>";
    static final Duration RETRY_MIN = Duration.ofSeconds(30);
    static final Outcome TIMED_OUT = new Outcome.TimedOut();

    final ManualLoop loop = new ManualLoop();
    final List<Long> sent = new ArrayList<>();
    final List<String> results = new ArrayList<>();
    final List<@Nullable Duration> pauses = new ArrayList<>();
    final Deque<Consumer<Outcome>> unanswered = new ArrayDeque<>();
    final Registration registration =
            new Registration(loop, new Random(1), this, this, config(true), INSTANCE, CONTACT);

    static UserAgentConfig config(boolean autoRefresh) {
        return UserAgentConfig.builder()
                .uri("sip:a@example.com")
                .server("ws://example.com")
                .registerExpires(Duration.ofSeconds(3_600))
                .registration(RegistrationOptions.builder()
                        .autoRefresh(autoRefresh)
                        .retry(RETRY_MIN, Duration.ofSeconds(1_800))
                        .build())
                .build();
    }

    /** The answer to what was sent last. */
    Outcome answered(int status) {
        boolean removed = !sent.isEmpty() && sent.get(sent.size() - 1) == 0;
        return new Outcome.Answered(SipResponse.to(REQUEST.headers(), status, null, "t")
                .add("Contact", "<" + CONTACT + ">;expires=" + (removed ? 0 : 600))
                .build());
    }

    void answer(Outcome outcome) {
        unanswered.remove().accept(outcome);
    }

    void register(String who) {
        registration.register(outcome -> results.add(who + " " + outcome.summary()));
    }

    void unregister(String who) {
        registration.unregister(outcome -> results.add(who + " " + outcome.summary()));
    }

    void registered() {
        register("first");
        answer(answered(200));
        sent.clear();
        told.clear();
        results.clear();
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
    public void registrationFailed(Outcome why, @Nullable Duration retryIn) {
        pauses.add(retryIn);
    }
}
