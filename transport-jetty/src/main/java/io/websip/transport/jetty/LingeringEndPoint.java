package io.websip.transport.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A socket that is closed as RFC 6455 section 7.1.1 asks for. Jetty closes behind its close frame; but a socket closed with
 * bytes unread is reset, and a reset may take the close frame away from a peer that is still sending. So our half is shut
 * down, and what comes is read and dropped until the peer has ended too, or for as long as a close may take.
 */
final class LingeringEndPoint extends ForwardingEndPoint implements Callback {
    private static final int DROP_BYTES = 4096;

    private final Scheduler scheduler;
    private final long limitNanos;
    private final BooleanSupplier cut;
    private final AtomicBoolean lingering = new AtomicBoolean();
    private volatile Scheduler.@Nullable Task limit;

    /**
     * Wraps a connection's end.
     *
     * @param timeout how long the peer's end is awaited
     * @param cut whether the connection is to be closed at once
     */
    LingeringEndPoint(EndPoint socket, Scheduler scheduler, Duration timeout, BooleanSupplier cut) {
        super(socket);
        this.scheduler = scheduler;
        this.limitNanos = TimeUnit.NANOSECONDS.convert(timeout);
        this.cut = cut;
    }

    @Override
    public void close() {
        if (cut.getAsBoolean()) {
            closeNow();
        } else if (lingering.compareAndSet(false, true)) {
            shutdownOutput();
            limit = scheduler.schedule(this::closeNow, limitNanos, TimeUnit.NANOSECONDS);
            // Beside the calling thread: Jetty has yet to tell that it is over.
            readOnOrClose();
        }
    }

    // ---- Jetty's view, in which it is closed ----

    @Override
    public boolean isOpen() {
        return !lingering.get() && super.isOpen();
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        return lingering.get() ? -1 : super.fill(buffer);
    }

    @Override
    public void fillInterested(Callback callback) {
        if (lingering.get()) {
            callback.failed(new ClosedChannelException());
        } else {
            super.fillInterested(callback);
        }
    }

    @Override
    public boolean tryFillInterested(Callback callback) {
        return !lingering.get() && super.tryFillInterested(callback);
    }

    // ---- ours ----

    private void readOnOrClose() {
        if (!unwrap().tryFillInterested(this)) {
            closeNow();
        }
    }

    @Override
    public void succeeded() {
        ByteBuffer dropped = BufferUtil.allocate(DROP_BYTES);
        try {
            int read = unwrap().fill(dropped);
            while (read > 0) {
                BufferUtil.clear(dropped);
                read = unwrap().fill(dropped);
            }
            if (read == 0) {
                readOnOrClose();
            } else {
                closeNow();
            }
        } catch (IOException e) {
            closeNow();
        }
    }

    @Override
    public void failed(Throwable cause) {
        closeNow();
    }

    private void closeNow() {
        Scheduler.Task timer = limit;
        if (timer != null) {
            timer.cancel();
        }
        super.close();
    }
}
