package io.websip.trace;

import io.websip.transport.ServerAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/**
 * A message or a keep-alive that has gone over the wire, as a {@link WireTrace} sees it. Immutable; its texts are made when
 * they are asked for, on any thread.
 *
 * <p>What the texts show is redacted: of a digest only what proves nothing, of nonces the beginning, of cookies, tokens and
 * passwords in URIs nothing.
 */
public final class WireMessage {
    /** Which way it went. */
    public enum Direction {
        /** From the agent to the server. */
        SENT,
        /** From the server to the agent. */
        RECEIVED
    }

    /** What it was. */
    public enum Kind {
        /** A SIP message, or what the peer takes for one. */
        SIP,
        /** Two line breaks, which ask for one (RFC 5626 section 4.4.1). */
        CRLF_PING,
        /** One line break, or any number that is no ping. */
        CRLF_PONG,
        /** A WebSocket ping (RFC 6455 section 5.5.2). */
        WEBSOCKET_PING,
        /** A WebSocket pong (RFC 6455 section 5.5.3). */
        WEBSOCKET_PONG
    }

    private static final byte[] CRLF_PING = {'\r', '\n', '\r', '\n'};

    private final Direction direction;
    private final Kind kind;
    private final ServerAddress server;
    private final Instant time;
    private final byte[] bytes;

    /** What went that way at that time; the octets are not to be changed afterwards. */
    public WireMessage(Direction direction, Kind kind, ServerAddress server, Instant time, byte[] bytes) {
        this.direction = direction;
        this.kind = kind;
        this.server = server;
        this.time = time;
        this.bytes = bytes;
    }

    /**
     * What went as one WebSocket message, such as for the test of a trace.
     *
     * @param bytes not to be changed afterwards
     */
    public static WireMessage of(Direction direction, ServerAddress server, Instant time, byte[] bytes) {
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(time, "time");
        return new WireMessage(direction, kindOf(bytes), server, time, bytes);
    }

    private static Kind kindOf(byte[] bytes) {
        for (byte b : bytes) {
            if (b != '\r' && b != '\n') {
                return Kind.SIP;
            }
        }
        return Arrays.equals(bytes, CRLF_PING) ? Kind.CRLF_PING : Kind.CRLF_PONG;
    }

    /** Which way it went. */
    public Direction direction() {
        return direction;
    }

    /** What it was. */
    public Kind kind() {
        return kind;
    }

    /** The server at the other end. */
    public ServerAddress server() {
        return server;
    }

    /** When, by the clock of the agent's loop. */
    public Instant time() {
        return time;
    }

    /** Its length in bytes, without the WebSocket frame around it. */
    public int size() {
        return bytes.length;
    }

    /**
     * The message with its body, redacted; empty for a keep-alive. Lines end with LF. What is not UTF-8 becomes U+FFFD, a
     * control character too, so that nothing of it can act on a terminal.
     */
    public String text() {
        return kind == Kind.SIP ? Redaction.message(bytes) : "";
    }

    /** As {@link #text()}, but the start line and the header fields alone. */
    public String head() {
        return kind == Kind.SIP ? Redaction.head(bytes) : "";
    }

    /** The direction, the server and the size; nothing of the content. */
    @Override
    public String toString() {
        return direction + (direction == Direction.SENT ? " to " : " from ") + server + ": " + kind + ", "
                + bytes.length + " bytes";
    }
}
