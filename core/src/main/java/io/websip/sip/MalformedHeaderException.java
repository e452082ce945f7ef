package io.websip.sip;

import io.websip.text.Visible;

/**
 * A header field that every message needs is missing or malformed, and the message was never verified
 * ({@link SipMessage#verify()}). Never thrown for a message that a user agent hands out.
 */
public final class MalformedHeaderException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    MalformedHeaderException(String message) {
        super(Visible.line(message));
    }
}
