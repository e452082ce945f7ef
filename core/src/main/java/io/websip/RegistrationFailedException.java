package io.websip;

import io.websip.sip.SipResponse;
import io.websip.text.Visible;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the future of {@link UserAgent#start()} or {@link UserAgent#register()} completes with when it comes to nothing. */
public final class RegistrationFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Cause cause;
    private final transient Optional<SipResponse> response;

    RegistrationFailedException(
            String message, Cause cause, Optional<SipResponse> response, @Nullable Exception failure) {
        super(
                Visible.line(message, 2 * Visible.MAX_LENGTH),
                failure == null ? null : Visible.failure(failure),
                false,
                false);
        this.cause = cause;
        this.response = response;
    }

    /**
     * Why it failed. What {@code getCause} of Throwable gives, if anything, is the exception behind it, such as that of the
     * connection that did not come about.
     */
    public Cause cause() {
        return cause;
    }

    /** The final response, if it is one that made it fail. */
    public Optional<SipResponse> response() {
        return response;
    }
}
