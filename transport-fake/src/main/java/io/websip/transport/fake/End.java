package io.websip.transport.fake;

import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One end of a connection. The two ends behave alike; they differ in their owner and in how they come to be open.
 * Thread-safe by the network's lock.
 *
 * <pre>
 *  CONNECTING --opened--> OPEN --close--> CLOSING --close frame, time-out--> CLOSED
 *       |                  |                 |                                 ^
 *       |                  +---close frame---|---------------------------------+
 *       +-- refused, abort, reset -----------+---------------------------------+
 * </pre>
 */
final class End {
    /** Who is told. Called with the lock held, so it hands over and returns. */
    interface Owner {
        void opened();

        void message(byte[] message);

        void ping(byte[] payload);

        void pong(byte[] payload);

        void closed(Closure why);
    }

    private enum State {
        CONNECTING,
        OPEN,
        CLOSING,
        CLOSED
    }

    /** How long the answer to a close frame is awaited. */
    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private static final int MAX_CONTROL_PAYLOAD = 125;
    private static final int MAX_CLOSE_REASON = 123;

    private final Wire wire;
    private final Pipe out;
    private final Owner owner;
    private final long maxQueuedBytes;
    private End peer;
    private State state = State.CONNECTING;
    private boolean answersPings = true;
    private EventLoop.Timer closeTimer = () -> {};

    End(Wire wire, Pipe out, Owner owner, long maxQueuedBytes) {
        this.wire = wire;
        this.out = out;
        this.owner = owner;
        this.maxQueuedBytes = maxQueuedBytes;
        this.peer = this;
    }

    static void join(End one, End other) {
        one.peer = other;
        other.peer = one;
    }

    void open() {
        if (state == State.CONNECTING) {
            state = State.OPEN;
            owner.opened();
        }
    }

    boolean send(byte[] message) {
        synchronized (wire.lock()) {
            if (state != State.OPEN || out.queuedBytes() + message.length > maxQueuedBytes) {
                return false;
            }
            byte[] copy = message.clone();
            out.message(copy.length, () -> peer.messageArrived(copy));
            return true;
        }
    }

    void ping(byte[] payload) {
        byte[] copy = controlPayload(payload);
        synchronized (wire.lock()) {
            if (state == State.OPEN) {
                out.control("ping", () -> peer.pingArrived(copy));
            }
        }
    }

    void pong(byte[] payload) {
        byte[] copy = controlPayload(payload);
        synchronized (wire.lock()) {
            if (state == State.OPEN) {
                out.control("pong", () -> peer.pongArrived(copy));
            }
        }
    }

    /** The code is the caller's to check: what each side may send differs. */
    void close(int code, String reason) {
        if (reason.getBytes(StandardCharsets.UTF_8).length > MAX_CLOSE_REASON) {
            throw new IllegalArgumentException("a close reason has at most " + MAX_CLOSE_REASON + " bytes");
        }
        synchronized (wire.lock()) {
            switch (state) {
                case CONNECTING -> drop(failed("the attempt was given up"));
                case OPEN -> {
                    state = State.CLOSING;
                    out.control("close frame", () -> peer.closeArrived(code, reason));
                    closeTimer = wire.schedule(
                            CLOSE_TIMEOUT,
                            "time-out of a closing handshake",
                            () -> drop(new Closure.Closed(code, reason)));
                }
                case CLOSING, CLOSED -> {}
            }
        }
    }

    void abort() {
        synchronized (wire.lock()) {
            drop(failed("the connection was aborted"));
        }
    }

    boolean isOpen() {
        synchronized (wire.lock()) {
            return state == State.OPEN;
        }
    }

    boolean isOver() {
        synchronized (wire.lock()) {
            return state == State.CLOSED;
        }
    }

    /** Ends here, without a word to the peer. */
    void finish(Closure why) {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            closeTimer.cancel();
            owner.closed(why);
        }
    }

    /** Ends here and resets the connection: the peer learns it as soon as a reset gets there. */
    private void drop(Closure why) {
        if (state != State.CLOSED) {
            out.clear();
            out.control("reset", () -> peer.finish(failed("connection reset by peer")));
            finish(why);
        }
    }

    private void messageArrived(byte[] message) {
        if (isReading()) {
            owner.message(message);
        }
    }

    /** The caller holds the lock. */
    void answerNoPings() {
        answersPings = false;
    }

    private void pingArrived(byte[] payload) {
        if (state == State.OPEN) {
            if (answersPings) {
                byte[] answer = payload.clone();
                out.control("pong", () -> peer.pongArrived(answer));
            }
            owner.ping(payload);
        }
    }

    private void pongArrived(byte[] payload) {
        if (isReading()) {
            owner.pong(payload);
        }
    }

    private void closeArrived(int code, String reason) {
        if (state == State.OPEN) {
            out.control("close frame", () -> peer.closeArrived(code, reason));
        }
        finish(new Closure.Closed(code, reason));
    }

    /** After our own close frame the peer may still have something to say. */
    private boolean isReading() {
        return state == State.OPEN || state == State.CLOSING;
    }

    static Closure failed(String why) {
        return new Closure.Failed(new IOException(why));
    }

    private static byte[] controlPayload(byte[] payload) {
        if (payload.length > MAX_CONTROL_PAYLOAD) {
            throw new IllegalArgumentException("a control frame carries at most " + MAX_CONTROL_PAYLOAD + " bytes");
        }
        return payload.clone();
    }
}
