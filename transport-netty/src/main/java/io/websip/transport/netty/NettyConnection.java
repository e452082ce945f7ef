package io.websip.transport.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.websip.internal.log.GuardedLogger;
import io.websip.transport.Closure;
import io.websip.transport.Connection;
import io.websip.transport.GuardedListener;
import io.websip.transport.ServerAddress;
import io.websip.transport.Utf8;
import io.websip.transport.socket.Frames;
import io.websip.transport.socket.SendQueue;
import io.websip.transport.socket.TransportSettings;
import io.websip.transport.socket.UpgradeSecrets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The user's side of a connection: takes what any thread asks for and brings it to the loop, where {@link Opening} and
 * then {@link FrameHandler} do the work. Thread-safe; the fields and methods marked so are confined to the loop.
 */
final class NettyConnection implements Connection {
    private static final System.Logger LOG = GuardedLogger.of("io.websip.transport.netty");

    private enum Phase {
        CONNECTING,
        OPEN,
        /** Closed, or to be closed; the loop may not have heard of it yet. */
        CLOSING
    }

    private final ServerAddress server;
    private final EventLoop loop;
    private final GuardedListener listener;
    private final TransportSettings settings;
    private final SendQueue<WebSocketFrame> outbox;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.CONNECTING);

    // Confined to the loop.
    private @Nullable FrameHandler frames;
    private @Nullable Runnable cut;
    private boolean over;

    NettyConnection(ServerAddress server, EventLoop loop, GuardedListener listener, TransportSettings settings) {
        this.server = server;
        this.loop = loop;
        this.listener = listener;
        this.settings = settings;
        this.outbox = new SendQueue<>(settings.maxQueuedBytes());
    }

    ServerAddress server() {
        return server;
    }

    EventLoop loop() {
        return loop;
    }

    GuardedListener listener() {
        return listener;
    }

    SendQueue<WebSocketFrame> outbox() {
        return outbox;
    }

    @Override
    public boolean send(byte[] message) {
        int charge = SendQueue.charge(message);
        if (phase.get() != Phase.OPEN || !outbox.reserve(charge)) {
            return false;
        }
        return give(
                Utf8.isValid(message)
                        ? new TextWebSocketFrame(Unpooled.wrappedBuffer(message))
                        : new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message)));
    }

    /** {@inheritDoc} A ping above the cap on queued bytes is not sent: with so much unwritten, none would return. */
    @Override
    public void ping(byte[] payload) {
        Frames.checkPing(payload);
        if (phase.get() == Phase.OPEN && outbox.reserve(SendQueue.charge(payload))) {
            give(new PingWebSocketFrame(Unpooled.wrappedBuffer(payload)));
        }
    }

    @Override
    public void close(int code, String reason) {
        Frames.checkClose(code, reason);
        if (phase.getAndSet(Phase.CLOSING) != Phase.CLOSING) {
            later(() -> closeOnLoop(code, reason));
        }
    }

    @Override
    public void abort() {
        phase.set(Phase.CLOSING);
        later(this::abortOnLoop);
    }

    /** On the loop: what cuts the attempt or the connection off. */
    void cutBy(Runnable cut) {
        this.cut = cut;
    }

    /** On the loop: closes the socket, or gives up the attempt. */
    void cut() {
        if (cut != null) {
            cut.run();
        }
    }

    /** On the loop: the handshake is done, and the given handler takes over. */
    void opened(FrameHandler handler) {
        // Where it fails, a close or abort was asked for meanwhile and is on its way to the loop: the attempt is given
        // up.
        if (phase.compareAndSet(Phase.CONNECTING, Phase.OPEN)) {
            frames = handler;
            listener.onOpen();
        }
    }

    /** On the loop: no more is sent. */
    void closing() {
        phase.set(Phase.CLOSING);
    }

    /** On the loop: tells the listener that it is over, unless that was told before. */
    void over(Closure why) {
        phase.set(Phase.CLOSING);
        if (!over) {
            over = true;
            listener.onClosed(UpgradeSecrets.of(server, settings).hideIn(why));
        }
    }

    /** On the loop: whether the listener was told that it is over. */
    boolean isOver() {
        return over;
    }

    private boolean give(WebSocketFrame frame) {
        FrameHandler handler = loop.inEventLoop() ? frames : null;
        if (handler != null) {
            // What other threads gave before goes first.
            handler.writeQueued();
            handler.write(frame);
            handler.flushSoon();
            return true;
        }
        return !outbox.add(frame) || later(this::writeQueued);
    }

    private void writeQueued() {
        outbox.take();
        FrameHandler handler = frames;
        if (handler != null) {
            handler.writeQueued();
            handler.flushNow();
        }
    }

    private void closeOnLoop(int code, String reason) {
        if (over) {
            return;
        }
        if (frames != null) {
            frames.close(code, reason);
        } else {
            abortOnLoop();
        }
    }

    private void abortOnLoop() {
        if (!over) {
            Closure.@Nullable Closed said = frames == null ? null : frames.said();
            over(
                    said != null
                            ? said
                            : new Closure.Failed(
                                    new CancellationException("connection to " + server + " was aborted")));
        }
        cut();
    }

    private boolean later(Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            // Only a lent loop can end before its connections, and it has closed them then.
            LOG.log(System.Logger.Level.DEBUG, "the event loop of the connection to " + server + " has ended", e);
            return false;
        }
    }
}
