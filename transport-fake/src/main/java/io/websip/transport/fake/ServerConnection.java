package io.websip.transport.fake;

/**
 * The server's end of one WebSocket connection. A server that is written against this and {@link ServerHandler} can stand
 * on a {@link FakeNetwork}, or behind a real socket where one implements this.
 *
 * <p>Thread-safe. No method blocks, and none calls the handler before it returns.
 */
public interface ServerConnection {
    /**
     * Sends one whole WebSocket message.
     *
     * @param message not to be changed afterwards
     * @return false, and nothing is sent, if the connection is not open or too much waits to be delivered
     */
    boolean send(byte[] message);

    /**
     * Sends a pong that no ping has asked for (RFC 6455 section 5.5.3); those that one has asked for are sent without the
     * server's help.
     *
     * @param payload at most 125 bytes, not to be changed afterwards
     * @throws IllegalArgumentException if it is longer
     */
    void pong(byte[] payload);

    /**
     * Closes with a close frame, after what was sent before.
     *
     * @param code 1000 to 4999, but not 1004, 1006 or 1015; 1005 stands for a frame without a code
     * @param reason at most 123 bytes as UTF-8
     * @throws IllegalArgumentException if either is out of its bounds
     */
    void close(int code, String reason);

    /** Resets the connection, without a close frame; what waits to be delivered to the client is lost. */
    void abort();

    /** Whether messages can be sent: from the handshake until the server closes it or is told that it is over. */
    boolean isOpen();
}
