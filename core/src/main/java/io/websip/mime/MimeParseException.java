package io.websip.mime;

/**
 * Octets that break the rules of their content type, or go beyond a limit: the only exception that reading throws, whatever
 * the input.
 *
 * <p>It has no stack trace, since its source is the peer's octets and not a place in the code. Its text holds nothing of the input.
 */
public final class MimeParseException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int statusHint;

    private MimeParseException(String message, int statusHint) {
        super(message, null, false, false);
        this.statusHint = statusHint;
    }

    static MimeParseException malformed(String message) {
        return new MimeParseException(message, 400);
    }

    static MimeParseException tooLarge(String message) {
        return new MimeParseException(message, 413);
    }

    static MimeParseException unsupported(String message) {
        return new MimeParseException(message, 415);
    }

    /**
     * The status with which a request with such a body should be answered: 400, 413 (too large once it is inflated, RFC 3261
     * section 21.4.11) or 415 (an encoding that is not known, section 21.4.13).
     */
    public int statusHint() {
        return statusHint;
    }
}
