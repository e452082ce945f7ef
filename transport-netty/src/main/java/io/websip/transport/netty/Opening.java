package io.websip.transport.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.util.concurrent.Future;
import io.websip.internal.log.GuardedLogger;
import io.websip.internal.log.ThrownText;
import io.websip.text.TimeText;
import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import io.websip.transport.socket.AddressTurns;
import io.websip.transport.socket.Causes;
import io.websip.transport.socket.RetryAfter;
import io.websip.transport.socket.TransportSettings;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The way to an open connection: name lookup, TCP to one address after the other, a proxy, TLS and upgrade, each under its time-out. Confined to the loop, except
 * for the lookup.
 */
final class Opening {
    private static final System.Logger LOG = GuardedLogger.of("io.websip.transport.netty");

    private final NettyConnection connection;
    private final ServerAddress server;
    private final Route route;
    private final TransportSettings settings;
    private final Tls tls;
    private final SocketIo io;
    private final Executor blocking;
    private final Runnable gone;

    private @Nullable AddressTurns turns;
    private long connectStart;
    private @Nullable Future<?> limit;
    private @Nullable Future<?> share;
    /** That of the address tried last; those before it are closed, or closing. */
    private @Nullable Channel channel;

    private boolean reached;
    private @Nullable FrameHandler frames;

    /**
     * Prepares an attempt.
     *
     * @param io how sockets are reached on the connection's loop
     * @param blocking runs what may block
     * @param gone run once there is no socket (any more)
     */
    Opening(
            NettyConnection connection,
            TransportSettings settings,
            Tls tls,
            SocketIo io,
            Executor blocking,
            Runnable gone) {
        this.connection = connection;
        this.server = connection.server();
        this.route = new Route(server, settings.proxy(), settings.lookup());
        this.settings = settings;
        this.tls = tls;
        this.io = io;
        this.blocking = blocking;
        this.gone = gone;
    }

    /** On the loop. */
    void begin() {
        guarded(this::start);
    }

    private void start() {
        connection.cutBy(this::cut);
        if (connection.isOver()) {
            return;
        }
        Duration timeout = settings.connectTimeout();
        connectStart = System.nanoTime();
        limitTo(timeout, "no connection to " + route + " within " + TimeText.of(timeout));
        if (route.isKnown() && (!server.secure() || tls.loaded())) {
            lookUp();
        } else {
            lookUpBeside();
        }
    }

    private void lookUpBeside() {
        try {
            blocking.execute(this::lookUp);
        } catch (Throwable e) { // the system has no thread left: another attempt may find one
            toLoop(() -> end(new IOException("cannot connect to " + route + ": no thread for its lookup"), e));
        }
    }

    /** On the loop where it cannot block, else beside it. */
    private void lookUp() {
        try {
            AddressTurns found = new AddressTurns(route.addresses(), connectStart, settings.connectTimeout());
            if (server.secure()) {
                tls.load();
            }
            toLoop(() -> {
                turns = found;
                tryNext(found);
            });
        } catch (UnknownHostException e) {
            toLoop(() -> end(new ConnectException("cannot connect to " + route + ": its host name is unknown"), e));
        } catch (IOException | GeneralSecurityException e) {
            toLoop(() -> end(new IOException("TLS cannot be set up: " + ThrownText.message(e)), e));
        } catch (LinkageError e) {
            toLoop(() -> unfit(e));
        } catch (Throwable e) { // a lookup of the program may throw anything
            toLoop(() -> end(new IOException("cannot connect to " + route + ": its lookup failed"), e));
        }
    }

    private void toLoop(Runnable task) {
        try {
            connection.loop().execute(() -> guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "the event loop ended while " + server + " was looked up", e);
        }
    }

    /** A class or method that this Netty does not have ends the attempt, and is not left to a time-out. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (LinkageError e) {
            unfit(e);
        }
    }

    private void unfit(LinkageError e) {
        end(new IOException("cannot connect to " + route + ": " + e), e);
    }

    private void tryNext(AddressTurns turns) {
        if (connection.isOver()) {
            return;
        }
        InetAddress address = turns.next();
        if (turns.hasNext()) {
            share = connection
                    .loop()
                    .schedule(() -> guarded(this::triesNext), turns.share(System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        new Bootstrap()
                .group(connection.loop())
                .channel(io.channel())
                .option(ChannelOption.TCP_NODELAY, true)
                // Our own limit covers the lookup too.
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .disableResolver()
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel fresh) throws GeneralSecurityException, IOException {
                        channel = fresh;
                        try {
                            prepare(fresh, address);
                        } catch (LinkageError e) {
                            unfit(e);
                        }
                    }
                })
                .connect(route.destination(address))
                .addListener((ChannelFuture attempt) -> guarded(() -> connected(attempt.channel(), attempt.cause())));
    }

    private void prepare(Channel fresh, InetAddress address) throws GeneralSecurityException, IOException {
        ProxyHandler proxy = route.newProxyHandler(address);
        if (proxy != null) {
            fresh.pipeline().addLast(proxy);
        }
        if (server.secure()) {
            fresh.pipeline().addLast(tls.newHandler(fresh.alloc(), server));
        }
        fresh.pipeline().addLast(new HttpClientCodec()).addLast(new UpgradeHandler(this, server, settings));
    }

    private void connected(Channel which, @Nullable Throwable failure) {
        if (which != channel) {
            return; // given up meanwhile
        }
        if (failure == null) {
            which.closeFuture().addListener(closed -> channelClosed(which));
            if (!route.hasProxy()) {
                reached();
            }
        } else if (connection.isOver()) {
            gone.run();
        } else if (!triesNext()) {
            notReached(failure);
            gone.run();
        }
    }

    /** Whether there is another address, which is then tried, and this one given up. */
    private boolean triesNext() {
        if (reached || connection.isOver() || turns == null || !turns.hasNext()) {
            return false;
        }
        stopLimit(share);
        Channel failed = channel;
        tryNext(turns);
        if (failed != null) {
            failed.close();
        }
        return true;
    }

    /** Whether that is the channel that counts: those of addresses that were given up may still have something to say. */
    boolean isAt(Channel which) {
        return which == channel;
    }

    /** TCP is connected, through the proxy if there is one. */
    void reached() {
        if (!connection.isOver()) {
            reached = true;
            Duration timeout = settings.handshakeTimeout();
            limitTo(timeout, "no WebSocket handshake with " + route + " within " + TimeText.of(timeout));
        }
    }

    private void notReached(Throwable failure) {
        Throwable cause = failure;
        for (Throwable each : Causes.of(failure)) {
            if (each instanceof ProxyConnectException) {
                cause = each; // TLS, which waits behind the proxy, fails with it and has less to say
            }
        }
        end(new ConnectException("cannot connect to " + route + ": " + cause.getMessage()), failure);
    }

    /**
     * The server answered, but not with a WebSocket that speaks SIP.
     *
     * @param retryAfter the header of that name; null if there is none
     */
    void refused(int status, String reason, @Nullable String retryAfter) {
        connection.over(new Closure.Refused(status, reason, RetryAfter.parse(retryAfter, Instant.now())));
        cut();
    }

    void failedTls(Throwable cause) {
        if (triesNext()) {
            return;
        }
        if (!reached) {
            notReached(cause);
            return;
        }
        end(new SSLException("TLS with " + server + " failed: " + Tls.reason(cause)), cause);
    }

    void noHttp(Throwable cause) {
        end(new IOException(server + " does not answer the upgrade request in HTTP: " + cause.getMessage()), cause);
    }

    void broke(Throwable cause) {
        if (triesNext()) {
            return;
        }
        if (!reached) {
            notReached(cause);
        } else if (cause instanceof DecoderException && cause.getCause() instanceof SSLException tlsFailure) {
            failedTls(tlsFailure);
        } else {
            end(new IOException("connection to " + server + " broke in its handshake: " + cause.getMessage()), cause);
        }
    }

    FrameHandler newFrameHandler() {
        return new FrameHandler(connection, settings.closeTimeout());
    }

    /** The handshake is done; the handler is in the pipeline. */
    void done(FrameHandler handler) {
        stopLimits();
        frames = handler;
        connection.opened(handler);
    }

    private void limitTo(Duration timeout, String otherwise) {
        stopLimits();
        limit = connection
                .loop()
                .schedule(() -> end(new SocketTimeoutException(otherwise), null), nanos(timeout), TimeUnit.NANOSECONDS);
    }

    private void stopLimits() {
        stopLimit(limit);
        stopLimit(share);
    }

    private static void stopLimit(@Nullable Future<?> limit) {
        if (limit != null) {
            limit.cancel(false);
        }
    }

    private static long nanos(Duration timeout) {
        return TimeUnit.NANOSECONDS.convert(timeout);
    }

    private void end(Exception failure, @Nullable Throwable cause) {
        if (cause != null) {
            failure.initCause(cause);
        }
        connection.over(new Closure.Failed(failure));
        cut();
    }

    /** Closes the socket as it is; past TLS, whose own farewell could wait for a peer that does not read. */
    private void cut() {
        stopLimits();
        if (channel == null) {
            gone.run();
            return;
        }
        ChannelHandlerContext nearestToSocket = channel.pipeline().firstContext();
        if (nearestToSocket == null) {
            channel.close();
        } else {
            nearestToSocket.close();
        }
    }

    private void channelClosed(Channel which) {
        if (which != channel) {
            return; // given up
        }
        if (triesNext()) {
            return;
        }
        stopLimits();
        if (frames != null) {
            frames.channelClosed();
        } else if (reached) {
            connection.over(
                    new Closure.Failed(new EOFException("connection to " + server + " ended in its handshake")));
        } else {
            connection.over(
                    new Closure.Failed(new ConnectException("cannot connect to " + route + ": the proxy has hung up")));
        }
        gone.run();
    }
}
