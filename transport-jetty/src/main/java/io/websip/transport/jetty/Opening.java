package io.websip.transport.jetty;

import io.websip.internal.log.ThrownText;
import io.websip.text.TimeText;
import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import io.websip.transport.socket.AddressTurns;
import io.websip.transport.socket.HostLookup;
import io.websip.transport.socket.RetryAfter;
import io.websip.transport.socket.TransportSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.jspecify.annotations.Nullable;

/**
 * The way to an open connection: name lookup, TCP, TLS and upgrade, each under its time-out, with one address of the host
 * after the other. Confined to the loop, but for what Jetty's threads tell of a {@link Receiver}'s attempt.
 */
final class Opening {
    /** How long Jetty may be silent about a connection that is over. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final JettyConnection connection;
    private final ServerAddress server;
    private final TransportSettings settings;
    private final JettyClient client;
    private final Executor blocking;

    /** Null where Jetty or a proxy looks up by itself. */
    private @Nullable AddressTurns turns;

    private long connectStart;
    private boolean connected;
    private @Nullable Attempt attempt;
    private @Nullable Future<?> limit;
    private @Nullable Future<?> share;
    private @Nullable Future<?> silence;
    private @Nullable Receiver current;
    private @Nullable CompletableFuture<CoreSession> request;
    private @Nullable CoreSession session;

    /**
     * Prepares an attempt.
     *
     * @param blocking runs what may block
     */
    Opening(JettyConnection connection, TransportSettings settings, JettyClient client, Executor blocking) {
        this.connection = connection;
        this.server = connection.server();
        this.settings = settings;
        this.client = client;
        this.blocking = blocking;
    }

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
        limitTo(timeout, "no connection to " + goal() + " within " + TimeText.of(timeout));
        if (client.isStarted() && isKnown()) {
            prepare();
        } else {
            prepareBeside();
        }
    }

    private void prepareBeside() {
        try {
            blocking.execute(this::prepare);
        } catch (Throwable e) { // the system has no thread left: another attempt may find one
            onLoop(() -> end(new IOException("cannot connect to " + goal() + ": no thread for its lookup", e)));
        }
    }

    private boolean isKnown() {
        return client.looksUp() || server.address().isPresent() || HostLookup.isAddress(server.host());
    }

    /** Reads trust stores and looks the host up; on the loop where neither is to be done, else beside it. */
    private void prepare() {
        try {
            client.start();
            AddressTurns found = lookUp();
            onLoop(() -> {
                turns = found;
                tryNext();
            });
        } catch (UnknownHostException e) {
            onLoop(() -> end(Failures.noConnection(server, settings.proxy(), e)));
        } catch (LinkageError e) {
            onLoop(() -> unfit(e));
        } catch (Throwable e) { // a lookup of the program may throw anything
            onLoop(() -> end(new IOException("cannot connect to " + goal() + ": " + ThrownText.message(e), e)));
        }
    }

    private @Nullable AddressTurns lookUp() throws IOException {
        if (!client.hasProxy() && server.address().isPresent()) {
            return turns(List.of(server.address().get()));
        }
        if (!client.looksUp()) {
            return turns(settings.lookup().resolve(server.host()));
        }
        return null;
    }

    private AddressTurns turns(List<InetAddress> addresses) {
        return new AddressTurns(addresses, connectStart, settings.connectTimeout());
    }

    private void tryNext() {
        if (connection.isOver()) {
            return;
        }
        InetAddress address = turns == null ? null : turns.next();
        if (turns != null && turns.hasNext()) {
            share = connection.loop().schedule(() -> guarded(this::triesNext), turns.share(System.nanoTime()));
        }
        Receiver receiver = new Receiver(connection, this, settings.maxMessageBytes());
        current = receiver;
        attempt = new Attempt(server, address, cause -> tcpOver(receiver, cause));
        request = client.send(new UpgradeRequest(client, server, attempt, settings, this, receiver));
    }

    /** Whether there is another address, which is then tried, and this one given up. */
    private boolean triesNext() {
        if (connected || connection.isOver() || turns == null || !turns.hasNext()) {
            return false;
        }
        stopLimit(share);
        dropRequest();
        tryNext();
        return true;
    }

    // ---- told by Jetty's threads ----

    /** TCP is connected, through the proxy if there is one. */
    void connected(Receiver which) {
        onLoop(() -> {
            if (which == current && !connection.isOver()) {
                connected = true;
                Duration timeout = settings.handshakeTimeout();
                limitTo(timeout, "no WebSocket handshake with " + goal() + " within " + TimeText.of(timeout));
            }
        });
    }

    /**
     * The server answered, but not with a WebSocket that speaks SIP.
     *
     * @param retryAfter the header of that name; null if there is none
     */
    void refused(Receiver which, int status, String reason, @Nullable String retryAfter) {
        onLoop(() -> {
            if (which == current) {
                stopLimits();
                connection.over(new Closure.Refused(status, reason, RetryAfter.parse(retryAfter, Instant.now())));
            }
        });
    }

    void failed(Receiver which, Throwable cause) {
        onLoop(() -> {
            if (which != current || connection.isOver()) {
                return;
            }
            if (!triesNext()) {
                end(
                        connected
                                ? Failures.noHandshake(server, isDuringTls(), cause)
                                : Failures.noConnection(server, settings.proxy(), cause));
            }
        });
    }

    /** Jetty has a moment to say more of it, or to come to an answer that it has read before. */
    private void tcpOver(Receiver which, Throwable cause) {
        onLoop(() -> {
            if (which == current && session == null && !connection.isOver()) {
                stopLimit(silence);
                silence = connection.loop().schedule(() -> stillOver(which, cause), SILENCE_NANOS);
            }
        });
    }

    /** Unless Jetty has gone on to another address of the proxy. */
    private void stillOver(Receiver which, Throwable cause) {
        if (attempt != null && attempt.isOver()) {
            failed(which, cause);
        }
    }

    private boolean isDuringTls() {
        return attempt != null && attempt.isDuringTls();
    }

    /** The handshake is done. */
    void done(Receiver which, CoreSession opened) {
        onLoop(() -> {
            if (which != current || connection.isOver()) {
                which.cut(opened);
                return;
            }
            stopLimits();
            session = opened;
            connection.opened(new Sender(connection, opened, settings.closeTimeout()));
        });
    }

    private void onLoop(Runnable task) {
        connection.loop().executeIfAlive(() -> guarded(task));
    }

    /** A class or method that this Jetty does not have ends the attempt, and is not left to a time-out. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (LinkageError e) {
            unfit(e);
        }
    }

    private void unfit(LinkageError e) {
        end(new IOException("cannot connect to " + goal() + ": " + e, e));
    }

    // ---- the end ----

    private void limitTo(Duration timeout, String otherwise) {
        stopLimit(limit);
        stopLimit(share);
        limit = connection.loop().schedule(() -> end(new SocketTimeoutException(otherwise)), nanos(timeout));
    }

    private void stopLimits() {
        stopLimit(limit);
        stopLimit(share);
        stopLimit(silence);
    }

    private static void stopLimit(@Nullable Future<?> limit) {
        if (limit != null) {
            limit.cancel(false);
        }
    }

    private static long nanos(Duration timeout) {
        return TimeUnit.NANOSECONDS.convert(timeout);
    }

    private String goal() {
        return Failures.goal(server, settings.proxy());
    }

    private void end(Exception failure) {
        connection.over(new Closure.Failed(failure));
        cut();
    }

    private void cut() {
        stopLimits();
        if (session != null && current != null) {
            current.cut(session);
        } else {
            dropRequest();
        }
    }

    private void dropRequest() {
        if (request != null) {
            request.completeExceptionally(new CancellationException("the attempt was given up"));
        }
    }
}
