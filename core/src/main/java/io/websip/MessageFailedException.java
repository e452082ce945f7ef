package io.websip;

import io.websip.sip.SipResponse;
import io.websip.text.Visible;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the future of a message that failed completes with: the same as its {@link MessageEvent.Failed} event. Made
 * without a stack trace, since it comes from the network.
 */
public final class MessageFailedException extends RuntimeException {
    private static final int MAX_REASON = 200;
    private static final long serialVersionUID = 1L;

    private final transient MessageEvent.Failed event;

    MessageFailedException(MessageEvent.Failed event, @Nullable Exception failure) {
        super(describe(event), failure == null ? null : Visible.failure(failure), false, false);
        this.event = event;
    }

    private static String describe(MessageEvent.Failed event) {
        String answer = event.response()
                .map(r -> " (" + r.status() + " " + Visible.line(r.reason(), MAX_REASON) + ")")
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

    /**
     * Why the message failed. What {@code getCause} of Throwable gives, if anything, is the exception behind it, such as
     * that of the connection that did not come about.
     */
    public Cause cause() {
        return event.cause();
    }

    /** The final response, if it is one that made the message fail. */
    public Optional<SipResponse> response() {
        return event.response();
    }
}
