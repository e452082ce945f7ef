package io.websip.transport.netty;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import io.websip.UserAgent;
import io.websip.config.UserAgentConfig;
import io.websip.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Binds {@link Transport} to one {@link NettyTransport} for the injector, and {@link UserAgent} to one agent on it with the
 * {@link UserAgentConfig} that the application binds. Two accounts live in one injector where each has a private module
 * that installs this one, binds its configuration and exposes its agent under an annotation. To create the injector opens no socket and
 * starts no thread, in any stage.
 *
 * <p>An injector is never closed, so the application closes the transport:
 * {@code injector.getInstance(Transport.class).close()}.
 */
public final class NettyTransportModule extends AbstractModule {
    private final @Nullable NettyTransport transport;

    /** With the defaults of {@link NettyTransport.Builder}; each injector gets a transport of its own. */
    public NettyTransportModule() {
        this.transport = null;
    }

    /** With a transport that was built beforehand. */
    public NettyTransportModule(NettyTransport transport) {
        this.transport = transport;
    }

    @Override
    protected void configure() {
        if (transport == null) {
            bind(Transport.class).toProvider(NettyTransport::new).in(Singleton.class);
        } else {
            bind(Transport.class).toInstance(transport);
        }
        Provider<UserAgentConfig> config = getProvider(UserAgentConfig.class);
        Provider<Transport> port = getProvider(Transport.class);
        bind(UserAgent.class)
                .toProvider(() -> UserAgent.create(config.get(), port.get()))
                .in(Singleton.class);
    }
}
