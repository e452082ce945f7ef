package io.websip.transport.jetty;

import io.websip.kit.KitCertificates;
import io.websip.kit.KitOptions;
import io.websip.loop.EventLoop;
import io.websip.transport.Connection;
import io.websip.transport.ConnectionListener;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** A {@link JettyTransport} on a client that an application lends it; at the end it is stopped too. */
final class OnLentClient implements Transport {
    private final HttpClient lent = new HttpClient();
    private final Transport transport;

    OnLentClient(KitOptions options) {
        SslContextFactory.Client tls = new SslContextFactory.Client();
        if (options.trustKitCa()) {
            tls.setSslContext(KitCertificates.trusting());
        }
        lent.setSslContextFactory(tls);
        try {
            lent.start();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        transport = options.trustingItsOwn()
                .applyTo(JettyTransport.builder().threads(2).httpClient(lent))
                .build();
    }

    @Override
    public EventLoop newEventLoop() {
        return transport.newEventLoop();
    }

    @Override
    public Connection connect(ServerAddress server, EventLoop loop, ConnectionListener listener) {
        return transport.connect(server, loop, listener);
    }

    @Override
    public boolean hasUpgradeSecrets() {
        return transport.hasUpgradeSecrets();
    }

    @Override
    public void close() {
        transport.close();
        LifeCycle.stop(lent);
    }
}
