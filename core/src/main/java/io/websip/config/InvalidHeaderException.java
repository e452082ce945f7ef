package io.websip.config;

import io.websip.text.Visible;

/** A header field given by the program is malformed, or one that only the library may set. The text names it and the rule. */
public final class InvalidHeaderException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidHeaderException(String message) {
        super(Visible.line(message, 2 * Visible.MAX_LENGTH));
    }
}
