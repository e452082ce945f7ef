package io.websip.transport.fake;

import io.websip.transport.ConnectionListener;
import io.websip.transport.ServerAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A network within memory and virtual time: servers listen on addresses, and clients connect to them by a
 * {@link FakeTransport}. A connection keeps messages whole and in order until it breaks, as a WebSocket does, and breaks
 * only when told to ({@link Fault}).
 *
 * <pre>{@code
 * FakeNetwork network = new FakeNetwork(new VirtualEventLoop());
 * FakeEndpoint server = network.listen("wss://sip.example.com", (connection, message) -> connection.send(message));
 * server.onNextConnection(Fault.refuse(503));
 * }</pre>
 *
 * <p>Host names are not resolved and certificates do not exist: an address is known if a server listens on exactly it; one
 * that has been resolved already ({@link ServerAddress#at}) if a server listens on that IP address and port.
 * Thread-safe.
 */
public final class FakeNetwork {
    /** How {@link PendingTask#loop} calls the network: what is under way on it are its tasks. */
    public static final String LOOP_NAME = "network";

    /** So many connections are kept, or twice as many as were not over when last looked at, before those that are over go. */
    private static final int FEW = 64;

    private final Object lock = new Object();
    private final VirtualEventLoop loop;
    private final Wire wire;
    private final Map<ServerAddress, FakeEndpoint> endpoints = new HashMap<>();
    private final List<FakeConnection> connections = new ArrayList<>();
    private int tidyAt = FEW;
    private Duration latency = Duration.ZERO;
    private int lastId;

    /**
     * A network without servers and without latency.
     *
     * @param loop whose time it lives in, and on which its servers are called
     * @throws IllegalStateException if the loop is closed
     */
    public FakeNetwork(VirtualEventLoop loop) {
        this.loop = loop;
        this.wire = new Wire(loop.newNamedView(LOOP_NAME), lock);
    }

    /** The loop that moves this network. */
    public VirtualEventLoop loop() {
        return loop;
    }

    /**
     * Sets how long each frame takes, in either direction, on connections made from now on. Zero at first: a frame still
     * arrives in a later task, never within the call that sends it.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public void latency(Duration oneWay) {
        synchronized (lock) {
            latency = new Fault.Latency(oneWay).oneWay();
        }
    }

    /**
     * Lets a server listen on a URL.
     *
     * @throws IllegalArgumentException if it is no URL for {@link ServerAddress#parse}
     * @throws IllegalStateException if a server listens there
     */
    public FakeEndpoint listen(String url, ServerHandler handler) {
        return listen(ServerAddress.parse(url), handler);
    }

    /**
     * Lets a server listen on an address. The handler is called on {@link #loop()}.
     *
     * @throws IllegalStateException if a server listens there
     */
    public FakeEndpoint listen(ServerAddress address, ServerHandler handler) {
        synchronized (lock) {
            if (endpoints.containsKey(address)) {
                throw new IllegalStateException("a server listens on " + address + " already");
            }
            FakeEndpoint endpoint = new FakeEndpoint(this, address, handler);
            endpoints.put(address, endpoint);
            return endpoint;
        }
    }

    /**
     * The connections, and attempts to connect, that the client has neither given up nor seen the end of, oldest first. A
     * snapshot.
     */
    public List<FakeConnection> connections() {
        return connections(connection -> !connection.isOverForClient());
    }

    /**
     * Fails if a client has left a connection, or an attempt, behind.
     *
     * @throws AssertionError with the list
     */
    public void assertNoConnections() {
        List<FakeConnection> left = connections();
        if (!left.isEmpty()) {
            throw new AssertionError("left behind: " + left);
        }
    }

    /** Whether a client of that server could be one of another server too. */
    public boolean hasOthersThan(FakeEndpoint endpoint) {
        synchronized (lock) {
            return endpoints.values().stream().anyMatch(other -> other != endpoint);
        }
    }

    List<FakeConnection> connectionsOfServer(ServerAddress address) {
        return connections(connection -> asListened(connection.server()).equals(address) && connection.isOpen());
    }

    private List<FakeConnection> connections(Predicate<FakeConnection> which) {
        synchronized (lock) {
            return connections.stream().filter(which).toList();
        }
    }

    FakeConnection connect(
            ServerAddress server, VirtualLoopView clientLoop, ConnectionListener listener, long maxQueuedBytes) {
        synchronized (lock) {
            if (connections.size() >= tidyAt) {
                connections.removeIf(connection -> connection.isOverForClient() && !connection.isOpen());
                tidyAt = Math.max(FEW, 2 * connections.size());
            }
            FakeEndpoint endpoint = endpoints.get(asListened(server));
            FakeConnection connection = new FakeConnection(
                    wire,
                    ++lastId,
                    server,
                    latency,
                    loop.main(),
                    endpoint == null ? (c, message) -> {} : endpoint.handler(),
                    clientLoop,
                    listener,
                    maxQueuedBytes);
            connections.add(connection);
            connection.dial(endpoint, endpoint == null ? List.of() : endpoint.takeFaults());
            return connection;
        }
    }

    /** A server whose host has been resolved is found by its address alone, as on a real network. */
    private static ServerAddress asListened(ServerAddress server) {
        return server.address()
                .map(InetAddress::getHostAddress)
                .map(ip -> ip.indexOf(':') < 0 ? ip : "[" + ip + "]")
                .map(host -> ServerAddress.parse(
                        (server.secure() ? "wss://" : "ws://") + host + ":" + server.port() + server.resource()))
                .orElse(server);
    }

    void remove(FakeEndpoint endpoint) {
        endpoints.remove(endpoint.address(), endpoint);
    }

    Object lock() {
        return lock;
    }
}
