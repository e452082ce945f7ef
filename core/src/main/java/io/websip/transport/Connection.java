package io.websip.transport;

/**
 * One WebSocket connection, from the attempt to open it until its listener is told {@link ConnectionListener#onClosed}.
 * A lost connection does not come back: a new one is made by {@link Transport#connect}.
 *
 * <p>Thread-safe. No method blocks, and none calls the listener before it returns.
 */
public interface Connection {
    /**
     * Sends one SIP message as one WebSocket message (RFC 7118 section 5.1), text if the bytes are valid UTF-8, else
     * binary. Messages leave in the order in which they were accepted.
     *
     * @param message not to be changed afterwards, by either side
     * @return true if it was accepted; false if the connection is not open, or if more bytes wait to be written than the
     *     transport's cap: then nothing of it is sent. Accepted is not yet delivered: when the connection closes, what
     *     waits is lost.
     */
    boolean send(byte[] message);

    /**
     * Sends a WebSocket ping (RFC 6455 section 5.5.2); the pong comes to {@link ConnectionListener#onPong}. Does nothing
     * if the connection is not open.
     *
     * @param payload at most 125 bytes, not to be changed afterwards
     * @throws IllegalArgumentException if it is longer
     */
    void ping(byte[] payload);

    /**
     * Closes in an orderly way: what was accepted is written, then a close frame, and the peer's close frame is awaited
     * for a bounded time. An attempt still under way is given up. Only the first of {@code close} and {@code abort}
     * counts, but {@code abort} cuts a close short.
     *
     * @param code 1000, or 3000 to 4999 (RFC 6455 section 7.4)
     * @param reason at most 123 bytes as UTF-8
     * @throws IllegalArgumentException if either is out of its bounds
     */
    void close(int code, String reason);

    /** Cuts the connection at once, without a close frame; its closure is {@link Closure.Failed}. */
    void abort();
}
