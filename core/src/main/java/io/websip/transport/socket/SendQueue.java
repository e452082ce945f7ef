package io.websip.transport.socket;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the payload bytes that were accepted and are not yet with the socket, and holds the frames that other threads
 * gave until the loop takes them: so an adapter's {@code send} neither blocks nor grows without bound. Thread-safe.
 *
 * @param <F> a frame of the library underneath
 */
public final class SendQueue<F> {
    private final long cap;
    private final AtomicLong waiting = new AtomicLong();
    private final Queue<F> frames = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean taken = new AtomicBoolean(true);

    /**
     * An empty one.
     *
     * @param cap in bytes, for all that is counted in together
     */
    public SendQueue(int cap) {
        this.cap = cap;
    }

    /** What a payload counts: an empty one counts too, or there could be any number of them. */
    public static int charge(byte[] payload) {
        return Math.max(1, payload.length);
    }

    /** Counts the bytes in, unless that exceeds the cap. */
    public boolean reserve(int bytes) {
        for (long now = waiting.get(); now + bytes <= cap; now = waiting.get()) {
            if (waiting.compareAndSet(now, now + bytes)) {
                return true;
            }
        }
        return false;
    }

    /** Counts bytes out again. */
    public void release(int bytes) {
        waiting.addAndGet(-bytes);
    }

    /** Puts a frame in the queue; true if the loop has to be told. */
    public boolean add(F frame) {
        frames.add(frame);
        return taken.compareAndSet(true, false);
    }

    /** To be called on the loop before it polls: who adds from now on tells it again. */
    public void take() {
        taken.set(true);
    }

    /** The next frame, on the loop. */
    public @Nullable F poll() {
        return frames.poll();
    }
}
