package io.websip.internal.connection;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is kept alive. Immutable.
 *
 * @param interval the longest between two pings; null for that of RFC 5626
 * @param pongTimeout how long a pong is awaited
 */
public record KeepAliveSettings(Kind kind, @Nullable Duration interval, Duration pongTimeout) {
    /** What a ping is. */
    public enum Kind {
        /** A WebSocket ping frame. */
        WEBSOCKET_PING,
        /** A message of CRLF CRLF. */
        CRLF,
        /** There is none. */
        OFF
    }
}
