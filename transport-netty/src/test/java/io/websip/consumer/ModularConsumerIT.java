package io.websip.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.kit.RawSip;
import io.websip.kit.RawWebSocket;
import io.websip.kit.RawWebSocketServer;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs with a module-info, compiled and run with the packaged jars and what their poms declare. */
@Timeout(60)
class ModularConsumerIT {
    private static final String LANGUAGE = """
            package consumer;

            import io.websip.config.UserAgentConfig;
            import io.websip.sip.SipUri;

            public final class Main {
                public static void main(String... arguments) {
                    UserAgentConfig config = UserAgentConfig.builder()
                            .uri("sip:alice@example.com")
                            .server("wss://sip.example.com")
                            .build();
                    System.out.println(config.uri().equals(SipUri.of("sip:alice@example.com")));
                }
            }
            """;

    private static final String FAKE = """
            package consumer;

            import io.websip.UserAgent;
            import io.websip.config.UserAgentConfig;
            import io.websip.transport.fake.FakeNetwork;
            import io.websip.transport.fake.sip.FakeSipServer;
            import io.websip.transport.fake.FakeTransport;
            IMPORTS

            public final class Main {
                public static void main(String... arguments) throws Exception {
                    UserAgentConfig config = UserAgentConfig.builder()
                            .uri("sip:alice@example.com")
                            .password("secret")
                            .server("ws://sip.example.com")
                            .build();
                    PREPARE
                    FakeSipServer server = FakeSipServer.on(network, "ws://sip.example.com").user("alice", "secret").start();
                    try (UserAgent alice = AGENT) {
                        alice.start().join();
                        System.out.println(alice.isRegistered() && server.connections().size() == 1);
                    }
                }
            }
            """;

    private static final String JUNIT = """
            package consumer;

            import static io.websip.transport.fake.assertj.SipAssertions.assertThat;

            import io.websip.sip.SipMethod;
            import io.websip.transport.fake.junit.FakeSip;
            import org.junit.jupiter.api.Test;
            import org.junit.jupiter.api.extension.RegisterExtension;

            public final class Main {
                @RegisterExtension
                public final FakeSip sip = FakeSip.server("ws://sip.example.com").user("door", "secret");

                @Test
                void aMessage() {
                    sip.agent("door").sendMessage("door", "Ding dong").join();
                    assertThat(sip.server().takeRequest(SipMethod.MESSAGE)).hasBody("Ding dong");
                }

                public static void main(String... arguments) {
                    System.out.println(new Main().sip != null);
                }
            }
            """;

    private static final String SOCKET = """
            package consumer;

            import io.websip.UserAgent;
            import io.websip.config.UserAgentConfig;
            import io.websip.UserAgentListener;
            import io.websip.transport.Transport;
            import java.util.concurrent.CompletableFuture;
            IMPORTS

            public final class Main {
                public static void main(String... arguments) throws Exception {
                    UserAgentConfig config = UserAgentConfig.builder()
                            .uri("sip:alice@example.com")
                            .server(arguments[0])
                            .register(false)
                            .build();
                    CompletableFuture<String> heard = new CompletableFuture<>();
                    PREPARE
                    try (Transport used = transport;
                            UserAgent alice = AGENT) {
                        alice.addListener(UserAgentListener.incoming(message -> heard.complete(message.text())));
                        alice.start().join();
                        String text = heard.join();
                        alice.sendMessage("bob", "Hello Bob!").join();
                        System.out.println(text + " by " + used.getClass().getSimpleName());
                    }
                }
            }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void noDescriptorHasAStaticDependencyThatItsReadersWouldNeed(Artifact artifact) {
        ModuleReference module =
                ModuleFinder.of(artifact.jar()).findAll().iterator().next();
        ModuleDescriptor descriptor = module.descriptor();
        assertThat(descriptor.isAutomatic()).isFalse();
        assertThat(descriptor.requires())
                .filteredOn(each -> each.modifiers().containsAll(Set.of(Modifier.STATIC, Modifier.TRANSITIVE)))
                .isEmpty();
    }

    @Test
    void core() throws Exception {
        ModularProgram program = program(Artifact.CORE.withDeclared(), List.of("io.websip"), LANGUAGE);
        assertThat(ModularProgram.output(program.start())).containsPattern("(?m)^true$");
    }

    @Test
    void fake() throws Exception {
        String main = FAKE.replace("IMPORTS", "import io.websip.transport.fake.VirtualEventLoop;")
                .replace("PREPARE", "FakeNetwork network = new FakeNetwork(new VirtualEventLoop());")
                .replace("AGENT", "UserAgent.create(config, new FakeTransport(network))");
        ModularProgram program = program(Artifact.FAKE.withDeclared(), List.of("io.websip.transport.fake"), main);
        assertThat(ModularProgram.output(program.start())).containsPattern("(?m)^true$");
    }

    @Test
    void fakeByGuice() throws Exception {
        String main = FAKE.replace("IMPORTS", """
                import com.google.inject.Guice;
                import com.google.inject.Injector;
                import io.websip.transport.fake.FakeTransportModule;
                """)
                .replace("PREPARE", """
                    Injector injector = Guice.createInjector(
                            new FakeTransportModule(), binder -> binder.bind(UserAgentConfig.class).toInstance(config));
                    FakeNetwork network = injector.getInstance(FakeNetwork.class);
                    """)
                .replace("AGENT", "injector.getInstance(UserAgent.class)");
        ModularProgram program = program(
                Artifact.FAKE.withOptional(),
                List.of("io.websip.transport.fake", "com.google.guice", "jakarta.inject"),
                main);
        assertThat(ModularProgram.output(program.start())).containsPattern("(?m)^true$");
    }

    @Test
    void fakeByJUnitAndAssertJ() throws Exception {
        ModularProgram program = program(
                Artifact.FAKE.withOptional(),
                List.of("io.websip.transport.fake", "org.assertj.core", "org.junit.jupiter.api"),
                JUNIT);
        assertThat(ModularProgram.output(program.start())).containsPattern("(?m)^true$");
    }

    @ParameterizedTest
    @CsvSource({"NETTY, netty, NettyTransport", "JETTY, jetty, JettyTransport"})
    void transport(Artifact artifact, String name, String type) throws Exception {
        String main = SOCKET.replace("IMPORTS", "import io.websip.transport." + name + "." + type + ";")
                .replace("PREPARE", "Transport transport = new " + type + "();")
                .replace("AGENT", "UserAgent.create(config, transport)");
        exchange(program(artifact.withDeclared(), List.of("io.websip.transport." + name), main), type);
    }

    /** Guice is an automatic module, which can name no other: that of its annotations is the program's to require. */
    @ParameterizedTest
    @CsvSource({"NETTY, netty, NettyTransport", "JETTY, jetty, JettyTransport"})
    void transportByGuice(Artifact artifact, String name, String type) throws Exception {
        String main = SOCKET.replace("IMPORTS", """
                import com.google.inject.Guice;
                import com.google.inject.Injector;
                import io.websip.transport.%s.%sModule;
                """.formatted(name, type))
                .replace("PREPARE", """
                    Injector injector = Guice.createInjector(
                            new %sModule(), binder -> binder.bind(UserAgentConfig.class).toInstance(config));
                    Transport transport = injector.getInstance(Transport.class);
                    """.formatted(type))
                .replace("AGENT", "injector.getInstance(UserAgent.class)");
        List<String> requires = List.of("io.websip.transport." + name, "com.google.guice", "jakarta.inject");
        exchange(program(artifact.withOptional(), requires, main), type);
    }

    private ModularProgram program(List<Path> modules, List<String> requires, String main) throws Exception {
        return ModularProgram.compile(folder, modules, requires, main);
    }

    private static void exchange(ModularProgram program, String transport) throws Exception {
        try (RawWebSocketServer server = RawWebSocketServer.plain()) {
            Process process = program.start(server.address().toString());
            try {
                RawWebSocket peer = server.accept();
                peer.open();
                assertThat(RawSip.exchange(peer, "alice")).isEqualTo("Hello Bob!");
                peer.readClose();
                peer.close();
                assertThat(ModularProgram.output(process)).contains("Hello alice by " + transport);
            } catch (AssertionError | UncheckedIOException e) {
                server.close();
                throw new AssertionError("the program has printed: " + ModularProgram.said(process), e);
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
