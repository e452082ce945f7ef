package io.websip.transport.jetty;

import io.websip.transport.Closure;
import io.websip.transport.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * What arrives on a connection: joins fragments, answers pings, and takes whole messages to the loop. Called by Jetty's
 * threads, one at a time.
 */
final class Receiver implements FrameHandler {
    /** What may wait for the loop; a peer that sends faster than we work is not read meanwhile. */
    private static final long MAX_WAITING_BYTES = 256 * 1024;

    /** What a message counts beside its payload, so that many empty ones count too. */
    private static final int OVERHEAD_BYTES = 64;

    private final JettyConnection connection;
    private final Opening opening;
    private final int maxMessageBytes;
    private final AtomicLong waiting = new AtomicLong();

    private @Nullable CoreSession session;
    private @Nullable Pongs pongs;
    private @Nullable ByteArrayOutputStream fragments;
    private boolean text;
    private @Nullable Throwable trouble;
    private volatile boolean cut;

    Receiver(JettyConnection connection, Opening opening, int maxMessageBytes) {
        this.connection = connection;
        this.opening = opening;
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        session = opened;
        pongs = new Pongs(opened);
        opening.done(this, opened);
        callback.succeeded();
        opened.demand();
    }

    /** Closes the socket at once, also where Jetty has begun to close it in an orderly way. From any thread, once open. */
    void cut(CoreSession opened) {
        cut = true;
        opened.abort();
    }

    /** Whether {@link #cut} was called. */
    boolean isCut() {
        return cut;
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        CoreSession from = session;
        if (from == null) {
            callback.failed(new IllegalStateException("a frame before the opening"));
            return;
        }
        switch (frame.getOpCode()) {
            case OpCode.TEXT, OpCode.BINARY, OpCode.CONTINUATION -> data(from, frame, callback);
            case OpCode.PING -> {
                if (pongs != null) {
                    pongs.answer(bytes(frame));
                }
                callback.succeeded();
                from.demand();
            }
            case OpCode.PONG -> {
                byte[] payload = bytes(frame);
                callback.succeeded();
                tell(from, payload, connection.listener()::onPong);
            }
            case OpCode.CLOSE -> closed(frame, callback);
            default -> callback.failed(new IllegalStateException("Jetty let opcode " + frame.getOpCode() + " pass"));
        }
    }

    private void data(CoreSession from, Frame frame, Callback callback) {
        if (frame.getOpCode() != OpCode.CONTINUATION) {
            text = frame.getOpCode() == OpCode.TEXT;
        }
        int before = fragments == null ? 0 : fragments.size();
        if (frame.getPayloadLength() > maxMessageBytes - before) {
            callback.succeeded();
            fail(from, CloseStatus.MESSAGE_TOO_LARGE, "a message is too long");
            return;
        }
        byte[] piece = bytes(frame);
        callback.succeeded();
        byte[] message = join(piece, frame.isFin());
        if (message == null) {
            from.demand();
        } else if (text && !Utf8.isValid(message)) {
            fail(from, CloseStatus.BAD_PAYLOAD, "a text message is not valid UTF-8");
        } else {
            tell(from, message, connection.listener()::onMessage);
        }
    }

    private byte @Nullable [] join(byte[] piece, boolean last) {
        if (last && fragments == null) {
            return piece;
        }
        if (fragments == null) {
            fragments = new ByteArrayOutputStream(2 * piece.length);
        }
        fragments.writeBytes(piece);
        if (!last) {
            return null;
        }
        byte[] whole = fragments.toByteArray();
        fragments = null;
        return whole;
    }

    private static byte[] bytes(Frame frame) {
        ByteBuffer payload = frame.getPayload();
        return payload == null ? new byte[0] : BufferUtil.toArray(payload);
    }

    /**
     * Takes a message to the loop. The next frame is asked for at once while little waits there, else by the loop when it
     * has caught up: whoever crosses the line asks, so it is asked exactly once.
     */
    private void tell(CoreSession from, byte[] payload, Consumer<byte[]> listener) {
        int bytes = payload.length + OVERHEAD_BYTES;
        boolean full = waiting.addAndGet(bytes) >= MAX_WAITING_BYTES;
        connection.loop().executeIfAlive(() -> {
            if (!connection.isOver()) {
                listener.accept(payload);
            }
            long left = waiting.addAndGet(-bytes);
            if (left < MAX_WAITING_BYTES && left + bytes >= MAX_WAITING_BYTES) {
                from.demand();
            }
        });
        if (!full) {
            from.demand();
        }
    }

    /** Jetty answers the close frame and closes the socket once the callback succeeds. */
    private void closed(Frame frame, Callback callback) {
        CloseStatus status = CloseStatus.getCloseStatus(frame);
        connection.closing();
        connection.loop().executeIfAlive(() -> connection.over(new Closure.Closed(status.getCode(), reason(status))));
        callback.succeeded();
    }

    /** A rule was broken that Jetty does not check; it closes the socket behind the close frame. */
    private void fail(CoreSession from, int code, String rule) {
        end(new Closure.Closed(code, rule));
        from.close(code, rule, Callback.NOOP);
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        trouble = cause;
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        Throwable cause = trouble == null ? status.getCause() : trouble;
        if (CloseStatus.isTransmittableStatusCode(status.getCode())) {
            end(new Closure.Closed(status.getCode(), reason(status))); // the peer broke a rule, and Jetty has closed
        } else {
            end(new Closure.Failed(Failures.broke(connection.server(), cause)));
        }
        callback.succeeded();
    }

    private void end(Closure why) {
        connection.closing();
        connection.loop().executeIfAlive(() -> connection.overUnlessWeClosed(why));
    }

    private static String reason(CloseStatus status) {
        return status.getReason() == null ? "" : status.getReason();
    }
}
