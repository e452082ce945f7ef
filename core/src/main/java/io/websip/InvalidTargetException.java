package io.websip;

/** A message's target is neither a username nor a SIP URI to which a MESSAGE can go. The text names it and the rule. */
public final class InvalidTargetException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidTargetException(String message) {
        super(message);
    }
}
