package io.websip.bench.runner;

import io.websip.UserAgent;
import io.websip.UserAgentListener;
import io.websip.config.UserAgentConfig;
import io.websip.sip.SipResponse;
import io.websip.transport.fake.FakeNetwork;
import io.websip.transport.fake.FakeTransport;
import io.websip.transport.fake.VirtualEventLoop;
import io.websip.transport.fake.sip.FakeSipServer;
import io.websip.transport.fake.sip.FakeSipServerBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * So many agents in one JVM over the fake, with its server: {@code COUNT SECONDS}. They register with digest, refresh, and each sends
 * a message a second to its neighbour. Prints microseconds for each registration, bytes of heap in all once they are
 * registered, and microseconds for each message.
 */
public final class FakeScaleMain {
    private static final String DOMAIN = "example.com";
    private static final String URL = "ws://" + DOMAIN;

    private final VirtualEventLoop loop = new VirtualEventLoop();
    private final List<UserAgent> agents;
    private final FakeTransport transport;

    private FakeScaleMain(int count) {
        FakeNetwork network = new FakeNetwork(loop);
        FakeSipServerBuilder server = FakeSipServer.on(network, URL).domain(DOMAIN);
        IntStream.range(0, count).forEach(number -> server.user(user(number), "secret"));
        server.start();
        transport = new FakeTransport(network);
        agents = IntStream.range(0, count).mapToObj(this::agent).toList();
    }

    /** Measures. */
    public static void main(String[] args) {
        int count = Integer.parseInt(args[0]);
        int seconds = Integer.parseInt(args[1]);
        FakeScaleMain warmUp = new FakeScaleMain(300);
        warmUp.register();
        warmUp.send(seconds);
        FakeScaleMain all = new FakeScaleMain(count);
        long registration = all.register() / count / 1_000;
        long heap = Heap.used();
        all.loop.advanceBy(Duration.ofMinutes(10)); // all refresh, and none goes
        long message = all.send(seconds) / count / seconds / 1_000;
        all.assertRegistered();
        System.out.println(registration + " " + heap + " " + message);
    }

    private static String user(int number) {
        return "user" + number;
    }

    private UserAgent agent(int number) {
        UserAgentConfig config = UserAgentConfig.builder()
                .uri("sip:" + user(number) + "@" + DOMAIN)
                .password("secret")
                .server(URL)
                .build();
        UserAgent agent = UserAgent.create(config, transport);
        agent.addListener(UserAgentListener.incoming(message -> {}));
        return agent;
    }

    private long register() {
        long start = System.nanoTime();
        agents.forEach(UserAgent::start);
        loop.runUntil(() -> agents.get(agents.size() - 1).binding().isPresent());
        loop.runReady();
        long elapsed = System.nanoTime() - start;
        assertRegistered();
        return elapsed;
    }

    private void assertRegistered() {
        if (!agents.stream().allMatch(agent -> agent.binding().isPresent())) {
            throw new IllegalStateException("the benchmark is broken: not all agents are registered");
        }
    }

    private long send(int seconds) {
        List<CompletableFuture<SipResponse>> answers = new ArrayList<>(agents.size());
        long start = System.nanoTime();
        for (int second = 0; second < seconds; second++) {
            for (int number = 0; number < agents.size(); number++) {
                answers.add(agents.get(number).sendMessage(user((number + 1) % agents.size()), "Hello"));
            }
            loop.advanceBy(Duration.ofSeconds(1));
            answers.forEach(CompletableFuture::join); // throws where one has failed
            answers.clear();
        }
        return System.nanoTime() - start;
    }
}
