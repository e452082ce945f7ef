package io.websip.transport.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import io.websip.transport.client.RetryAfter;
import io.websip.transport.client.TransportSettings;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
 * The way to an open connection: name lookup, TCP, TLS and upgrade, each under its time-out. Confined to the loop, except
 * for the lookup.
 */
final class Opening {
    private static final System.Logger LOG = System.getLogger("io.websip.transport.netty");

    private final NettyConnection connection;
    private final ServerAddress server;
    private final TransportSettings settings;
    private final Tls tls;
    private final Executor blocking;
    private final Runnable gone;

    private @Nullable Future<?> limit;
    private @Nullable Channel channel;
    private @Nullable FrameHandler frames;

    /**
     * Prepares an attempt.
     *
     * @param blocking runs what may block
     * @param gone run once there is no socket (any more)
     */
    Opening(NettyConnection connection, TransportSettings settings, Tls tls, Executor blocking, Runnable gone) {
        this.connection = connection;
        this.server = connection.server();
        this.settings = settings;
        this.tls = tls;
        this.blocking = blocking;
        this.gone = gone;
    }

    /** On the loop. */
    void begin() {
        connection.cutBy(this::cut);
        if (connection.isOver()) {
            return;
        }
        Duration timeout = settings.connectTimeout();
        limitTo(timeout, "no connection to " + server + " within " + timeout);
        boolean known =
                server.address().isPresent() || NetUtil.createByteArrayFromIpAddressString(server.host()) != null;
        if (known && (!server.secure() || tls.loaded())) {
            lookUp();
        } else {
            blocking.execute(this::lookUp);
        }
    }

    /** On the loop where it cannot block, else beside it. */
    private void lookUp() {
        try {
            InetAddress address =
                    server.address().isPresent() ? server.address().get() : InetAddress.getByName(server.host());
            if (server.secure()) {
                tls.load();
            }
            toLoop(() -> dial(address));
        } catch (UnknownHostException e) {
            toLoop(() -> end(new ConnectException("cannot connect to " + server + ": its host name is unknown"), e));
        } catch (IOException | GeneralSecurityException e) {
            toLoop(() -> end(new IOException("TLS cannot be set up: " + e.getMessage()), e));
        }
    }

    private void toLoop(Runnable task) {
        try {
            connection.loop().execute(task);
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "the event loop ended while " + server + " was looked up", e);
        }
    }

    private void dial(InetAddress address) {
        if (connection.isOver()) {
            return;
        }
        new Bootstrap()
                .group(connection.loop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                // Our own limit covers the lookup too.
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .disableResolver()
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel fresh) throws GeneralSecurityException, IOException {
                        prepare(fresh);
                    }
                })
                .connect(new InetSocketAddress(address, server.port()))
                .addListener((ChannelFuture attempt) -> connected(attempt.cause()));
    }

    private void prepare(Channel fresh) throws GeneralSecurityException, IOException {
        channel = fresh;
        fresh.closeFuture().addListener(closed -> channelClosed());
        if (server.secure()) {
            fresh.pipeline().addLast(tls.newHandler(fresh.alloc(), server));
        }
        fresh.pipeline().addLast(new HttpClientCodec()).addLast(new UpgradeHandler(this, server, settings));
    }

    private void connected(@Nullable Throwable failure) {
        if (failure != null) {
            end(new ConnectException("cannot connect to " + server + ": " + failure.getMessage()), failure);
        } else if (!connection.isOver()) {
            Duration timeout = settings.handshakeTimeout();
            limitTo(timeout, "no WebSocket handshake with " + server + " within " + timeout);
        }
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
        end(new SSLException("TLS with " + server + " failed: " + Tls.reason(cause)), cause);
    }

    void noHttp(Throwable cause) {
        end(new IOException(server + " does not answer the upgrade request in HTTP: " + cause.getMessage()), cause);
    }

    void broke(Throwable cause) {
        if (cause instanceof DecoderException && cause.getCause() instanceof SSLException tlsFailure) {
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
        stopLimit();
        frames = handler;
        connection.opened(handler);
    }

    private void limitTo(Duration timeout, String otherwise) {
        stopLimit();
        limit = connection
                .loop()
                .schedule(() -> end(new SocketTimeoutException(otherwise), null), nanos(timeout), TimeUnit.NANOSECONDS);
    }

    private void stopLimit() {
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
        stopLimit();
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

    private void channelClosed() {
        stopLimit();
        if (frames != null) {
            frames.channelClosed();
        } else {
            connection.over(
                    new Closure.Failed(new EOFException("connection to " + server + " ended in its handshake")));
        }
        gone.run();
    }
}
