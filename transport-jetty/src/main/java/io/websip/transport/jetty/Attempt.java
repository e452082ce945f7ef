package io.websip.transport.jetty;

import io.websip.transport.ServerAddress;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.client.Destination;
import org.jspecify.annotations.Nullable;

/**
 * The tag of one upgrade request, equal to no other: so Jetty takes each for a destination of its own. Requests that share one
 * also share connections, and where one is closed while the next waits, Jetty opens two for it, of which one stays silent.
 * Thread-safe.
 */
final class Attempt {
    private static final String NO_CIPHER = "SSL_NULL_WITH_NULL_NULL"; // before the first handshake is over

    private final ServerAddress server;
    private final @Nullable InetAddress address;
    private final Consumer<Throwable> onOver;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile @Nullable SSLEngine tls;

    /**
     * Marks a request.
     *
     * @param address where TCP is to connect; null if that is to a proxy
     * @param onOver told by Jetty's threads, once or more, that its last TCP connection has ended
     */
    Attempt(ServerAddress server, @Nullable InetAddress address, Consumer<Throwable> onOver) {
        this.server = server;
        this.address = address;
        this.onOver = onOver;
    }

    /** Jetty begins a TCP connection for it; behind a proxy that has several addresses, one after the other. */
    void connecting() {
        connections.incrementAndGet();
    }

    /** The number of its last connection. */
    int connection() {
        return connections.get();
    }

    /** The connection of that number has ended. */
    void over(int connection, Throwable cause) {
        ended.accumulateAndGet(connection, Math::max);
        if (isOver()) {
            onOver.accept(cause);
        }
    }

    /** Whether its last connection has ended, and Jetty has begun no other. */
    boolean isOver() {
        return ended.get() == connections.get();
    }

    /** What SNI says, and what the certificate must be for. */
    String tlsName() {
        String host = server.host();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Its connection is there, and TLS is about to begin. */
    void securedBy(SSLEngine engine) {
        tls = engine;
    }

    /** Whether TLS has begun, and has not come about. */
    boolean isDuringTls() {
        SSLEngine engine = tls;
        return engine != null && engine.getSession().getCipherSuite().equals(NO_CIPHER);
    }

    @Nullable
    InetAddress address() {
        return address;
    }

    /** The one for which Jetty makes a connection, by what it has put together for that; null if there is none. */
    static @Nullable Attempt in(Map<String, Object> context) {
        return context.get(Destination.CONTEXT_KEY) instanceof Destination destination
                        && destination.getOrigin().getTag() instanceof Attempt attempt
                ? attempt
                : null;
    }
}
