package io.websip;

import io.websip.text.Visible;

/** The user agent cannot take the call: it was never started, is stopped, or has as many messages pending as it may. */
public final class NotReadyException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    NotReadyException(String message) {
        super(Visible.line(message, 2 * Visible.MAX_LENGTH));
    }
}
