package io.websip;

import io.websip.text.Visible;

/** A message's target is neither a username nor a SIP URI to which a MESSAGE can go. The text names it and the rule. */
public final class InvalidTargetException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidTargetException(String message) {
        super(Visible.line(message, 2 * Visible.MAX_LENGTH));
    }
}
