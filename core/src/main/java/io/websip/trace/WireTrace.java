package io.websip.trace;

/**
 * Sees all that an agent sends and receives, as it goes over the WebSocket; set by {@code wireTrace} of the configuration.
 *
 * <p>It is called on the agent's own loop, at the moment itself: what is received before anything is made of it, what is
 * sent once the connection has taken it. So its order is that of the wire, nothing of it waits in a queue, and all is seen
 * up to a fault. In return it must not block, since it holds up the agent: who writes to something slow hands the
 * {@link WireMessage} on to a thread of his own. What it throws is logged and harms nothing. After the future of
 * {@code UserAgent.stop()} it is not called any more.
 *
 * <p>Must be thread-safe if several agents share it.
 */
@FunctionalInterface
public interface WireTrace {
    /** A message or a keep-alive has gone over the wire. Called on the agent's loop. */
    void trace(WireMessage message);
}
