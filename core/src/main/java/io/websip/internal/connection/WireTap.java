package io.websip.internal.connection;

import io.websip.transport.ServerAddress;

/**
 * Hears all that goes over an agent's connections, keep-alives too, for those who count or show it. All calls on the loop,
 * in the order of the wire; none may throw. No message that it is given may be changed.
 */
public interface WireTap {
    /** The connection has taken a message, or a CRLF keep-alive (RFC 5626 section 4.4.1). */
    void sent(ServerAddress server, byte[] message);

    /** A message or a CRLF keep-alive has come; nothing has been made of it yet. */
    void received(ServerAddress server, byte[] message);

    /** A WebSocket ping has been sent (RFC 6455 section 5.5.2). */
    void pinged(ServerAddress server, byte[] payload);

    /** A WebSocket pong has come (RFC 6455 section 5.5.3). */
    void ponged(ServerAddress server, byte[] payload);
}
