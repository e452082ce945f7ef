package io.websip.internal.messaging;

import io.websip.config.MessageOptions;
import io.websip.internal.request.Exchange;
import io.websip.internal.transaction.Outcome;
import io.websip.loop.EventLoop;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipRequest;
import io.websip.sip.SipUri;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way out. What it carries is immutable; where it stands is known to the {@link Outbox} alone and
 * confined to the loop.
 */
public abstract class OutgoingMessage {
    /**
     * Where a message stands.
     *
     * <pre>
     *   NEW --&gt; ANNOUNCED --&gt; QUEUED --&gt; SENT --------------&gt; ENDED
     *                          ^  |       | ^                  ^
     *           a redirect:    |  v       | | pause over       |
     *           other queue    | HELD     v |                  |
     *                          |  |  ^    PAUSED --------------+
     *                          |  |  |    |                    |
     *                          |  |  +----+ lost, and may be   |
     *                          |  |         sent again         |
     *                          |  +----------------------------+
     *                          +-- connection, registration    time is up, or nothing may follow
     * </pre>
     */
    enum State {
        /** The request is being made. */
        NEW,
        /** Its owner is being told of the request. */
        ANNOUNCED,
        /** It waits for another to the same target. */
        QUEUED,
        /** It is its turn, but it waits for the connection or the registration. */
        HELD,
        /** Its request is under way. */
        SENT,
        /** It waits before it is sent again. */
        PAUSED,
        /** It has its outcome. */
        ENDED
    }

    private final byte[] body;
    private final MessageOptions options;
    private SipUri target;

    State state = State.NEW;
    long sequence;
    long cseq = 1; // of the last request made
    int retries;
    boolean wasSent;
    long bornNanos;

    /** The queue for its target that it stands in, first or further behind; null while in none. */
    TargetQueues.@Nullable Queue queue;

    /** Its neighbours while it waits there; for the queue alone. */
    @Nullable
    OutgoingMessage ahead;

    @Nullable
    OutgoingMessage behind;

    /** Until when it may be held; null while it may not. */
    @Nullable
    Long holdUntilNanos;

    @Nullable
    SipRequest request;

    int requestVersion;

    @Nullable
    Exchange exchange;

    /** How the request before ended, where it is sent again. */
    @Nullable
    Outcome before;

    @Nullable
    RedirectTargets redirects;

    /** Ends the hold or the pause. */
    EventLoop.@Nullable Timer timer;

    /**
     * A message for the target.
     *
     * @param body not to be changed afterwards
     */
    protected OutgoingMessage(SipUri target, byte[] body, MessageOptions options) {
        this.target = target;
        this.body = body;
        this.options = options;
    }

    /** The last request made for it; null before there was one. On the loop. */
    protected final @Nullable SipRequest request() {
        return request;
    }

    /** How many bytes its body has. */
    protected final int bodyLength() {
        return body.length;
    }

    final SipUri target() {
        return target;
    }

    final void redirectTo(SipUri next) {
        target = next;
    }

    final MessageOptions options() {
        return options;
    }

    final void addTo(SipMessageBuilder<SipRequest> builder) {
        addHeaders(builder);
        builder.body(body);
    }

    /**
     * Whether anything of it has gone out, so that it may have arrived although no answer came. On the loop, or once it
     * has {@link #ended}.
     */
    protected final boolean wasSent() {
        return wasSent;
    }

    /** Adds what the program gave: extra headers and the content type. */
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
