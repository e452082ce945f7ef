package io.websip.transport;

import io.websip.internal.log.GuardedLogger;
import io.websip.loop.EventLoop;
import java.util.concurrent.RejectedExecutionException;

/**
 * Makes the promises of {@link ConnectionListener} true for an adapter: open at most once, closed exactly once and last,
 * nothing after it, every call on the loop, and a listener that throws harms neither the connection nor the loop.
 *
 * <p>Its methods may be called from any thread, but those for one connection in order. A call made on the loop is passed
 * on at once, one from elsewhere is queued to the loop; an adapter makes all its calls in one of the two ways, or order
 * is lost.
 */
public final class GuardedListener implements ConnectionListener {
    private static final System.Logger LOG = GuardedLogger.of("io.websip.transport");

    private enum State {
        CONNECTING,
        OPEN,
        CLOSED
    }

    private final EventLoop loop;
    private final ConnectionListener listener;
    private State state = State.CONNECTING; // confined to the loop

    /** Guards one connection's listener. */
    public GuardedListener(EventLoop loop, ConnectionListener listener) {
        this.loop = loop;
        this.listener = listener;
    }

    @Override
    public void onOpen() {
        onLoop(() -> {
            if (state == State.CONNECTING) {
                state = State.OPEN;
                listener.onOpen();
            }
        });
    }

    @Override
    public void onMessage(byte[] message) {
        onLoop(() -> {
            if (state == State.OPEN) {
                listener.onMessage(message);
            }
        });
    }

    @Override
    public void onPong(byte[] payload) {
        onLoop(() -> {
            if (state == State.OPEN) {
                listener.onPong(payload);
            }
        });
    }

    @Override
    public void onClosed(Closure why) {
        onLoop(() -> {
            if (state != State.CLOSED) {
                state = State.CLOSED;
                listener.onClosed(why);
            }
        });
    }

    private void onLoop(Runnable call) {
        if (loop.inLoop()) {
            guarded(call);
            return;
        }
        try {
            loop.execute(() -> guarded(call));
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "a connection's event came after its loop was closed", e);
        }
    }

    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | AssertionError e) {
            LOG.log(System.Logger.Level.ERROR, "a connection listener threw; the connection goes on", e);
        }
    }
}
