package io.websip.transport.netty;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.websip.loop.EventLoop;
import io.websip.transport.Connection;
import io.websip.transport.ConnectionListener;
import io.websip.transport.GuardedListener;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import io.websip.transport.socket.CallbackPool;
import io.websip.transport.socket.DaemonThreads;
import io.websip.transport.socket.SharedEventLoop;
import io.websip.transport.socket.TransportBuilder;
import io.websip.transport.socket.TransportSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * SIP over WebSocket on Netty. Each user agent is lent one of Netty's own event loops, and its connections are registered
 * with exactly that one, so no thread lies between the socket and the agent's engine.
 *
 * <p>Sockets are reached by epoll or kqueue, and where neither is there by io_uring, if the program has Netty's native
 * artifact of that name and it runs on the machine; else by NIO.
 *
 * <p>Its threads start when they are first needed, are daemons, and are named {@code websip-netty-N} and
 * {@code websip-netty-callback-N}. Thread-safe.
 */
public final class NettyTransport implements Transport {
    /** Netty ends its loops at once when asked; the limit is for a machine that is out of breath. */
    private static final long END_SECONDS = 10;

    private static final long CALLBACK_IDLE_SECONDS = 10;

    private final TransportSettings settings;
    private final Tls tls;
    private final SocketIo io;
    private final int threads;
    private final @Nullable EventLoopGroup lent;
    private final CallbackPool callbacks =
            new CallbackPool(threads("websip-netty-callback-"), CALLBACK_IDLE_SECONDS, TimeUnit.SECONDS);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<SharedEventLoop> loops = new HashSet<>();
    private final Set<NettyConnection> connections = new HashSet<>();
    private @Nullable EventLoopGroup own;
    private boolean closed;

    /**
     * A transport with the defaults of {@link Builder}.
     *
     * @throws IllegalStateException if Netty is older than 4.2.2
     */
    public NettyTransport() {
        this(new Builder());
    }

    private NettyTransport(Builder builder) {
        settings = builder.checked();
        tls = new Tls(settings.tls());
        threads = builder.threads;
        lent = builder.group;
        io = builder.io;
    }

    /**
     * Starts a transport with settings of its own.
     *
     * @throws IllegalStateException if Netty is older than 4.2.2
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public EventLoop newEventLoop() {
        lock.lock();
        try {
            requireOpen();
            NettyEventLoop loop = new NettyEventLoop(this, group().next(), callbacks, this::forget);
            loops.add(loop);
            return loop;
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the loop is not one of this transport's
     * @throws IllegalStateException if this transport or the loop is closed
     */
    @Override
    public Connection connect(ServerAddress server, EventLoop loop, ConnectionListener listener) {
        if (!(loop instanceof NettyEventLoop mine) || !mine.isOf(this)) {
            throw new IllegalArgumentException(
                    "the event loop must be one that this transport's newEventLoop returned");
        }
        GuardedListener guarded = new GuardedListener(loop, listener);
        NettyConnection connection = new NettyConnection(server, mine.netty(), guarded, settings);
        Opening opening = new Opening(connection, settings, tls, io, callbacks, () -> forget(connection));
        lock.lock();
        try {
            requireOpen();
            if (mine.isClosed()) {
                throw new IllegalStateException("the event loop is closed");
            }
            mine.netty().execute(opening::begin);
            connections.add(connection);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the lent event loop group is shut down", e);
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
     * running callbacks have ended, at most 10 seconds later; called on one of this transport's own event loops, it returns
     * at once.
     */
    @Override
    public void close() {
        List<NettyConnection> toAbort;
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
        toAbort.forEach(NettyConnection::abort);
        toClose.forEach(SharedEventLoop::close);
        callbacks.retire();
        endIfUnused();
        if (!onLoop()) {
            awaitEnd();
        }
    }

    /** Netty's thread-locals (buffer pools among them) are arrays on such a thread, and hash maps on any other. */
    private static DaemonThreads threads(String prefix) {
        return DaemonThreads.named(prefix, FastThreadLocalThread::new);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this transport is closed");
        }
    }

    private EventLoopGroup group() {
        if (lent != null) {
            return lent;
        }
        if (own == null) {
            own = new MultiThreadIoEventLoopGroup(
                    threads, threads("websip-netty-"), io.newFactory().get());
        }
        return own;
    }

    private void forget(SharedEventLoop loop) {
        lock.lock();
        try {
            loops.remove(loop);
        } finally {
            lock.unlock();
        }
    }

    private void forget(NettyConnection connection) {
        lock.lock();
        try {
            connections.remove(connection);
        } finally {
            lock.unlock();
        }
        endIfUnused();
    }

    /** Not before the last connection is gone: a loop that has ended could not tell its listener. */
    private void endIfUnused() {
        lock.lock();
        try {
            if (closed && connections.isEmpty()) {
                changed.signalAll();
                if (own != null) {
                    own.shutdownGracefully(0, END_SECONDS, TimeUnit.SECONDS);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitEnd() {
        long left = TimeUnit.SECONDS.toNanos(END_SECONDS);
        EventLoopGroup ending;
        try {
            lock.lockInterruptibly();
            try {
                while (!connections.isEmpty() && left > 0) {
                    left = changed.awaitNanos(left);
                }
                ending = own;
            } finally {
                lock.unlock();
            }
            if (ending != null) {
                ending.awaitTermination(left, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean onLoop() {
        EventLoopGroup group;
        lock.lock();
        try {
            group = lent == null ? own : lent;
        } finally {
            lock.unlock();
        }
        if (group != null) {
            for (EventExecutor executor : group) {
                if (executor.inEventLoop()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Settings of a transport. What is wrong with a value is said at once. Not thread-safe. */
    public static final class Builder extends TransportBuilder<Builder> {
        private int threads = Runtime.getRuntime().availableProcessors();
        private boolean threadsSet;
        private @Nullable EventLoopGroup group;
        private SocketIo io;

        private Builder() {
            NettyVersion.check(); // before the first class that an older one lacks
            io = SocketIo.best();
        }

        /**
         * Lends the transport an event loop group such as an application already has. The transport never shuts it down.
         *
         * @throws IllegalArgumentException if its loops run neither NIO nor a native transport that is on the class path
         */
        public Builder eventLoopGroup(EventLoopGroup lent) {
            io = SocketIo.of(lent)
                    .orElseThrow(() -> new IllegalArgumentException("eventLoopGroup is a "
                            + lent.getClass().getSimpleName() + " but must run NIO, epoll, kqueue or io_uring"));
            group = lent;
            return this;
        }

        /**
         * How many event loops the transport has, each with a thread; as many as there are processors unless set.
         *
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder threads(int count) {
            threads = positive("threads", count);
            threadsSet = true;
            return this;
        }

        /**
         * {@inheritDoc}
         *
         * @throws IllegalArgumentException if settings contradict each other, {@code threads} and {@code eventLoopGroup} among
         *     them
         */
        @Override
        public NettyTransport build() {
            if (threadsSet && group != null) {
                throw new IllegalArgumentException(
                        "threads is " + threads + " but a lent eventLoopGroup has its own threads: set one of the two");
            }
            return new NettyTransport(this);
        }

        TransportSettings checked() {
            return settings();
        }
    }
}
