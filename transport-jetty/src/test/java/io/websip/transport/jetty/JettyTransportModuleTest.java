package io.websip.transport.jetty;

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

class JettyTransportModuleTest {
    private static final Module CONFIG = binder -> binder.bind(UserAgentConfig.class)
            .toInstance(UserAgentConfig.builder()
                    .uri("sip:alice@example.com")
                    .server("ws://localhost")
                    .build());

    @Test
    void aForgottenConfigurationFailsTheInjectorAtItsCreation() {
        assertThatExceptionOfType(CreationException.class)
                .isThrownBy(() -> Guice.createInjector(new JettyTransportModule()))
                .withMessageContaining("UserAgentConfig");
    }

    @Test
    void anInjectorHasOneAgentOnItsTransport() {
        Injector injector = Guice.createInjector(Stage.PRODUCTION, new JettyTransportModule(), CONFIG);
        try (Transport transport = injector.getInstance(Transport.class)) {
            assertThat(injector.getInstance(UserAgent.class)).isSameAs(injector.getInstance(UserAgent.class));
        }
    }

    @Test
    void anInjectorHasOneTransportAndStartsNoThreadForIt() {
        for (Stage stage : new Stage[] {Stage.DEVELOPMENT, Stage.PRODUCTION}) {
            Set<Thread> before = JettyTransportTest.websipThreads();
            Injector injector = Guice.createInjector(stage, new JettyTransportModule(), CONFIG);
            assertThat(JettyTransportTest.startedSince(before)).isEmpty();
            try (Transport transport = injector.getInstance(Transport.class)) {
                assertThat(transport).isInstanceOf(JettyTransport.class);
                assertThat(injector.getInstance(Transport.class)).isSameAs(transport);
            }
        }
    }

    @Test
    void eachInjectorHasATransportOfItsOwn() {
        JettyTransportModule module = new JettyTransportModule();
        Transport one = Guice.createInjector(module, CONFIG).getInstance(Transport.class);
        Transport two = Guice.createInjector(module, CONFIG).getInstance(Transport.class);
        assertThat(one).isNotSameAs(two);
        one.close();
        two.close();
    }

    @Test
    void aConfiguredTransportIsTheOneThatIsBound() {
        try (JettyTransport transport = JettyTransport.builder().threads(1).build()) {
            Injector injector = Guice.createInjector(Stage.PRODUCTION, new JettyTransportModule(transport), CONFIG);
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
