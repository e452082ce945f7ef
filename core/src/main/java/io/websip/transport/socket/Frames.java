package io.websip.transport.socket;

import java.nio.charset.StandardCharsets;

/** The bounds of control frames (RFC 6455 sections 5.5 and 7.4), checked alike by every adapter. */
public final class Frames {
    private static final int MAX_PING_BYTES = 125;
    private static final int MAX_REASON_BYTES = 123;

    private Frames() {}

    /**
     * Checks the payload of {@link io.websip.transport.Connection#ping}.
     *
     * @throws IllegalArgumentException if it is longer than 125 bytes
     */
    public static void checkPing(byte[] payload) {
        if (payload.length > MAX_PING_BYTES) {
            throw new IllegalArgumentException("ping payload has " + payload.length + " bytes but at most "
                    + MAX_PING_BYTES + " are allowed (RFC 6455 section 5.5)");
        }
    }

    /**
     * Checks the arguments of {@link io.websip.transport.Connection#close}.
     *
     * @throws IllegalArgumentException if the code is neither 1000 nor within 3000 to 4999, or the reason is longer than 123
     *     bytes
     */
    public static void checkClose(int code, String reason) {
        if (code != 1000 && (code < 3000 || code > 4999)) {
            throw new IllegalArgumentException(
                    "close code is " + code + " but must be 1000, or 3000 to 4999 (RFC 6455 section 7.4)");
        }
        int bytes = reason.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_REASON_BYTES) {
            throw new IllegalArgumentException("close reason has " + bytes + " bytes but at most " + MAX_REASON_BYTES
                    + " are allowed (RFC 6455 section 5.5)");
        }
    }

    /** Whether a peer may send this close code; the registry leaves out 1004 to 1006 and 1015 (RFC 6455 section 7.4). */
    public static boolean mayBeReceived(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }
}
