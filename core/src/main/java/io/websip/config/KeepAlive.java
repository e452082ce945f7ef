package io.websip.config;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an agent keeps its connection alive and notices that it is dead (RFC 5626 sections 4.4 and 4.4.1, RFC 7118 section
 * 6). A ping goes out at intervals, whatever else is sent, since it also keeps a NAT's binding; the server owes a pong. If
 * none has come within {@link #pongTimeout()}, the connection is cut and a new one opened at once.
 *
 * <p>The interval is 80 to 100 % of {@link #every}, at random, or 25 to 30 s where nothing is set: common proxies and load
 * balancers cut a WebSocket that is silent for 55 or 60 s. RFC 5626 section 4.4.1 names 95 to 120 s, for networks without
 * such proxies. Where the registrar's Flow-Timer is shorter, it takes the place of that interval for as long as the
 * registration lasts on the connection; it never turns on pings that are {@link #off}.
 *
 * <p>Other messages that come in while a pong is awaited are signs of life too and put the end off, for a pong may stand
 * in a queue behind them; but not beyond the time of the next ping, for they do not show that the server hears us.
 *
 * <p>Immutable.
 */
public final class KeepAlive {
    /** What is sent as a ping. */
    public enum Kind {
        /** A WebSocket ping frame (RFC 6455 section 5.5.2), which every server has to answer. */
        WEBSOCKET_PING,
        /** A message of CRLF CRLF, answered by one of CRLF (RFC 5626 section 4.4.1); not every server does that. */
        CRLF,
        /** Nothing. */
        OFF
    }

    private static final Duration PONG_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);

    private final Kind kind;
    private final @Nullable Duration interval;
    private final Duration pongTimeout;

    private KeepAlive(Kind kind, @Nullable Duration interval, Duration pongTimeout) {
        this.kind = kind;
        this.interval = interval;
        this.pongTimeout = pongTimeout;
    }

    /** WebSocket pings: what holds where nothing is said. */
    public static KeepAlive webSocketPing() {
        return new KeepAlive(Kind.WEBSOCKET_PING, null, PONG_TIMEOUT);
    }

    /** CRLF pings, for servers that are known to answer them. */
    public static KeepAlive crlf() {
        return new KeepAlive(Kind.CRLF, null, PONG_TIMEOUT);
    }

    /** No pings: a connection that is dead is noticed when something is sent, or not at all. Pings that come are answered. */
    public static KeepAlive off() {
        return new KeepAlive(Kind.OFF, null, PONG_TIMEOUT);
    }

    /**
     * The same with this interval, of which 80 to 100 % are waited.
     *
     * @throws IllegalArgumentException if it is below 1 s or beyond a year
     */
    public KeepAlive every(Duration interval) {
        if (interval.compareTo(MIN_INTERVAL) < 0) {
            throw new IllegalArgumentException("keep-alive interval must be at least 1 s, not " + interval);
        }
        return new KeepAlive(kind, Durations.bounded("keep-alive interval", interval), pongTimeout);
    }

    /**
     * The same with this time to wait for a pong, 10 s by default as in RFC 5626 section 4.4.1.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public KeepAlive pongTimeout(Duration timeout) {
        return new KeepAlive(kind, interval, Durations.positive("pong time-out", timeout));
    }

    /** What is sent. */
    public Kind kind() {
        return kind;
    }

    /** The interval; empty where none is set. */
    public Optional<Duration> interval() {
        return Optional.ofNullable(interval);
    }

    /** How long a pong is awaited. */
    public Duration pongTimeout() {
        return pongTimeout;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof KeepAlive k
                && kind == k.kind
                && Objects.equals(interval, k.interval)
                && pongTimeout.equals(k.pongTimeout);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, interval, pongTimeout);
    }

    @Override
    public String toString() {
        return kind + (interval == null ? "" : " every " + interval) + ", pong within " + pongTimeout;
    }
}
