package io.websip.internal.connection;

import io.websip.config.KeepAlive;
import io.websip.config.UserAgentConfig;
import io.websip.dns.DnsException;
import io.websip.internal.jfr.Recorder;
import io.websip.internal.jfr.Span;
import io.websip.internal.location.Lookup;
import io.websip.internal.log.GuardedLogger;
import io.websip.internal.server.DomainServer;
import io.websip.internal.server.Endpoint;
import io.websip.internal.transaction.MessageOutput;
import io.websip.internal.transaction.TransactionLayer;
import io.websip.loop.EventLoop;
import io.websip.text.TimeText;
import io.websip.transport.Closure;
import io.websip.transport.Connection;
import io.websip.transport.ConnectionListener;
import io.websip.transport.ServerAddress;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from the attempt to its end: a flow, as RFC 5626 calls it. It has a transaction layer of its own, since
 * a transaction stays bound to the connection that it began on. Confined to the loop.
 */
final class Flow implements ConnectionListener {
    /** Whom a flow tells of its beginning and its end. */
    interface Owner {
        /** The WebSocket is open. Once at most. */
        void opened(Flow flow);

        /** It is over; its transactions wait to be told, by {@link Flow#failTransactions}. Once. */
        void over(Flow flow, Closure why);
    }

    private static final byte[] NONE = {};
    private static final System.Logger LOG = GuardedLogger.of("io.websip.connection");
    private static final int NORMAL_CLOSURE = 1000;
    private static final byte[] CRLF_PING = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** A flow that is left is looked at so often, for whether something is still under way on it. */
    private static final Duration LEAVING_STEP = Duration.ofSeconds(1);

    /** Requests without an answer of the program; beyond it they are answered 503. */
    private static final int MAX_SERVER_TRANSACTIONS = 10_000;

    private final FlowContext ports;
    private final Owner owner;
    private final Heartbeat heartbeat;

    private Endpoint endpoint;
    private @Nullable Lookup lookup;
    private @Nullable Connection connection;
    private @Nullable MessageOutput output;
    private @Nullable TransactionLayer layer;
    private @Nullable MessageReceiver receiver;
    private @Nullable Closure verdict; // why we cut it ourselves
    private EventLoop.@Nullable Timer patience; // of the attempt, later of the leaving
    private long openedAt;
    private long leftAt;
    private boolean heard;
    private boolean dead;
    private boolean over;
    private Span span = Span.NONE;
    private int pings;
    private byte[] pingPayload = NONE;

    Flow(FlowContext ports, Endpoint endpoint, Owner owner) {
        this.ports = ports;
        this.endpoint = endpoint;
        this.owner = owner;
        this.heartbeat =
                new Heartbeat(ports.loop(), ports.random(), ports.config().keepAlive(), this::ping, this::silence);
    }

    /** Starts to connect, once it is known whereto. */
    void connect() {
        DomainServer domain = endpoint.domain();
        if (domain == null) {
            dial();
        } else {
            lookup = domain.locate(new Located());
        }
    }

    private void dial() {
        LOG.log(System.Logger.Level.DEBUG, "connecting to {0}", endpoint);
        span = Recorder.get().attempt(server());
        try {
            connection = ports.transport().connect(server(), ports.transportLoop(), this);
            patience = ports.loop().schedule(ports.config().connectTimeout(), this::giveUp);
        } catch (RuntimeException e) { // the transport is closed, or at fault
            ports.loop().execute(() -> onClosed(new Closure.Failed(e)));
        }
    }

    /** That of the domain, until it has been looked up. */
    Endpoint endpoint() {
        return endpoint;
    }

    ServerAddress server() {
        return endpoint.address();
    }

    /** What requests see of it; null before it has opened. */
    @Nullable
    OpenFlow way() {
        return layer == null ? null : new OpenFlow(server(), layer);
    }

    /** Whether it has ever been open. */
    boolean hasOpened() {
        return layer != null;
    }

    /** How long it has been open; zero if it never was. */
    Duration age() {
        return layer == null ? Duration.ZERO : Duration.ofNanos(ports.loop().nanoTime() - openedAt);
    }

    /** Whether the server had been heard on it, and then fell silent: rather the way is gone than the server. */
    boolean isDead() {
        return dead && heard;
    }

    void flowTimer(@Nullable Duration time) {
        heartbeat.flowTimer(time);
    }

    /** Closes with 1000; an attempt is given up. */
    void close() {
        stopTimers();
        if (receiver != null) {
            receiver.closing();
        }
        if (connection != null) {
            connection.close(NORMAL_CLOSURE, "");
        } else if (lookup != null) {
            lookup.cancel();
            lookup = null;
            ports.loop().execute(() -> onClosed(new Closure.Failed(new IOException("the lookup was given up"))));
        }
    }

    /**
     * Closes once nothing is under way on it. Our own requests are waited for to their end, those of others for the
     * transaction time-out at most.
     */
    void leave() {
        leftAt = ports.loop().nanoTime();
        patience = ports.loop().schedule(LEAVING_STEP, this::leaveIfIdle);
    }

    private void leaveIfIdle() {
        patience = null;
        Duration since = Duration.ofNanos(ports.loop().nanoTime() - leftAt);
        boolean late = since.compareTo(ports.config().timers().timeout()) > 0;
        if (layer == null || layer.size() == 0 || late && !layer.isAwaiting()) {
            close();
        } else {
            patience = ports.loop().schedule(LEAVING_STEP, this::leaveIfIdle);
        }
    }

    /** Every transaction that waits is told that the connection is lost. */
    void failTransactions() {
        if (layer != null) {
            layer.connectionLost();
        }
    }

    private void giveUp() {
        patience = null;
        Duration timeout = ports.config().connectTimeout();
        cut("no connection to " + endpoint + " within " + TimeText.of(timeout));
    }

    private void silence() {
        dead = true;
        cut("no pong from " + endpoint + " within "
                + TimeText.of(ports.config().keepAlive().pongTimeout()));
    }

    private void cut(String why) {
        LOG.log(System.Logger.Level.DEBUG, why);
        verdict = new Closure.Failed(new SocketTimeoutException(why));
        if (connection != null) {
            connection.abort();
        }
    }

    private void stopTimers() {
        heartbeat.stop();
        if (patience != null) {
            patience.cancel();
            patience = null;
        }
    }

    private void ping() {
        if (connection == null || output == null) {
            return;
        }
        if (ports.config().keepAlive().kind() == KeepAlive.Kind.CRLF) {
            output.send(CRLF_PING.clone());
        } else {
            pingPayload = Integer.toString(++pings).getBytes(StandardCharsets.US_ASCII);
            connection.ping(pingPayload.clone());
            ports.tap().pinged(server(), pingPayload);
        }
    }

    private void crlfPong() {
        if (ports.config().keepAlive().kind() == KeepAlive.Kind.CRLF) {
            heartbeat.pong();
        }
    }

    @Override
    public void onOpen() {
        Connection open = connection;
        if (open == null || over) {
            return;
        }
        stopTimers();
        UserAgentConfig config = ports.config();
        MessageOutput out = new TappedOutput(server(), open::send, ports.tap());
        output = out;
        layer = new TransactionLayer(
                ports.loop(), config.timers(), true, ports.sentBy(), MAX_SERVER_TRANSACTIONS, out, ports.user());
        receiver = new MessageReceiver(
                layer, config.limits(), ports.tokens(), out, ports.user()::discarded, this::crlfPong);
        openedAt = ports.loop().nanoTime();
        span.ended(0, "open");
        span = Recorder.get().connection(server());
        LOG.log(System.Logger.Level.DEBUG, "connected to {0}", endpoint);
        heartbeat.start();
        owner.opened(this);
    }

    @Override
    public void onMessage(byte[] message) {
        if (receiver != null) {
            heard = true;
            heartbeat.sign();
            ports.tap().received(server(), message);
            receiver.receive(message);
        }
    }

    @Override
    public void onPong(byte[] payload) {
        ports.tap().ponged(server(), payload);
        heard = true;
        if (Arrays.equals(payload, pingPayload)) {
            heartbeat.pong();
        } else {
            heartbeat.sign();
        }
    }

    @Override
    public void onClosed(Closure why) {
        if (over) {
            return;
        }
        over = true;
        stopTimers();
        Closure told = verdict != null ? verdict : why;
        LOG.log(System.Logger.Level.DEBUG, "connection to {0} is over: {1}", endpoint, told);
        span.ended(0, told.toString());
        owner.over(this, told);
    }

    /** Hears where the servers of the domain are. */
    private final class Located implements DomainServer.Seeker {
        @Override
        public void found(Endpoint located) {
            lookup = null;
            Duration left = located.markLeft(ports.loop().nanoTime());
            if (left.isZero()) {
                endpoint = located;
                dial();
            } else {
                onClosed(new Closure.Failed(
                        new IOException("no server of " + endpoint.address().host() + " may be tried for another "
                                + TimeText.of(left) + ", since each has failed or has asked for time")));
            }
        }

        @Override
        public void notFound(DnsException why) {
            lookup = null;
            onClosed(new Closure.Failed(why));
        }
    }
}
