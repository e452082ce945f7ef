package io.websip.transport.jetty;

import io.websip.transport.ServerAddress;
import io.websip.transport.client.ProxyServer;
import io.websip.transport.client.TransportSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's WebSocket client on an {@link HttpClient} of its own or a lent one; it starts with the first connection.
 * Thread-safe.
 */
final class JettyClient {
    /** One waits on sockets; the others run what comes from them, and fall idle again. */
    private static final int MAX_THREADS = 8;

    private static final int IDLE_MILLIS = 10_000;
    private static final int READ_BUFFER_BYTES = 16 * 1024;

    /** Each request has a destination, which is of no use once that is over; Jetty looks for such once a second. */
    private static final int DESTINATION_IDLE_MILLIS = 1_000;

    private final TransportSettings settings;
    private final @Nullable HttpClient lent;
    private @Nullable WebSocketCoreClient core;
    private volatile boolean started;
    private boolean stopped;

    JettyClient(TransportSettings settings, @Nullable HttpClient lent) {
        this.settings = settings;
        this.lent = lent;
    }

    /** Whether host names are looked up by Jetty (a lent client's resolver) or by a proxy, and not by us. */
    boolean looksUp() {
        return lent != null || settings.proxy() != null;
    }

    /**
     * What sets one request apart from all others; null for a lent client, which shares its connections as it likes.
     *
     * @param address where TCP is to connect; null if the client looks that up
     * @param onOver as {@link Attempt} has it
     */
    @Nullable
    Attempt tag(ServerAddress server, @Nullable InetAddress address, Consumer<Throwable> onOver) {
        return lent == null ? new Attempt(server, address, onOver) : null;
    }

    /** Whether {@link #start} has nothing to do any more, and so does not block. */
    boolean isStarted() {
        return started;
    }

    /** The client, once it is started. */
    WebSocketCoreClient core() {
        WebSocketCoreClient made = core;
        if (made == null) {
            throw new IllegalStateException("Jetty's client is not started");
        }
        return made;
    }

    /**
     * Starts it unless that was done before; may block.
     *
     * @throws IllegalStateException if it is stopped: an attempt that was on its way here while the transport was closed
     * @throws Exception if a trust store cannot be read, or what else Jetty may say
     */
    synchronized void start() throws Exception {
        if (stopped) {
            throw new IllegalStateException("this transport is closed");
        }
        if (started) {
            return;
        }
        WebSocketCoreClient fresh = new WebSocketCoreClient(lent == null ? newHttpClient() : lent, null);
        fresh.start();
        if (lent == null) {
            // Redirects and challenges are told to the user, as they are.
            fresh.getHttpClient().getProtocolHandlers().remove("redirect");
            fresh.getHttpClient().getProtocolHandlers().remove("www-authenticate");
        }
        core = fresh;
        started = true;
    }

    /** Stops what this has started, and starts no more; may block. */
    synchronized void stop() {
        stopped = true;
        if (core != null) {
            LifeCycle.stop(core);
        }
    }

    CompletableFuture<CoreSession> send(UpgradeRequest request) {
        try {
            return core().connect(request);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private HttpClient newHttpClient() throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 1, IDLE_MILLIS);
        threads.setName("websip-jetty-io");
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        ClientConnector connector = new WatchfulConnector();
        connector.setExecutor(threads);
        connector.setScheduler(new ScheduledExecutorScheduler("websip-jetty-timer", true));
        connector.setSelectors(1);
        connector.setSslContextFactory(tls());
        connector.setConnectTimeout(settings.connectTimeout().plusSeconds(1)); // ours comes first, and covers more
        connector.setIdleTimeout(Duration.ZERO);
        HttpClientTransport transport = new HttpClientTransportOverHTTP(connector);
        transport.setConnectionPoolFactory(UpgradePool::new);
        HttpClient client = new HttpClient(transport);
        client.setSocketAddressResolver(new PinnedResolver(settings.lookup()));
        client.setFollowRedirects(false);
        client.setUserAgentField(null);
        client.setIdleTimeout(0);
        client.setDestinationIdleTimeout(DESTINATION_IDLE_MILLIS);
        client.setResponseBufferSize(READ_BUFFER_BYTES);
        ProxyServer proxy = settings.proxy();
        if (proxy != null) {
            Proxies.configure(client, proxy);
        }
        return client;
    }

    private SslContextFactory.Client tls() throws Exception {
        SslContextFactory.Client factory = new AttemptTls();
        factory.setSslContext(settings.tls().newContext());
        if (!settings.tls().checksHostName()) {
            factory.setEndpointIdentificationAlgorithm(null);
        }
        if (!settings.tls().protocols().isEmpty()) {
            factory.setIncludeProtocols(settings.tls().protocols().toArray(String[]::new));
        }
        return factory;
    }
}
