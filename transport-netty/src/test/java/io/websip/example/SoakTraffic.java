package io.websip.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.IncomingMessage;
import io.websip.MessageFailedException;
import io.websip.NotReadyException;
import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.MessageOptions;
import io.websip.config.ReconnectPolicy;
import io.websip.config.RetryOn;
import io.websip.config.UserAgentConfig;
import io.websip.kit.Await;
import io.websip.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A few agents that send each other messages of many kinds, answer them in many ways, ask their registrar things, and are cut off
 * and started anew all the time.
 */
final class SoakTraffic {
    private static final List<String> USERS = List.of("alice", "bob", "carol", "dave");
    private static final long STEP_NANOS = 2_000_000;
    private static final int MOST_PENDING = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EmbeddedServer server;
    private final List<UserAgent> agents = new ArrayList<>();
    private final Random random = new Random(7);
    private final Queue<IncomingMessage> deferred = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final Map<String, Integer> outcomes = new ConcurrentHashMap<>();

    SoakTraffic(EmbeddedServer server, Transport transport) {
        this.server = server;
        for (String user : USERS) {
            UserAgent agent = UserAgent.create(
                    UserAgentConfig.builder()
                            .uri("sip:" + user + "@example.com")
                            .password(user + "-password")
                            .server(server.url())
                            .reconnect(ReconnectPolicy.between(Duration.ofMillis(20), Duration.ofMillis(200)))
                            .transactionTimeout(Duration.ofSeconds(5))
                            .build(),
                    transport);
            agent.addListener(UserAgentListener.incoming(this::answer));
            agents.add(agent);
        }
    }

    /** The server's options with a password for each of the users. */
    static EmbeddedServer.Options options() {
        EmbeddedServer.Options options = new EmbeddedServer.Options(0, "example.com", false);
        USERS.forEach(user -> options.users().put(user, user + "-password"));
        return options;
    }

    /** How many messages ended in each way. */
    Map<String, Integer> outcomes() {
        return new TreeMap<>(outcomes);
    }

    void start() {
        agents.forEach(agent -> agent.start().join());
    }

    void run(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (int step = 1; System.nanoTime() < end; step++) {
            UserAgent one = agents.get(random.nextInt(agents.size()));
            if (pending.get() < MOST_PENDING) {
                send(one);
            }
            if (step % 50 == 0) {
                answerDeferred();
                one.fetchBindings().exceptionally(failure -> List.of());
            }
            if (step % 300 == 0) {
                server.cut();
            }
            if (step % 500 == 0) {
                one.register().handle((response, failure) -> null);
            }
            if (step % 1_000 == 0) {
                one.stop().join();
                one.start();
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    /** Until nothing is under way any more, and all agents are registered. */
    void settle() {
        answerDeferred();
        Await.until("the end of all messages", PATIENCE, () -> {
            answerDeferred();
            return pending.get() == 0;
        });
        Await.until(
                "all agents to be registered",
                PATIENCE,
                () -> agents.stream()
                        .allMatch(
                                agent -> agent.isRegistered() && agent.metrics().transactions() == 0));
        for (UserAgent agent : agents) {
            assertThat(agent.metrics().pending()).isZero();
            assertThat(agent.metrics().held()).isZero();
        }
    }

    /** Each agent begins anew, and knows of no request any more. */
    void restart() {
        agents.forEach(agent -> agent.stop().join());
        agents.forEach(agent -> agent.start().join());
    }

    void stop() {
        agents.forEach(agent -> agent.stop().join());
    }

    private void send(UserAgent from) {
        String to = random.nextInt(20) == 0 ? "nobody" : USERS.get(random.nextInt(USERS.size()));
        String body = "x".repeat(1 + random.nextInt(random.nextInt(50) == 0 ? 20_000 : 200));
        MessageOptions options = switch (random.nextInt(4)) {
            case 0 -> MessageOptions.builder().holdFor(Duration.ofSeconds(5)).build();
            case 1 -> MessageOptions.builder().retry(2, RetryOn.values()).build();
            case 2 -> MessageOptions.builder().timeout(Duration.ofMillis(200)).build();
            default -> MessageOptions.NONE;
        };
        pending.incrementAndGet();
        try {
            from.sendMessage(to, body, "text/plain", options).whenComplete((response, failure) -> {
                pending.decrementAndGet();
                outcomes.merge(outcome(failure), 1, Integer::sum);
            });
        } catch (NotReadyException e) {
            pending.decrementAndGet();
            outcomes.merge("not ready", 1, Integer::sum);
        }
    }

    private static String outcome(@Nullable Throwable failure) {
        if (failure == null) {
            return "succeeded";
        }
        return failure instanceof MessageFailedException failed ? failed.cause().text() : failure.toString();
    }

    private void answer(IncomingMessage message) {
        switch (message.body().length % 8) {
            case 0 -> message.reject(486);
            case 1 -> {
                message.defer();
                deferred.add(message);
            }
            case 2 -> throw new IllegalStateException("a careless program");
            default -> {} // 200
        }
    }

    private void answerDeferred() {
        for (IncomingMessage message = deferred.poll(); message != null; message = deferred.poll()) {
            if (message.body().length % 3 != 0) {
                message.accept();
            } // else nobody ever answers it
        }
    }
}
