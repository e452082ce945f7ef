package io.websip.transport.fake;

import io.websip.loop.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;

/** One direction of a connection: frames arrive whole and in order, or not at all. Guarded by the network's lock. */
final class Pipe {
    private static final class Frame {
        final String name;
        final int messageBytes;
        final Runnable arrival;
        EventLoop.Timer timer = () -> {};

        Frame(String name, int messageBytes, Runnable arrival) {
            this.name = name;
            this.messageBytes = messageBytes;
            this.arrival = arrival;
        }

        boolean isMessage() {
            return messageBytes >= 0;
        }
    }

    private static final int NO_MESSAGE = -1;

    private final Wire wire;
    private final String name;
    private final Runnable cut;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private Duration latency;
    private long lastArrival; // on the wire's clock; keeps order where latency sinks
    private long queuedBytes;
    private boolean stalled;
    private boolean dead;
    private int delivered;
    private OptionalInt untilCut = OptionalInt.empty();

    /** @param cut what to do when as many messages were delivered as {@link #cutAfter} has said */
    Pipe(Wire wire, String name, Duration latency, Runnable cut) {
        this.wire = wire;
        this.name = name;
        this.latency = latency;
        this.cut = cut;
        this.lastArrival = wire.nanoTime();
    }

    void message(int bytes, Runnable arrival) {
        queuedBytes += bytes;
        put(new Frame("message of " + bytes + " bytes", bytes, arrival));
    }

    void control(String frameName, Runnable arrival) {
        put(new Frame(frameName, NO_MESSAGE, arrival));
    }

    private void put(Frame frame) {
        frames.add(frame);
        if (stalled || dead) {
            return;
        }
        long now = wire.nanoTime();
        long wait = Math.max(latency.toNanos(), lastArrival - now);
        lastArrival = now + wait;
        start(frame, Duration.ofNanos(wait));
    }

    private void start(Frame frame, Duration wait) {
        frame.timer = wire.schedule(wait, frame.name + " on its way " + name, () -> arrive(frame));
    }

    private void arrive(Frame frame) {
        // Another thread may have stopped or cleared this pipe after the timer had fired.
        if (stalled || dead || !frames.remove(frame)) {
            return;
        }
        if (!frame.isMessage()) {
            frame.arrival.run();
            return;
        }
        queuedBytes -= frame.messageBytes;
        delivered++;
        frame.arrival.run();
        untilCut.ifPresent(n -> cutAfter(n - 1));
    }

    void latency(Duration newLatency) {
        latency = newLatency;
    }

    void cutAfter(int messages) {
        untilCut = OptionalInt.of(messages);
        if (messages == 0) {
            untilCut = OptionalInt.empty();
            cut.run();
        }
    }

    void stall() {
        stalled = true;
        stopAll();
    }

    void release() {
        if (!stalled || dead) {
            return;
        }
        stalled = false;
        lastArrival = wire.nanoTime();
        frames.forEach(frame -> start(frame, Duration.ZERO));
    }

    /** From now on nothing arrives; what is put in waits for ever. */
    void die() {
        dead = true;
        stopAll();
    }

    /** Loses what is under way. */
    void clear() {
        stopAll();
        frames.clear();
        queuedBytes = 0;
        lastArrival = wire.nanoTime();
    }

    private void stopAll() {
        frames.forEach(frame -> frame.timer.cancel());
    }

    long queuedBytes() {
        return queuedBytes;
    }

    int delivered() {
        return delivered;
    }
}
