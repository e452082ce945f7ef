package io.websip.internal.connection;

import io.websip.internal.transaction.MessageOutput;
import io.websip.internal.transaction.Tokens;
import io.websip.internal.transaction.TransactionLayer;
import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import io.websip.transport.Connection;
import io.websip.transport.ConnectionListener;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The one connection of an agent: opens it, gives what comes to its transactions, notices its end, and opens the next
 * after a pause. Each connection has a transaction layer of its own, since a transaction stays bound to the connection
 * that it began on. Confined to the loop.
 */
public final class Link {
    private static final System.Logger LOG = System.getLogger("io.websip.connection");
    private static final int NORMAL_CLOSURE = 1000;

    /** Requests without an answer of the program; beyond it they are answered 503. */
    private static final int MAX_SERVER_TRANSACTIONS = 10_000;

    private final Transport transport;
    private final EventLoop transportLoop;
    private final EventLoop loop;
    private final LinkSettings settings;
    private final ServerAddress server;
    private final String sentBy;
    private final Tokens tokens;
    private final Backoff backoff;
    private final LinkListener listener;
    private final WireTap tap;

    private LinkState state = LinkState.IDLE;
    private boolean everOpen;
    private boolean closed;
    private boolean ending; // a connection's end is being told
    private @Nullable Attempt current;
    private EventLoop.@Nullable Timer pause;
    private @Nullable Runnable whenClosed;

    /**
     * Starts idle.
     *
     * @param transportLoop the one that the transport lent, by which it knows the agent
     * @param loop the same, as the engine uses it
     * @param sentBy what our Via says, by which responses are known as ours
     */
    public Link(
            Transport transport,
            EventLoop transportLoop,
            EventLoop loop,
            LinkSettings settings,
            String sentBy,
            Tokens tokens,
            RandomGenerator random,
            LinkListener listener,
            WireTap tap) {
        this.transport = transport;
        this.transportLoop = transportLoop;
        this.loop = loop;
        this.settings = settings;
        this.server = settings.server();
        this.sentBy = sentBy;
        this.tokens = tokens;
        this.backoff = new Backoff(settings.reconnectMin(), settings.reconnectMax(), random);
        this.listener = listener;
        this.tap = tap;
    }

    /** Opens the connection; from now on a lost one is replaced until {@link #close}. */
    public void start() {
        if (state == LinkState.IDLE && !closed) {
            connect();
        }
    }

    /** The transactions of the open connection; null while there is none. */
    public @Nullable TransactionLayer transactions() {
        return state == LinkState.OPEN && current != null ? current.layer : null;
    }

    /** Whether the connection is open. */
    public boolean isOpen() {
        return state == LinkState.OPEN;
    }

    /** Whether the very first attempt is still under way, or to come. */
    public boolean isFirstAttempt() {
        boolean pending = state == LinkState.CONNECTING || state == LinkState.IDLE && !closed;
        return pending && !everOpen && !backoff.hasFailures();
    }

    /** Closes for good with 1000, and runs the task once the connection is over. */
    public void close(Runnable done) {
        if (pause != null) {
            pause.cancel();
            pause = null;
        }
        closed = true;
        if (current == null && !ending) {
            state = LinkState.IDLE;
            done.run();
            return;
        }
        whenClosed = done;
        state = LinkState.CLOSING;
        Connection open = current == null ? null : current.connection;
        if (open != null) {
            open.close(NORMAL_CLOSURE, "");
        }
    }

    private void connect() {
        state = LinkState.CONNECTING;
        Attempt attempt = new Attempt();
        current = attempt;
        LOG.log(System.Logger.Level.DEBUG, "connecting to {0}", server);
        try {
            attempt.connection = transport.connect(server, transportLoop, attempt);
            attempt.patience = loop.schedule(settings.connectTimeout(), attempt::giveUp);
        } catch (IllegalStateException e) {
            loop.execute(() -> attempt.onClosed(new Closure.Failed(e)));
        }
    }

    /** One connection, from the attempt to its end. */
    private final class Attempt implements ConnectionListener {
        private @Nullable Connection connection;
        private @Nullable TransactionLayer layer;
        private @Nullable MessageReceiver receiver;
        private EventLoop.@Nullable Timer patience;

        private void giveUp() {
            patience = null;
            if (layer == null && connection != null) {
                LOG.log(System.Logger.Level.DEBUG, "no connection to {0} after {1}", server, settings.connectTimeout());
                connection.abort();
            }
        }

        private void stopWaiting() {
            if (patience != null) {
                patience.cancel();
                patience = null;
            }
        }

        @Override
        public void onOpen() {
            Connection open = connection;
            if (current != this || state != LinkState.CONNECTING || open == null) {
                return;
            }
            stopWaiting();
            MessageOutput output = new TappedOutput(server, open::send, tap);
            layer = new TransactionLayer(
                    loop, settings.timers(), true, sentBy, MAX_SERVER_TRANSACTIONS, output, listener);
            receiver = new MessageReceiver(layer, settings.limits(), tokens, output);
            state = LinkState.OPEN;
            everOpen = true;
            backoff.reset();
            LOG.log(System.Logger.Level.DEBUG, "connected to {0}", server);
            listener.linkUp(server);
        }

        @Override
        public void onMessage(byte[] message) {
            if (receiver != null) {
                tap.received(server, message);
                receiver.receive(message);
            }
        }

        @Override
        public void onPong(byte[] payload) {
            tap.ponged(server, payload); // nothing waits for one
        }

        @Override
        public void onClosed(Closure why) {
            if (current != this) {
                return;
            }
            stopWaiting();
            current = null;
            ending = true;
            LOG.log(System.Logger.Level.DEBUG, "connection to {0} is over: {1}", server, why);
            if (layer != null) {
                layer.connectionLost(); // may let the agent close the link
            }
            Duration retryIn = closed ? null : waitForNext();
            listener.linkDown(server, why, layer != null, retryIn);
            ending = false;
            if (closed) {
                finishClosing();
            }
        }
    }

    private void finishClosing() {
        state = LinkState.IDLE;
        if (pause != null) {
            pause.cancel();
            pause = null;
        }
        Runnable done = whenClosed;
        whenClosed = null;
        if (done != null) {
            done.run();
        }
    }

    private Duration waitForNext() {
        state = LinkState.WAITING;
        Duration retryIn = backoff.next();
        pause = loop.schedule(retryIn, this::pauseIsOver);
        return retryIn;
    }

    private void pauseIsOver() {
        pause = null;
        if (state == LinkState.WAITING) {
            connect();
        }
    }
}
