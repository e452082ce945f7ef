package io.websip.dns;

import io.websip.text.Visible;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A lookup in DNS came to nothing: no server answered, it answered with an error, or what it answered leads nowhere. That
 * a name does not exist is an answer, not a failure.
 */
public final class DnsException extends IOException {
    private static final long serialVersionUID = 1;

    /** @param message names what was looked up; control characters in it are replaced */
    public DnsException(String message) {
        super(Visible.line(message));
    }

    /**
     * @param message names what was looked up; control characters in it are replaced, as in the texts of the cause
     * @param cause null for none
     */
    public DnsException(String message, @Nullable Throwable cause) {
        super(Visible.line(message), cause == null ? null : Visible.failure(cause));
    }
}
