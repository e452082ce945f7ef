package io.websip.transport.fake;

import io.websip.transport.Closure;
import io.websip.transport.ConnectionListener;
import io.websip.transport.ServerAddress;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a {@link FakeNetwork}: the server's end of it, and the handle by which a test does it harm.
 *
 * <p>Thread-safe.
 */
public final class FakeConnection implements ServerConnection {
    private final Wire wire;
    private final int id;
    private final ServerAddress server;
    private final Pipe toServer;
    private final Pipe toClient;
    private final ClientConnection client;
    private final End serverEnd;

    FakeConnection(
            Wire wire,
            int id,
            ServerAddress server,
            Duration latency,
            VirtualLoopView serverLoop,
            ServerHandler handler,
            VirtualLoopView clientLoop,
            ConnectionListener listener,
            long maxQueuedBytes) {
        this.wire = wire;
        this.id = id;
        this.server = server;
        this.toServer = new Pipe(wire, "to " + server, latency, this::cut);
        this.toClient = new Pipe(wire, "from " + server, latency, this::cut);
        this.client = new ClientConnection(wire, toServer, clientLoop, listener, maxQueuedBytes);
        this.serverEnd = new End(
                wire, toClient, new ToHandler(wire, serverLoop, this, handler), FakeTransport.DEFAULT_MAX_QUEUED_BYTES);
        End.join(client.end(), serverEnd);
    }

    /** Starts the handshake; the endpoint is null where nothing listens. The caller holds the lock. */
    void dial(@Nullable FakeEndpoint endpoint, List<Fault> faults) {
        // The handshake itself takes the time of the latency; the other faults of a link need one that is open.
        faults.stream().filter(Fault.Latency.class::isInstance).forEach(this::start);
        toServer.control("upgrade request", () -> answer(endpoint, faults));
    }

    private void answer(@Nullable FakeEndpoint endpoint, List<Fault> faults) {
        Fault refusal = endpoint == null || !endpoint.isListening() ? Fault.unreachable() : firstOnConnect(faults);
        if (refusal == null) {
            serverEnd.open();
            toClient.control("answer to the upgrade", () -> {
                client.end().open();
                faults.forEach(this::start);
            });
        } else if (!(refusal instanceof Fault.SilentHandshake)) {
            Closure why = closure(refusal);
            serverEnd.finish(why);
            toClient.control("refusal", () -> client.end().finish(why));
        }
    }

    private static @Nullable Fault firstOnConnect(List<Fault> faults) {
        return faults.stream()
                .filter(Fault.OnConnect.class::isInstance)
                .findFirst()
                .orElse(null);
    }

    private Closure closure(Fault refusal) {
        if (refusal instanceof Fault.Refuse r) {
            return new Closure.Refused(r.httpStatus(), "refused by " + server, r.retryAfter());
        }
        if (refusal instanceof Fault.NoSubprotocol) {
            return new Closure.Refused(101, "no subprotocol in the answer of " + server);
        }
        return new Closure.Failed(new ConnectException("connection refused: nothing listens on " + server));
    }

    /**
     * Starts a fault now. What it needs to do on the ends' loops becomes tasks, as everything does. Nothing happens if the
     * connection is over.
     */
    public void apply(Fault.OnLink fault) {
        synchronized (wire.lock()) {
            start(fault);
        }
    }

    /** Ends every {@link Fault.Stall} of this connection: what has waited arrives now, in order. */
    public void release() {
        synchronized (wire.lock()) {
            toServer.release();
            toClient.release();
        }
    }

    private void start(Fault fault) {
        if (fault instanceof Fault.Latency f) {
            toServer.latency(f.oneWay());
            toClient.latency(f.oneWay());
        } else if (fault instanceof Fault.CutAfter f) {
            pipe(f.direction()).cutAfter(f.messages());
        } else if (fault instanceof Fault.Stall f) {
            pipe(f.direction()).stall();
        } else if (fault instanceof Fault.HalfOpen) {
            toServer.die();
            toClient.die();
        } else if (fault instanceof Fault.NoPong) {
            serverEnd.answerNoPings();
        } else if (fault instanceof Fault.Garbage f) {
            End sender = f.direction() == Direction.TO_SERVER ? client.end() : serverEnd;
            sender.send(f.bytes().getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private void cut() {
        toServer.clear();
        toClient.clear();
        client.end().finish(End.failed("the connection was cut"));
        serverEnd.finish(End.failed("the connection was cut"));
    }

    private Pipe pipe(Direction direction) {
        return direction == Direction.TO_SERVER ? toServer : toClient;
    }

    /** A number that tells it from the others of its network: 1 for the first attempt to connect, and so on. */
    public int id() {
        return id;
    }

    /** The address that the client asked for. */
    public ServerAddress server() {
        return server;
    }

    /** How many messages have arrived in that direction; pings, pongs and close frames are not counted. */
    public int delivered(Direction direction) {
        synchronized (wire.lock()) {
            return pipe(direction).delivered();
        }
    }

    /** {@inheritDoc} The cap is {@link FakeTransport#DEFAULT_MAX_QUEUED_BYTES}. */
    @Override
    public boolean send(byte[] message) {
        return serverEnd.send(message);
    }

    @Override
    public void pong(byte[] payload) {
        serverEnd.pong(payload);
    }

    @Override
    public void close(int code, String reason) {
        if (code < 1000 || code > 4999 || code == 1004 || code == 1006 || code == 1015) {
            throw new IllegalArgumentException("no close frame carries the code " + code);
        }
        serverEnd.close(code, reason);
    }

    @Override
    public void abort() {
        serverEnd.abort();
    }

    @Override
    public boolean isOpen() {
        return serverEnd.isOpen();
    }

    ClientConnection client() {
        return client;
    }

    boolean isOverForClient() {
        return client.end().isOver();
    }

    @Override
    public String toString() {
        return "connection " + id + " to " + server;
    }
}
