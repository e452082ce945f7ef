package io.websip.transport.fake;

import io.websip.transport.Closure;

/**
 * What a server is told of its connections. On a {@link FakeNetwork} all calls are tasks of its {@link VirtualEventLoop},
 * one at a time; for one connection they come in the order in which things happened. What a method throws harms no
 * connection, and fails the test through the loop.
 */
@FunctionalInterface
public interface ServerHandler {
    /** A client's handshake is done; messages can be sent at once. Once, before any other call for this connection. */
    default void onOpen(ServerConnection connection) {}

    /**
     * One whole message of a client. Any number of times.
     *
     * @param message belongs to the handler
     */
    void onMessage(ServerConnection connection, byte[] message);

    /**
     * A client's ping. Any number of times. The pong is under way already, as RFC 6455 section 5.5.2 demands, unless
     * {@link Fault#noPong()} keeps it back.
     *
     * @param payload belongs to the handler
     */
    default void onPing(ServerConnection connection, byte[] payload) {}

    /** It is over: exactly once and last, for each connection that was opened, unless it is half-open. */
    default void onClosed(ServerConnection connection, Closure why) {}
}
