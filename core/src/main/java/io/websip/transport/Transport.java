package io.websip.transport;

import io.websip.loop.EventLoop;

/**
 * A way to carry SIP over WebSocket (RFC 7118). An adapter implements this and passes the contract kit; the engine uses
 * nothing else of it.
 *
 * <p>Thread-safe. One transport may serve any number of user agents.
 */
public interface Transport extends AutoCloseable {
    /**
     * A loop for one user agent, which gives it back with {@link EventLoop#close()}. Opens no socket.
     *
     * @throws IllegalStateException if this transport is closed
     */
    EventLoop newEventLoop();

    /**
     * Starts to connect and returns at once; all that follows is told to the listener, on the given loop and never
     * within this call. The WebSocket subprotocol {@code sip} is offered and demanded (RFC 7118 section 4.1).
     *
     * <p>An attempt may take as long as the transport's own time-outs allow; the engine aborts one that takes too long for
     * its user.
     *
     * @param loop one that {@link #newEventLoop()} of this transport has returned
     * @throws IllegalArgumentException if the loop is another
     * @throws IllegalStateException if this transport or the loop is closed
     */
    Connection connect(ServerAddress server, EventLoop loop, ConnectionListener listener);

    /**
     * Whether its upgrade requests carry secrets of the program, such as a bearer token or a cookie. An agent of such a
     * transport finds the servers of a domain by wss alone: neither forged DNS nor dropped packets lead the secrets to a
     * connection without TLS (RFC 6455 section 10.6). Where the configuration names a {@code ws:} URL, they go there.
     *
     * @return false unless the adapter says otherwise; always the same
     */
    default boolean hasUpgradeSecrets() {
        return false;
    }

    /**
     * Closes all connections and loops and releases every thread that this transport made; what was lent to it is left
     * alone. Each listener still gets its {@link ConnectionListener#onClosed}. A second call does nothing. Must not be
     * called on one of its own loops if it has to wait for it.
     */
    @Override
    void close();
}
