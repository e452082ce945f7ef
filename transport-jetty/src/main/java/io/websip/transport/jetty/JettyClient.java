package io.websip.transport.jetty;

import io.websip.transport.socket.HostLookup;
import io.websip.transport.socket.ProxyServer;
import io.websip.transport.socket.TransportSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's WebSocket client; it starts with the first connection. Of a lent {@link HttpClient} it takes all that costs something
 * or was set by the application, but not its pools of connections: see {@link UpgradePool}. Thread-safe.
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
    private final LifeCycle.Listener lentStops = new LifeCycle.Listener() {
        @Override
        public void lifeCycleStopping(LifeCycle event) {
            stop(); // or nobody would hear that the sockets are dead
        }
    };

    private @Nullable WebSocketCoreClient core;
    private volatile boolean started;
    private boolean stopped;

    JettyClient(TransportSettings settings, @Nullable HttpClient lent) {
        this.settings = settings;
        this.lent = lent;
    }

    /** Whether host names are looked up by Jetty (a lent client's resolver) or by a proxy, and not by us. */
    boolean looksUp() {
        return lent != null || hasProxy();
    }

    /** Whether there is a proxy, which then has to be told where to connect. */
    boolean hasProxy() {
        return settings.proxy() != null
                || lent != null && !lent.getProxyConfiguration().getProxies().isEmpty();
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
        WebSocketCoreClient fresh = newCoreClient();
        fresh.start();
        // Redirects and challenges are told to the user, as they are.
        fresh.getHttpClient().getProtocolHandlers().remove("redirect");
        fresh.getHttpClient().getProtocolHandlers().remove("www-authenticate");
        core = fresh;
        if (lent != null) {
            lent.addEventListener(lentStops);
        }
        started = true;
    }

    /** Stops what this has started, and starts no more; may block. */
    synchronized void stop() {
        stopped = true;
        if (lent != null) {
            lent.removeEventListener(lentStops);
        }
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

    /** Jetty's own choice of components would bring a further pool of threads, which nothing uses, and of buffers. */
    private WebSocketCoreClient newCoreClient() throws Exception {
        HttpClient http = newHttpClient();
        return new WebSocketCoreClient(
                http, new WebSocketComponents(null, null, http.getByteBufferPool(), null, null, http.getExecutor()));
    }

    private HttpClient newHttpClient() throws Exception {
        ClientConnector connector = new WatchfulConnector();
        connector.setSelectors(1);
        connector.setConnectTimeout(settings.connectTimeout().plusSeconds(1)); // ours comes first, and covers more
        connector.setIdleTimeout(Duration.ZERO);
        HttpClientTransport transport = new HttpClientTransportOverHTTP(connector);
        transport.setConnectionPoolFactory(UpgradePool::new);
        HttpClient client = new UpgradeClient(transport);
        client.setFollowRedirects(false);
        client.setIdleTimeout(0);
        client.setDestinationIdleTimeout(DESTINATION_IDLE_MILLIS);
        client.setResponseBufferSize(READ_BUFFER_BYTES);
        if (lent == null) {
            equip(client, connector);
        } else {
            equip(client, connector, lent);
        }
        return client;
    }

    private void equip(HttpClient client, ClientConnector connector) throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 1, IDLE_MILLIS);
        threads.setName("websip-jetty-io");
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        connector.setExecutor(threads);
        connector.setScheduler(new ScheduledExecutorScheduler("websip-jetty-timer", true));
        connector.setSslContextFactory(tls());
        ProxyServer proxy = settings.proxy();
        HostLookup lookup = proxy == null ? settings.lookup() : Proxies.lookup(settings.lookup(), proxy);
        client.setSocketAddressResolver(new PinnedResolver(PinnedResolver.by(lookup)));
        client.setUserAgentField(null);
        if (proxy != null) {
            Proxies.configure(client, proxy);
        }
    }

    private static void equip(HttpClient client, ClientConnector connector, HttpClient lent) {
        connector.setExecutor(lent.getExecutor());
        connector.setScheduler(lent.getScheduler());
        connector.setByteBufferPool(lent.getByteBufferPool());
        connector.setSslContextFactory(new AttemptTls(lent.getSslContextFactory()));
        connector.setBindAddress(lent.getBindAddress());
        client.setSocketAddressResolver(new PinnedResolver(lent.getSocketAddressResolver()));
        client.setUserAgentField(lent.getUserAgentField());
        client.setHttpCookieStore(lent.getHttpCookieStore());
        client.setAuthenticationStore(lent.getAuthenticationStore());
        lent.getProxyConfiguration().getProxies().forEach(client.getProxyConfiguration()::addProxy);
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
