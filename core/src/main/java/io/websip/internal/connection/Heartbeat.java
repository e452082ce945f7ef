package io.websip.internal.connection;

import io.websip.config.KeepAlive;
import io.websip.loop.EventLoop;
import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The rhythm of one connection's pings, and the judgement that it is dead (RFC 5626 sections 4.4 and 4.4.1). A ping must be
 * followed by its pong. Other traffic puts the end off while the pong is awaited, but no longer than until the next ping
 * would be due: the pong may be stuck behind it, yet it does not show that the server still hears us. Confined to the loop.
 */
final class Heartbeat {
    /**
     * Shorter than the 95 to 120 s of RFC 5626 section 4.4.1, which are made for NATs: proxies of HTTP cut a WebSocket that
     * is silent for 55 or 60 s.
     */
    private static final Duration DEFAULT_LEAST = Duration.ofSeconds(25);

    private static final Duration DEFAULT_MOST = Duration.ofSeconds(30);

    /** A shorter Flow-Timer is taken for this, so that a registrar cannot make us spin. */
    private static final Duration MIN_FLOW_TIMER = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final RandomGenerator random;
    private final KeepAlive keepAlive;
    private final Runnable ping;
    private final Runnable dead;

    private @Nullable Duration flowTimer;
    private EventLoop.@Nullable Timer nextPing;
    private long nextPingAt;
    private EventLoop.@Nullable Timer deadline;
    private boolean awaiting; // a pong
    private boolean due; // the next ping, while the pong is awaited
    private long lastSign;

    /**
     * Silent before {@link #start}.
     *
     * @param dead what to do when no pong has come; called once at most
     */
    Heartbeat(EventLoop loop, RandomGenerator random, KeepAlive keepAlive, Runnable ping, Runnable dead) {
        this.loop = loop;
        this.random = random;
        this.keepAlive = keepAlive;
        this.ping = ping;
        this.dead = dead;
    }

    void start() {
        if (keepAlive.kind() != KeepAlive.Kind.OFF) {
            planNextPing(interval());
        }
    }

    void stop() {
        cancel(nextPing);
        cancel(deadline);
        nextPing = null;
        deadline = null;
    }

    /** What the registrar says of this connection; null for nothing. The same once more changes nothing. */
    void flowTimer(@Nullable Duration time) {
        if (Objects.equals(flowTimer, time)) {
            return;
        }
        flowTimer = time;
        Duration interval = interval();
        if (nextPing != null && loop.nanoTime() + interval.toNanos() - nextPingAt < 0) { // never later than planned
            nextPing.cancel();
            planNextPing(interval);
        }
    }

    private void planNextPing(Duration interval) {
        nextPingAt = loop.nanoTime() + interval.toNanos();
        nextPing = loop.schedule(interval, this::pingIsDue);
    }

    private Duration interval() {
        Duration configured = keepAlive.interval().orElse(null);
        Duration most = configured == null ? DEFAULT_MOST : configured;
        if (flowTimer != null && flowTimer.compareTo(most) < 0) {
            most = flowTimer.compareTo(MIN_FLOW_TIMER) < 0 ? MIN_FLOW_TIMER : flowTimer;
        } else if (configured == null) {
            return between(DEFAULT_LEAST, DEFAULT_MOST);
        }
        return between(most.multipliedBy(4).dividedBy(5), most);
    }

    private Duration between(Duration least, Duration most) {
        long spread = most.minus(least).toNanos();
        return least.plusNanos((long) (spread * random.nextDouble()));
    }

    private void pingIsDue() {
        if (awaiting) {
            nextPing = null;
            due = true;
            return;
        }
        awaiting = true;
        due = false;
        lastSign = loop.nanoTime();
        planNextPing(interval());
        deadline = loop.schedule(keepAlive.pongTimeout(), this::deadlineIsOver);
        ping.run();
    }

    private void deadlineIsOver() {
        deadline = null;
        Duration left = keepAlive.pongTimeout().minusNanos(loop.nanoTime() - lastSign);
        if (left.isZero() || left.isNegative()) {
            stop();
            dead.run();
        } else {
            deadline = loop.schedule(left, this::deadlineIsOver);
        }
    }

    /** Something has come that is not the pong. */
    void sign() {
        if (awaiting && !due) {
            lastSign = loop.nanoTime();
        }
    }

    /** The pong has come. */
    void pong() {
        if (!awaiting) {
            return;
        }
        awaiting = false;
        cancel(deadline);
        deadline = null;
        if (due) {
            pingIsDue();
        }
    }

    private static void cancel(EventLoop.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
