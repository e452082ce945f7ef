package io.websip.internal.agent;

import io.websip.internal.transaction.Outcome;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipRequest;
import io.websip.sip.SipUri;

/**
 * One message on its way out. What it carries is immutable; where it stands is known to the {@link Outbox} alone and
 * confined to the loop.
 */
public abstract class OutgoingMessage {
    /** Where a message stands. */
    enum State {
        /** The request is being made. */
        NEW,
        /** Its owner is being told of the request. */
        ANNOUNCED,
        /** It waits for another to the same target. */
        QUEUED,
        /** It waits for the first connection. */
        HELD,
        /** Its request is under way. */
        SENT,
        /** It has its outcome. */
        ENDED
    }

    private final SipUri target;
    private final byte[] body;

    State state = State.NEW;
    long sequence;

    @org.jspecify.annotations.Nullable
    SipRequest request;

    int requestVersion;

    @org.jspecify.annotations.Nullable
    Exchange exchange;

    /**
     * A message for the target.
     *
     * @param body not to be changed afterwards
     */
    protected OutgoingMessage(SipUri target, byte[] body) {
        this.target = target;
        this.body = body;
    }

    final SipUri target() {
        return target;
    }

    final void addTo(SipMessageBuilder<SipRequest> builder) {
        addHeaders(builder);
        builder.body(body);
    }

    /** Adds what the program gave: extra headers and the content type. Called on the loop. */
    protected abstract void addHeaders(SipMessageBuilder<SipRequest> builder);

    /**
     * The request is there. Called on the loop, once.
     *
     * @param proceed to be called on the loop once the request may go out
     */
    protected abstract void created(SipRequest request, Runnable proceed);

    /** It has ended. Called on the loop, once. */
    protected abstract void ended(Outcome outcome);
}
