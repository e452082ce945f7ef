package io.websip.transport.fake;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Scopes;
import io.websip.UserAgent;
import io.websip.config.UserAgentConfig;
import io.websip.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Binds, each once in an injector, {@link UserAgent} and its {@link Transport} to a {@link FakeTransport}, and for the
 * test the {@link FakeNetwork} and the {@link VirtualEventLoop} behind it. The program binds {@link UserAgentConfig}. To
 * create the injector connects nothing and schedules nothing, in any stage.
 *
 * <p>Two accounts live in one injector as private modules that share a transport:
 *
 * <pre>{@code
 * class Account extends PrivateModule {
 *     protected void configure() {
 *         install(new FakeTransportModule(transport));
 *         bind(UserAgentConfig.class).toInstance(config);
 *         bind(UserAgent.class).annotatedWith(Names.named(user)).to(UserAgent.class);
 *         expose(UserAgent.class).annotatedWith(Names.named(user));
 *     }
 * }
 * }</pre>
 *
 * <p>An injector is never closed, so the test closes the agents.
 */
public final class FakeTransportModule extends AbstractModule {
    private final @Nullable FakeTransport transport;

    /** For a network and a loop of the injector's own. */
    public FakeTransportModule() {
        this.transport = null;
    }

    /** For a transport that exists already, and its network and loop. */
    public FakeTransportModule(FakeTransport transport) {
        this.transport = transport;
    }

    @Override
    protected void configure() {
        // Providers as lambdas, because Guice could not reflect on methods of a package that is not open to it.
        Provider<FakeTransport> lazyTransport = getProvider(FakeTransport.class);
        if (transport != null) {
            bind(FakeTransport.class).toInstance(transport);
            bind(FakeNetwork.class).toInstance(transport.network());
            bind(VirtualEventLoop.class).toInstance(transport.network().loop());
        } else {
            bind(FakeTransport.class)
                    .toProvider(() -> new FakeTransport(new FakeNetwork(new VirtualEventLoop())))
                    .in(Scopes.SINGLETON);
            bind(FakeNetwork.class).toProvider(() -> lazyTransport.get().network());
            bind(VirtualEventLoop.class)
                    .toProvider(() -> lazyTransport.get().network().loop());
        }
        bind(Transport.class).to(FakeTransport.class);
        Provider<UserAgentConfig> config = getProvider(UserAgentConfig.class);
        Provider<Transport> port = getProvider(Transport.class);
        bind(UserAgent.class)
                .toProvider(() -> UserAgent.create(config.get(), port.get()))
                .in(Scopes.SINGLETON);
    }
}
