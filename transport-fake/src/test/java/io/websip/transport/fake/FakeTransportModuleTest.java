package io.websip.transport.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.websip.transport.Transport;
import org.junit.jupiter.api.Test;

class FakeTransportModuleTest {
    @Test
    void programAndTestShareOneNetworkAndOneLoop() {
        Injector injector = Guice.createInjector(new FakeTransportModule());

        Transport transport = injector.getInstance(Transport.class);
        FakeNetwork network = injector.getInstance(FakeNetwork.class);

        assertThat(transport).isSameAs(injector.getInstance(FakeTransport.class));
        assertThat(injector.getInstance(FakeTransport.class).network()).isSameAs(network);
        assertThat(network.loop()).isSameAs(injector.getInstance(VirtualEventLoop.class));
    }

    @Test
    void injectorsAreApart() {
        VirtualEventLoop one = Guice.createInjector(new FakeTransportModule()).getInstance(VirtualEventLoop.class);
        VirtualEventLoop other = Guice.createInjector(new FakeTransportModule()).getInstance(VirtualEventLoop.class);

        assertThat(one).isNotSameAs(other);
    }
}
