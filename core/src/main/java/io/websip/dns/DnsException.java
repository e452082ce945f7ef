package io.websip.dns;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A lookup in DNS came to nothing: no server answered, it answered with an error, or what it answered leads nowhere. That
 * a name does not exist is an answer, not a failure.
 */
public final class DnsException extends IOException {
    private static final long serialVersionUID = 1;

    /** @param message names what was looked up */
    public DnsException(String message) {
        super(message);
    }

    /** @param message names what was looked up */
    public DnsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
