package io.websip.transport.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.PrivateModule;
import com.google.inject.Stage;
import com.google.inject.name.Names;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.UserAgentConfig;
import io.websip.transport.Transport;
import io.websip.transport.fake.sip.FakeSipServer;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FakeTransportModuleTest {
    private static final String URL = "ws://sip.example.com";

    @Test
    void programAndTestShareOneNetworkAndOneLoop() {
        Injector injector = Guice.createInjector(new FakeTransportModule(), configOf("alice"));

        Transport transport = injector.getInstance(Transport.class);
        FakeNetwork network = injector.getInstance(FakeNetwork.class);

        assertThat(transport).isSameAs(injector.getInstance(FakeTransport.class));
        assertThat(injector.getInstance(FakeTransport.class).network()).isSameAs(network);
        assertThat(network.loop()).isSameAs(injector.getInstance(VirtualEventLoop.class));
        assertThat(injector.getInstance(UserAgent.class)).isSameAs(injector.getInstance(UserAgent.class));
    }

    @Test
    void injectorsAreApart() {
        VirtualEventLoop one = loopOf(Guice.createInjector(new FakeTransportModule(), configOf("alice")));
        VirtualEventLoop other = loopOf(Guice.createInjector(new FakeTransportModule(), configOf("alice")));

        assertThat(one).isNotSameAs(other);
    }

    private static VirtualEventLoop loopOf(Injector injector) {
        return injector.getInstance(VirtualEventLoop.class);
    }

    @Test
    void bindsWhatExistsAlready() {
        FakeTransport transport = new FakeTransport(new FakeNetwork(new VirtualEventLoop()));

        Injector injector = Guice.createInjector(new FakeTransportModule(transport), configOf("alice"));

        assertThat(injector.getInstance(Transport.class)).isSameAs(transport);
        assertThat(injector.getInstance(FakeNetwork.class)).isSameAs(transport.network());
        assertThat(loopOf(injector)).isSameAs(transport.network().loop());
    }

    @Test
    void nothingIsOpenedAtInjectorCreationInAnyStage() {
        for (Stage stage : List.of(Stage.DEVELOPMENT, Stage.PRODUCTION)) {
            Injector injector = Guice.createInjector(stage, new FakeTransportModule(), configOf("alice"));

            injector.getInstance(FakeNetwork.class).assertNoConnections();
            loopOf(injector).assertQuiet();
            assertThat(injector.getInstance(UserAgent.class).isConnected()).isFalse();
        }
    }

    /** One account of several in an injector: what it binds is its own, but for the agent under its name. */
    private static final class Account extends PrivateModule {
        private final FakeTransport transport;
        private final String user;

        Account(FakeTransport transport, String user) {
            this.transport = transport;
            this.user = user;
        }

        @Override
        protected void configure() {
            install(new FakeTransportModule(transport));
            bind(UserAgentConfig.class).toInstance(config(user));
            bind(UserAgent.class).annotatedWith(Names.named(user)).to(UserAgent.class);
            expose(UserAgent.class).annotatedWith(Names.named(user));
        }
    }

    @Test
    void twoAccountsLiveInOneInjector() {
        FakeNetwork network = new FakeNetwork(new VirtualEventLoop());
        FakeSipServer.on(network, URL)
                .user("alice", "secret")
                .user("bob", "secret")
                .start();
        FakeTransport transport = new FakeTransport(network);
        Injector injector =
                Guice.createInjector(Stage.PRODUCTION, new Account(transport, "alice"), new Account(transport, "bob"));
        List<String> heard = new ArrayList<>();

        try (UserAgent alice = injector.getInstance(Key.get(UserAgent.class, Names.named("alice")));
                UserAgent bob = injector.getInstance(Key.get(UserAgent.class, Names.named("bob")))) {
            bob.addListener(UserAgentListener.incoming(message -> heard.add(message.text())));
            bob.start().join();
            alice.start().join();
            alice.sendMessage("bob", "Hello Bob!").join();
        }

        assertThat(heard).containsExactly("Hello Bob!");
        network.assertNoConnections();
        network.loop().assertQuiet();
    }

    /** A class that makes its agents itself. */
    static final class Switchboard {
        @Inject
        Switchboard(Transport transport) {
            assertThat(transport).isNotNull();
        }
    }

    /** A class that lets its agent be made. */
    static final class Doorbell {
        @Inject
        Doorbell(UserAgent agent) {
            assertThat(agent).isNotNull();
        }
    }

    @Test
    void withoutAModuleOfATransportTheErrorNamesTransport() {
        Injector injector = Guice.createInjector(configOf("alice"));

        assertThatThrownBy(() -> injector.getInstance(Switchboard.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("No implementation for Transport was bound");
    }

    /** UserAgent has no annotation of any framework, so all that Guice can say is that it does not know how to make one. */
    @Test
    void withoutAModuleOfATransportTheErrorForAnAgentNamesTheAgent() {
        Injector injector = Guice.createInjector(configOf("alice"));

        assertThatThrownBy(() -> injector.getInstance(Doorbell.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("No injectable constructor for type UserAgent");
    }

    @Test
    void withoutAConfigurationTheErrorNamesUserAgentConfig() {
        assertThatThrownBy(() -> Guice.createInjector(new FakeTransportModule()))
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("UserAgentConfig");
    }

    private static Module configOf(String user) {
        return new AbstractModule() {
            @Override
            protected void configure() {
                bind(UserAgentConfig.class).toInstance(config(user));
            }
        };
    }

    private static UserAgentConfig config(String user) {
        return UserAgentConfig.builder()
                .uri("sip:" + user + "@example.com")
                .password("secret")
                .server(URL)
                .build();
    }
}
