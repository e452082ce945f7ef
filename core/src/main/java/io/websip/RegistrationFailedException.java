package io.websip;

import io.websip.sip.SipResponse;
import java.util.Optional;

/** What the future of {@link UserAgent#start()} or {@link UserAgent#register()} completes with when it comes to nothing. */
public final class RegistrationFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Cause cause;
    private final transient Optional<SipResponse> response;

    RegistrationFailedException(String message, Cause cause, Optional<SipResponse> response) {
        super(message, null, false, false);
        this.cause = cause;
        this.response = response;
    }

    /** Why it failed; {@code getCause} of Throwable has nothing to do with it. */
    public Cause cause() {
        return cause;
    }

    /** The final response, if it is one that made it fail. */
    public Optional<SipResponse> response() {
        return response;
    }
}
