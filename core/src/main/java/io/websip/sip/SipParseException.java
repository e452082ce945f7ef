package io.websip.sip;

import io.websip.text.Visible;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Octets that are not a SIP message, or a value that is not what its header field demands: the only exception that
 * parsing throws, whatever the input.
 *
 * <p>Made without a stack trace, since its source is the peer's bytes and not a place in the code.
 */
public final class SipParseException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int statusHint;
    private final transient @Nullable SipHeaders headers;

    SipParseException(String message) {
        this(message, 400, null);
    }

    SipParseException(String message, int statusHint, @Nullable SipHeaders headers) {
        super(Visible.line(message), null, false, false);
        this.statusHint = statusHint;
        this.headers = headers;
    }

    /** The status with which a request like this should be answered: 400, 505 (version) or 513 (too large). */
    public int statusHint() {
        return statusHint;
    }

    /**
     * The header fields that could be read all the same, if the message was a request: what an answer to it echoes.
     * Empty for a response or a single value, to which nothing may be answered.
     */
    public Optional<SipHeaders> headers() {
        return Optional.ofNullable(headers);
    }

    SipParseException with(@Nullable SipHeaders readable) {
        return new SipParseException(String.valueOf(getMessage()), statusHint, readable);
    }
}
