package io.websip.transport.jetty;

import io.websip.transport.Closure;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.jspecify.annotations.Nullable;

/**
 * What leaves on an open connection: frames in the order in which they were accepted, and our close frame after them.
 * Confined to the loop, but for what Jetty's threads tell of what is written.
 */
final class Sender {
    private final JettyConnection connection;
    private final CoreSession session;
    private final long closeNanos;

    private final AtomicInteger unwritten = new AtomicInteger();
    private volatile @Nullable Frame held;
    private Closure.@Nullable Closed asked;
    private Closure.@Nullable Closed said;
    private @Nullable Future<?> limit;

    Sender(JettyConnection connection, CoreSession session, Duration closeTimeout) {
        this.connection = connection;
        this.session = session;
        this.closeNanos = TimeUnit.NANOSECONDS.convert(closeTimeout);
    }

    /** Our close frame, if one was asked for. */
    Closure.@Nullable Closed said() {
        return asked;
    }

    /** Gives Jetty what was queued; small frames that come together are joined into one write. */
    void writeQueued() {
        Frame frame = next();
        while (frame != null) {
            if (frame.isControlFrame() && unwritten.get() > 0) {
                // Jetty sends control frames before those that wait, but ours leave in the order in which they were
                // given.
                held = frame;
                if (unwritten.get() > 0) {
                    return;
                }
                held = null;
            }
            Frame after = next();
            write(frame, after != null && after.isDataFrame());
            frame = after;
        }
        sayGoodbyeIfAsked();
    }

    private @Nullable Frame next() {
        Frame first = held;
        if (first != null) {
            held = null;
            return first;
        }
        return connection.outbox().poll();
    }

    private void write(Frame frame, boolean batch) {
        int charge = Math.max(1, frame.getPayloadLength());
        if (said != null) {
            // After our close frame nothing may follow (RFC 6455 section 5.5.1).
            connection.outbox().release(charge);
            return;
        }
        unwritten.incrementAndGet();
        Callback written = Callback.from(() -> {
            connection.outbox().release(charge);
            if (unwritten.decrementAndGet() == 0 && held != null) {
                connection.loop().executeIfAlive(this::writeQueued);
            }
        });
        session.sendFrame(frame, written, batch);
    }

    /** Closes in an orderly way, with what was queued before the close frame. */
    void close(int code, String reason) {
        if (asked == null) {
            asked = new Closure.Closed(code, reason);
            limit = connection.loop().schedule(this::giveUp, closeNanos);
            writeQueued();
        }
    }

    private void sayGoodbyeIfAsked() {
        if (asked != null && said == null) {
            said = asked;
            session.close(asked.code(), asked.reason(), Callback.NOOP);
        }
    }

    private void giveUp() {
        if (asked != null) {
            connection.over(asked);
        }
        connection.cut();
    }

    /** It is over, by whomever. */
    void stop() {
        if (limit != null) {
            limit.cancel(false);
        }
    }
}
