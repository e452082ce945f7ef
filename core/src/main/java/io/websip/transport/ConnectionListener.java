package io.websip.transport;

/**
 * What a connection tells its owner. All calls are made on the loop that was given to {@link Transport#connect}, one at
 * a time, in the order in which things happened.
 *
 * <p>An adapter wraps the listener that it was given in a {@link GuardedListener}, which makes these promises true
 * whatever the library underneath fires.
 */
public interface ConnectionListener {
    /** The handshake is done and the subprotocol is agreed. At most once, before any other call but onClosed. */
    void onOpen();

    /**
     * One whole WebSocket message, fragments joined; text comes as its UTF-8 bytes. Any number of times between onOpen
     * and onClosed.
     *
     * @param message belongs to the listener: the transport keeps no reference
     */
    void onMessage(byte[] message);

    /**
     * A pong, asked for or not. Any number of times between onOpen and onClosed.
     *
     * @param payload belongs to the listener
     */
    void onPong(byte[] payload);

    /** It is over. Exactly once, and last. */
    void onClosed(Closure why);
}
