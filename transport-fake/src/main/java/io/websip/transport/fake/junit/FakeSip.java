package io.websip.transport.fake.junit;

import io.websip.IncomingMessage;
import io.websip.UserAgent;
import io.websip.config.UserAgentConfig;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.transport.fake.FakeNetwork;
import io.websip.transport.fake.FakeTransport;
import io.websip.transport.fake.VirtualEventLoop;
import io.websip.transport.fake.sip.FakeSipServer;
import io.websip.transport.fake.sip.FakeSipServerBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a network of its own with one SIP server, and agents that are started and registered when they are first
 * asked for.
 *
 * <pre>{@code
 * @RegisterExtension
 * final FakeSip sip = FakeSip.server("ws://sip.example.com").user("alice", "secret").user("bob", "secret");
 *
 * @Test
 * void busy() {
 *     sip.server().enqueue(SipMethod.MESSAGE, Answer.status(486));
 *     assertThatThrownBy(() -> sip.agent("alice").sendMessage("bob", "Hello?").join()).hasMessageContaining("Busy");
 * }
 * }</pre>
 *
 * <p>After the test it closes the agents, and all else that {@link #closeAfterTest} was told, last first. Then it fails
 * the test if a connection is left behind, or a task or timer on the loop; {@link #allowConnections} and
 * {@link #allowPendingTasks} turn these checks off. Agents that the test has made by other means it closes itself, at the
 * latest in an {@code @AfterEach} method.
 *
 * <p>Test methods, and their {@code @BeforeEach} and {@code @AfterEach} methods, may have parameters of the types
 * {@link FakeSipServer}, {@link FakeNetwork}, {@link FakeTransport} and {@link VirtualEventLoop}.
 *
 * <p>Tags, branches and Call-IDs are the same in each run, so that a test which fails fails again.
 *
 * <p>In a field that is not static it serves tests that run in parallel, in a static one it does not. Not thread-safe.
 */
public final class FakeSip implements AfterEachCallback, ParameterResolver {
    private final String url;
    private final Map<String, String> passwords = new LinkedHashMap<>();
    private final List<Consumer<FakeSipServerBuilder>> serverOptions = new ArrayList<>();
    private final List<Consumer<UserAgentConfigBuilder>> agentOptions = new ArrayList<>();
    private String domain = "example.com";
    private boolean connectionsAllowed;
    private boolean pendingTasksAllowed;
    private @Nullable FakeSipSession session; // of the test that runs

    private FakeSip(String url) {
        this.url = url;
    }

    /**
     * An extension whose server listens on this ws or wss URL.
     *
     * @throws IllegalArgumentException at the first use in a test, if it is none
     */
    public static FakeSip server(String url) {
        return new FakeSip(Objects.requireNonNull(url, "url"));
    }

    /** A user of the server; {@link #agent} and {@link #config} know the password. */
    public FakeSip user(String name, String password) {
        beforeUse();
        passwords.put(name, Objects.requireNonNull(password, "password"));
        return this;
    }

    /** The domain of the users' addresses, example.com by default. */
    public FakeSip domain(String name) {
        beforeUse();
        domain = Objects.requireNonNull(name, "name");
        return this;
    }

    /** Further options of the server, as in {@code .server(options -> options.nonceLife(Duration.ofSeconds(10)))}. */
    public FakeSip server(Consumer<FakeSipServerBuilder> options) {
        beforeUse();
        serverOptions.add(options);
        return this;
    }

    /** Further options of every agent, as in {@code .agents(options -> options.register(false))}. */
    public FakeSip agents(Consumer<UserAgentConfigBuilder> options) {
        beforeUse();
        agentOptions.add(options);
        return this;
    }

    /** A test may leave connections behind. */
    public FakeSip allowConnections() {
        beforeUse();
        connectionsAllowed = true;
        return this;
    }

    /** A test may leave tasks and timers on the loop. What a task has thrown fails it all the same. */
    public FakeSip allowPendingTasks() {
        beforeUse();
        pendingTasksAllowed = true;
        return this;
    }

    private void beforeUse() {
        if (session != null) {
            throw new IllegalStateException("the options are set before the first use in a test");
        }
    }

    private FakeSipSession session() {
        FakeSipSession current = session;
        if (current == null) {
            current = new FakeSipSession(url, builder -> {
                builder.domain(domain);
                passwords.forEach(builder::user);
                serverOptions.forEach(options -> options.accept(builder));
            });
            session = current;
        }
        return current;
    }

    /** The loop that moves all of this test. */
    public VirtualEventLoop loop() {
        return network().loop();
    }

    /** The network of this test. */
    public FakeNetwork network() {
        return transport().network();
    }

    /** The transport of this test's agents, as for {@code UserAgent.create} or {@code FakeTransportModule}. */
    public FakeTransport transport() {
        return session().transport();
    }

    /** The server of this test, listening. */
    public FakeSipServer server() {
        return session().server();
    }

    /**
     * A configuration of this user, for agents that the test makes itself.
     *
     * @throws IllegalArgumentException if there is no such user
     */
    public UserAgentConfig config(String user) {
        return configBuilder(user).build();
    }

    /**
     * As {@link #config}, to be changed first.
     *
     * @throws IllegalArgumentException if there is no such user
     */
    public UserAgentConfigBuilder configBuilder(String user) {
        String password = passwords.get(user);
        if (password == null) {
            throw new IllegalArgumentException("there is no user '" + user + "', only " + passwords.keySet());
        }
        UserAgentConfigBuilder builder = UserAgentConfig.builder()
                .uri("sip:" + user + "@" + domain)
                .password(password)
                .server(url)
                .random(session().newRandom());
        agentOptions.forEach(options -> options.accept(builder));
        return builder;
    }

    /**
     * The agent of this user, which is started and registered at the first call of a test.
     *
     * @throws IllegalArgumentException if there is no such user
     * @throws java.util.concurrent.CompletionException with the reason if it does not connect or register
     */
    public UserAgent agent(String user) {
        UserAgent known = session().agents().get(user);
        if (known == null) {
            known = newAgent(user);
            session().agents().put(user, known);
        }
        return known;
    }

    /**
     * One more agent of this user, as on a second device, started and registered.
     *
     * @throws IllegalArgumentException if there is no such user
     * @throws java.util.concurrent.CompletionException with the reason if it does not connect or register
     */
    public UserAgent newAgent(String user) {
        UserAgent agent = closeAfterTest(UserAgent.create(config(user), transport()));
        agent.start().join();
        return agent;
    }

    /**
     * What {@link #agent agent(user)} receives from now on, oldest first: a view that grows as the loop runs. Each message
     * is answered 200, unless a listener of the test does otherwise.
     *
     * @throws IllegalArgumentException if there is no such user
     */
    public List<IncomingMessage> inbox(String user) {
        return session().inbox(user, agent(user));
    }

    /** Closes this, such as an agent that the test has made, after the test and before the checks. */
    public <C extends AutoCloseable> C closeAfterTest(C closeable) {
        session().closeAfterTest(closeable);
        return closeable;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        FakeSipSession ended = session;
        session = null;
        if (ended != null) {
            ended.end(connectionsAllowed, pendingTasksAllowed);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        // Whoever gets one outside a test would keep that of the first test for all.
        return context.getTestMethod().isPresent() && parameter(parameter) != null;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Objects.requireNonNull(parameter(parameter), "not called for other types");
    }

    private @Nullable Object parameter(ParameterContext parameter) {
        Class<?> type = parameter.getParameter().getType();
        if (type == FakeSipServer.class) {
            return server();
        }
        if (type == FakeNetwork.class) {
            return network();
        }
        if (type == FakeTransport.class) {
            return transport();
        }
        return type == VirtualEventLoop.class ? loop() : null;
    }
}
