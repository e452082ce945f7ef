package io.websip.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Stage;
import io.websip.UserAgent;
import io.websip.config.UserAgentConfig;
import io.websip.transport.Transport;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NettyTransportModuleTest {
    private static final Module CONFIG = binder -> binder.bind(UserAgentConfig.class)
            .toInstance(UserAgentConfig.builder()
                    .uri("sip:alice@example.com")
                    .server("ws://localhost")
                    .build());

    @Test
    void aForgottenConfigurationFailsTheInjectorAtItsCreation() {
        assertThatExceptionOfType(CreationException.class)
                .isThrownBy(() -> Guice.createInjector(new NettyTransportModule()))
                .withMessageContaining("UserAgentConfig");
    }

    @Test
    void anInjectorHasOneAgentOnItsTransport() {
        Injector injector = Guice.createInjector(Stage.PRODUCTION, new NettyTransportModule(), CONFIG);
        try (Transport transport = injector.getInstance(Transport.class)) {
            assertThat(injector.getInstance(UserAgent.class)).isSameAs(injector.getInstance(UserAgent.class));
        }
    }

    @Test
    void anInjectorHasOneTransportAndStartsNoThreadForIt() {
        for (Stage stage : new Stage[] {Stage.DEVELOPMENT, Stage.PRODUCTION}) {
            Set<Thread> before = NettyTransportTest.websipThreads();
            Injector injector = Guice.createInjector(stage, new NettyTransportModule(), CONFIG);
            assertThat(NettyTransportTest.startedSince(before)).isEmpty();
            try (Transport transport = injector.getInstance(Transport.class)) {
                assertThat(transport).isInstanceOf(NettyTransport.class);
                assertThat(injector.getInstance(Transport.class)).isSameAs(transport);
            }
        }
    }

    @Test
    void eachInjectorHasATransportOfItsOwn() {
        NettyTransportModule module = new NettyTransportModule();
        Transport one = Guice.createInjector(module, CONFIG).getInstance(Transport.class);
        Transport two = Guice.createInjector(module, CONFIG).getInstance(Transport.class);
        assertThat(one).isNotSameAs(two);
        one.close();
        two.close();
    }

    @Test
    void aConfiguredTransportIsTheOneThatIsBound() {
        try (NettyTransport transport = NettyTransport.builder().threads(1).build()) {
            Injector injector = Guice.createInjector(Stage.PRODUCTION, new NettyTransportModule(transport), CONFIG);
            assertThat(injector.getInstance(Transport.class)).isSameAs(transport);
        }
    }

    @Test
    void withoutTheModuleGuiceNamesWhatIsMissing() {
        Injector injector = Guice.createInjector();
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> injector.getInstance(Transport.class))
                .withMessageContaining("Transport");
    }
}
