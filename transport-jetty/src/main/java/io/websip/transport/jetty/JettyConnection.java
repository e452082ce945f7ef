package io.websip.transport.jetty;

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
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * The user's side of a connection: takes what any thread asks for and brings it to the loop, where {@link Opening} and then
 * {@link Sender} do the work. Thread-safe; the fields and methods marked so are confined to the loop.
 */
final class JettyConnection implements Connection {
    private static final System.Logger LOG = GuardedLogger.of("io.websip.transport.jetty");

    private enum Phase {
        CONNECTING,
        OPEN,
        /** Closed, or to be closed; the loop may not have heard of it yet. */
        CLOSING
    }

    private final ServerAddress server;
    private final LoopThread loop;
    private final GuardedListener listener;
    private final TransportSettings settings;
    private final SendQueue<Frame> outbox;
    private final Runnable gone;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.CONNECTING);

    // Confined to the loop.
    private @Nullable Sender sender;
    private @Nullable Runnable cut;
    private boolean over;

    /**
     * Prepares a connection.
     *
     * @param gone run on the loop once it is over
     */
    JettyConnection(
            ServerAddress server,
            LoopThread loop,
            GuardedListener listener,
            TransportSettings settings,
            Consumer<JettyConnection> gone) {
        this.server = server;
        this.loop = loop;
        this.listener = listener;
        this.settings = settings;
        this.outbox = new SendQueue<>(settings.maxQueuedBytes());
        this.gone = () -> gone.accept(this);
    }

    ServerAddress server() {
        return server;
    }

    LoopThread loop() {
        return loop;
    }

    GuardedListener listener() {
        return listener;
    }

    SendQueue<Frame> outbox() {
        return outbox;
    }

    @Override
    public boolean send(byte[] message) {
        return phase.get() == Phase.OPEN
                && outbox.reserve(SendQueue.charge(message))
                && give(Utf8.isValid(message) ? OpCode.TEXT : OpCode.BINARY, message);
    }

    /** {@inheritDoc} A ping above the cap on queued bytes is not sent: with so much unwritten, none would return. */
    @Override
    public void ping(byte[] payload) {
        Frames.checkPing(payload);
        if (phase.get() == Phase.OPEN && outbox.reserve(SendQueue.charge(payload))) {
            give(OpCode.PING, payload);
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

    /** On the loop: the handshake is done. */
    void opened(Sender writer) {
        // Where it fails, a close or abort was asked for meanwhile and is on its way to the loop: the attempt is given
        // up.
        if (phase.compareAndSet(Phase.CONNECTING, Phase.OPEN)) {
            sender = writer;
            listener.onOpen();
        }
    }

    /** From any thread: no more is sent. */
    void closing() {
        phase.set(Phase.CLOSING);
    }

    /** On the loop: tells the listener that it is over, unless that was told before. */
    void over(Closure why) {
        phase.set(Phase.CLOSING);
        if (!over) {
            over = true;
            if (sender != null) {
                sender.stop();
            }
            listener.onClosed(UpgradeSecrets.of(server, settings).hideIn(why));
            gone.run();
        }
    }

    /** On the loop: as {@link #over}, but where we had closed, that is what it ended by. */
    void overUnlessWeClosed(Closure why) {
        Closure.@Nullable Closed said = sender == null ? null : sender.said();
        over(said == null ? why : said);
    }

    /** On the loop: whether the listener was told that it is over. */
    boolean isOver() {
        return over;
    }

    /** Everything goes through the queue: so the messages of many threads, and of the loop, share a system call. */
    private boolean give(byte opcode, byte[] payload) {
        Frame frame = new Frame(opcode, ByteBuffer.wrap(payload));
        return !outbox.add(frame) || later(this::writeQueued);
    }

    private void writeQueued() {
        outbox.take();
        if (sender != null) {
            sender.writeQueued();
        }
    }

    private void closeOnLoop(int code, String reason) {
        if (over) {
            return;
        }
        if (sender != null) {
            sender.close(code, reason);
        } else {
            abortOnLoop();
        }
    }

    private void abortOnLoop() {
        overUnlessWeClosed(new Closure.Failed(new CancellationException("connection to " + server + " was aborted")));
        cut();
    }

    private boolean later(Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "the event loop of the connection to " + server + " has ended", e);
            return false;
        }
    }
}
