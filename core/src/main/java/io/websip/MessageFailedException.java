package io.websip;

import io.websip.sip.SipResponse;
import java.util.Optional;

/**
 * What the future of a message that failed completes with: the same as its {@link MessageEvent.Failed} event. Made
 * without a stack trace, since it comes from the network.
 */
public final class MessageFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient MessageEvent.Failed event;

    MessageFailedException(MessageEvent.Failed event) {
        super(describe(event), null, false, false);
        this.event = event;
    }

    private static String describe(MessageEvent.Failed event) {
        String answer = event.response()
                .map(r -> " (" + r.status() + " " + r.reason() + ")")
                .orElse("");
        return event.cause().text() + answer + (event.detail().isEmpty() ? "" : ": " + event.detail());
    }

    /** The event that came with it, and says more. */
    public MessageEvent.Failed event() {
        return event;
    }

    /** Whether the message was delivered all the same, as far as that is known. */
    public Delivery delivery() {
        return event.delivery();
    }

    /** {@link Originator#REMOTE} with a response, {@link Originator#SYSTEM} without. */
    public Originator originator() {
        return event.originator();
    }

    /** Why the message failed; {@code getCause} of Throwable has nothing to do with it. */
    public Cause cause() {
        return event.cause();
    }

    /** The final response, if it is one that made the message fail. */
    public Optional<SipResponse> response() {
        return event.response();
    }
}
