package io.websip.sip;

/**
 * Hard limits on what is parsed, so that hostile input costs little. Immutable.
 *
 * @param maxMessageBytes the whole message in bytes; a longer request is answered 513 (RFC 3261 section 21.5.7)
 * @param maxHeaders header rows in one message
 * @param maxHeaderBytes one header row, from the first byte of its name to the last of its value, folds included
 */
public record SipLimits(int maxMessageBytes, int maxHeaders, int maxHeaderBytes) {
    /** 65,535 bytes, 256 rows, 8,192 bytes a row: what real servers take. */
    public static final SipLimits DEFAULT = new SipLimits(65_535, 256, 8_192);

    /** The largest {@link #maxMessageBytes} that can be set: 16 MiB. */
    public static final int MAX_MESSAGE_BYTES = 1 << 24;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is below 1, or {@code maxMessageBytes} above {@link #MAX_MESSAGE_BYTES}
     */
    public SipLimits {
        if (maxMessageBytes < 1 || maxMessageBytes > MAX_MESSAGE_BYTES) {
            throw new IllegalArgumentException(
                    "maxMessageBytes must be 1 to " + MAX_MESSAGE_BYTES + ", not " + maxMessageBytes);
        }
        if (maxHeaders < 1) {
            throw new IllegalArgumentException("maxHeaders must be at least 1, not " + maxHeaders);
        }
        if (maxHeaderBytes < 1) {
            throw new IllegalArgumentException("maxHeaderBytes must be at least 1, not " + maxHeaderBytes);
        }
    }
}
