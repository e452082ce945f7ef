package io.websip.transport.jetty;

import io.websip.loop.EventLoop;
import io.websip.transport.Connection;
import io.websip.transport.ConnectionListener;
import io.websip.transport.GuardedListener;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import io.websip.transport.socket.CallbackPool;
import io.websip.transport.socket.DaemonThreads;
import io.websip.transport.socket.LibraryVersion;
import io.websip.transport.socket.SharedEventLoop;
import io.websip.transport.socket.TlsOptions;
import io.websip.transport.socket.TransportBuilder;
import io.websip.transport.socket.TransportSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.Jetty;
import org.jspecify.annotations.Nullable;

/**
 * SIP over WebSocket on Jetty's client. Jetty reads and writes on its own few threads; user agents live on the transport's
 * loops, which are dealt to them in turn, so that any number of agents and connections needs no thread of its own.
 *
 * <p>Its threads start when they are first needed, are daemons, and have names that begin with {@code websip-jetty-}.
 * Thread-safe.
 */
public final class JettyTransport implements Transport {
    /** All ends at once when asked; the limit is for a machine that is out of breath. */
    private static final long END_SECONDS = 10;

    private static final long CALLBACK_IDLE_SECONDS = 10;

    /** The first in which an upgrade request has a tag. */
    private static final String NEEDED = "12.1.6";

    private final TransportSettings settings;
    private final JettyClient client;
    private final int maxThreads;
    private final CallbackPool callbacks =
            new CallbackPool(DaemonThreads.named("websip-jetty-callback-"), CALLBACK_IDLE_SECONDS, TimeUnit.SECONDS);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final DaemonThreads newThreads = DaemonThreads.named("websip-jetty-");
    private final List<LoopThread> threads = new ArrayList<>();
    private final Set<SharedEventLoop> loops = new HashSet<>();
    private final Set<JettyConnection> connections = new HashSet<>();
    private int dealt;
    private boolean closed;

    /**
     * A transport with the defaults of {@link Builder}.
     *
     * @throws IllegalStateException if Jetty is older than 12.1.6
     */
    public JettyTransport() {
        this(new Builder());
    }

    private JettyTransport(Builder builder) {
        settings = builder.checked();
        client = new JettyClient(settings, builder.lent);
        maxThreads = builder.threads;
    }

    /**
     * Starts a transport with settings of its own.
     *
     * @throws IllegalStateException if Jetty is older than 12.1.6
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public EventLoop newEventLoop() {
        lock.lock();
        try {
            requireOpen();
            JettyEventLoop loop = new JettyEventLoop(this, nextThread(), callbacks, this::forget);
            loops.add(loop);
            return loop;
        } finally {
            lock.unlock();
        }
    }

    private LoopThread nextThread() {
        int index = dealt++ % maxThreads;
        if (index == threads.size()) {
            threads.add(new LoopThread(newThreads));
        }
        return threads.get(index);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the loop is not one of this transport's
     * @throws IllegalStateException if this transport or the loop is closed
     */
    @Override
    public Connection connect(ServerAddress server, EventLoop loop, ConnectionListener listener) {
        if (!(loop instanceof JettyEventLoop mine) || !mine.isOf(this)) {
            throw new IllegalArgumentException(
                    "the event loop must be one that this transport's newEventLoop returned");
        }
        GuardedListener guarded = new GuardedListener(loop, listener);
        JettyConnection connection = new JettyConnection(server, mine.thread(), guarded, settings, this::forget);
        Opening opening = new Opening(connection, settings, client, callbacks);
        lock.lock();
        try {
            requireOpen();
            if (mine.isClosed()) {
                throw new IllegalStateException("the event loop is closed");
            }
            mine.thread().execute(opening::begin);
            connections.add(connection);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("this transport is closed", e);
        } finally {
            lock.unlock();
        }
        return connection;
    }

    @Override
    public boolean hasUpgradeSecrets() {
        return settings.upgrade().haveSecrets();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Connections are aborted: who wants the server told, closes them first. Returns when all threads but those of
     * running callbacks have ended, at most some 10 seconds later; called on one of this transport's own event loops, it
     * returns at once. A lent {@link HttpClient} is not stopped.
     */
    @Override
    public void close() {
        List<JettyConnection> toAbort;
        List<SharedEventLoop> toClose;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            toAbort = List.copyOf(connections);
            toClose = List.copyOf(loops);
        } finally {
            lock.unlock();
        }
        toAbort.forEach(JettyConnection::abort);
        toClose.forEach(SharedEventLoop::close);
        if (onLoop()) {
            callbacks.execute(this::end);
        } else {
            end();
        }
        callbacks.retire();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this transport is closed");
        }
    }

    private void forget(SharedEventLoop loop) {
        lock.lock();
        try {
            loops.remove(loop);
        } finally {
            lock.unlock();
        }
    }

    private void forget(JettyConnection connection) {
        lock.lock();
        try {
            connections.remove(connection);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Not before the last listener was told: a loop that has ended could not tell it. */
    private void end() {
        long left = TimeUnit.SECONDS.toNanos(END_SECONDS);
        List<LoopThread> ending;
        try {
            lock.lockInterruptibly();
            try {
                while (!connections.isEmpty() && left > 0) {
                    left = changed.awaitNanos(left);
                }
                ending = List.copyOf(threads);
            } finally {
                lock.unlock();
            }
            client.stop();
            ending.forEach(LoopThread::end);
            for (LoopThread thread : ending) {
                if (!thread.awaitEnd(left)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean onLoop() {
        lock.lock();
        try {
            return threads.stream().anyMatch(LoopThread::isCurrent);
        } finally {
            lock.unlock();
        }
    }

    /** Settings of a transport. What is wrong with a value is said at once. Not thread-safe. */
    public static final class Builder extends TransportBuilder<Builder> {
        private int threads = Runtime.getRuntime().availableProcessors();
        private @Nullable HttpClient lent;

        private Builder() {
            LibraryVersion.require("Jetty", Jetty.VERSION, NEEDED);
        }

        /**
         * Lends the transport a client that is started, such as an application already has; that of a {@code
         * WebSocketClient} is its {@code getHttpClient()}. The transport takes part in its threads, scheduler and buffers, goes
         * by its TLS, proxies, resolver, cookies, credentials and User-Agent, and has connections of its own beside it. It never
         * stops the client; where the application does, it ends its connections, and makes no more.
         *
         * @throws IllegalArgumentException if it is not started
         */
        public Builder httpClient(HttpClient client) {
            if (!client.isStarted()) {
                throw new IllegalArgumentException("httpClient must be started before it is lent");
            }
            lent = client;
            return this;
        }

        /**
         * How many event loops the transport has, each with a thread; as many as there are processors unless set.
         *
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder threads(int count) {
            threads = positive("threads", count);
            return this;
        }

        /**
         * {@inheritDoc}
         *
         * @throws IllegalArgumentException if settings contradict each other: a lent {@code httpClient} brings its own TLS and
         *     proxies
         */
        @Override
        public JettyTransport build() {
            return new JettyTransport(this);
        }

        TransportSettings checked() {
            TransportSettings settings = settings();
            if (lent != null && (settings.proxy() != null || !settings.tls().equals(TlsOptions.DEFAULTS))) {
                throw new IllegalArgumentException(
                        "a lent httpClient has its own TLS and proxies: set them there, and not here");
            }
            return settings;
        }
    }
}
