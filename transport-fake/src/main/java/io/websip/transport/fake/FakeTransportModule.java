package io.websip.transport.fake;

import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.Provider;
import com.google.inject.Scopes;
import io.websip.UserAgent;
import io.websip.UserAgentConfig;
import io.websip.transport.Transport;

/**
 * Binds, each once in an injector, the {@link Transport} of a program to a {@link FakeTransport}, and for its test the
 * {@link FakeNetwork} and the {@link VirtualEventLoop} behind it.
 */
public final class FakeTransportModule extends AbstractModule {
    /** For {@code Guice.createInjector}. */
    public FakeTransportModule() {}

    @Override
    protected void configure() {
        // Providers as lambdas, because Guice could not reflect on methods of a package that is not open to it.
        Provider<VirtualEventLoop> loop = getProvider(VirtualEventLoop.class);
        Provider<FakeNetwork> network = getProvider(FakeNetwork.class);
        bind(VirtualEventLoop.class).toProvider(VirtualEventLoop::new).in(Scopes.SINGLETON);
        bind(FakeNetwork.class).toProvider(() -> new FakeNetwork(loop.get())).in(Scopes.SINGLETON);
        bind(FakeTransport.class)
                .toProvider(() -> new FakeTransport(network.get()))
                .in(Scopes.SINGLETON);
        bind(Transport.class).to(FakeTransport.class);
        // The configuration is looked up when an agent is asked for: who wants the transport alone needs none.
        Provider<Injector> injector = getProvider(Injector.class);
        bind(UserAgent.class)
                .toProvider(() -> UserAgent.create(
                        injector.get().getInstance(UserAgentConfig.class),
                        injector.get().getInstance(Transport.class)))
                .in(Scopes.SINGLETON);
    }
}
