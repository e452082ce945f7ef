package io.websip.bench.runner;

import io.websip.UserAgent;
import io.websip.config.UserAgentConfig;
import io.websip.transport.netty.NettyTransport;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * So many agents in one JVM over loopback WebSockets: {@code URL COUNT SECONDS}. They register, and each sends a message a second.
 * Prints microseconds for each registration, bytes of heap for each agent with its connection, and how many messages of a
 * thousand were answered within their second.
 */
public final class LiveScaleMain {
    private static final int AT_A_TIME = 500; // fewer than the server's queue has room for

    private LiveScaleMain() {}

    /** Measures. */
    public static void main(String[] args) throws InterruptedException {
        int count = Integer.parseInt(args[1]);
        int seconds = Integer.parseInt(args[2]);
        List<UserAgentConfig> configs = IntStream.range(0, count)
                .mapToObj(number -> config(args[0], number))
                .toList();
        try (NettyTransport transport = new NettyTransport()) {
            register(configs.subList(0, 1), transport).forEach(UserAgent::close); // loads the classes
            long before = Heap.used();
            long start = System.nanoTime();
            List<UserAgent> agents = register(configs, transport);
            long registration = (System.nanoTime() - start) / count / 1_000;
            long heap = (Heap.used() - before) / count;
            int answered = send(agents, seconds);
            System.out.println(registration + " " + heap + " " + answered * 1_000L / count / seconds);
            agents.forEach(UserAgent::close);
        }
    }

    private static UserAgentConfig config(String url, int number) {
        return UserAgentConfig.builder()
                .uri("sip:user" + number + "@example.com")
                .server(url)
                .build();
    }

    private static List<UserAgent> register(List<UserAgentConfig> configs, NettyTransport transport) {
        List<UserAgent> agents = configs.stream()
                .map(config -> UserAgent.create(config, transport))
                .toList();
        for (int from = 0; from < agents.size(); from += AT_A_TIME) {
            List<CompletableFuture<Void>> started =
                    agents.subList(from, Math.min(agents.size(), from + AT_A_TIME)).stream()
                            .map(UserAgent::start)
                            .toList();
            started.forEach(CompletableFuture::join);
        }
        return agents;
    }

    /** Each agent writes once a second; counted is what was answered within a second. */
    private static int send(List<UserAgent> agents, int seconds) throws InterruptedException {
        AtomicInteger answered = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(agents.size() * seconds);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            for (int second = 0; second < seconds; second++) {
                clock.schedule(() -> sendOne(agents, answered, all), second, TimeUnit.SECONDS);
            }
            all.await();
        } finally {
            clock.shutdownNow();
        }
        return answered.get();
    }

    private static void sendOne(List<UserAgent> agents, AtomicInteger answered, CountDownLatch all) {
        long late = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        for (UserAgent agent : agents) {
            agent.sendMessage("bob", "Hello").whenComplete((response, failure) -> {
                if (failure == null && System.nanoTime() - late <= 0) {
                    answered.incrementAndGet();
                }
                all.countDown();
            });
        }
    }
}
