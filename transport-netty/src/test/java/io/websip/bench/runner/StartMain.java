package io.websip.bench.runner;

import io.websip.UserAgent;
import io.websip.config.UserAgentConfig;
import io.websip.transport.netty.NettyTransport;
import java.net.URI;
import java.util.concurrent.CountDownLatch;

/** A program that sends one message and ends: {@code agent URL} or {@code echo URL SIZE}. Prints the microseconds since its main. */
public final class StartMain {
    private StartMain() {}

    /** Sends it. */
    public static void main(String[] args) throws Exception {
        long start = System.nanoTime();
        if (args[0].equals("agent")) {
            agent(args[1]);
        } else {
            echo(args[1], Integer.parseInt(args[2]));
        }
        System.out.println((System.nanoTime() - start) / 1_000);
        System.exit(0);
    }

    private static void agent(String url) {
        UserAgentConfig config = UserAgentConfig.builder()
                .uri("sip:alice@example.com")
                .server(url)
                .register(false)
                .build();
        UserAgent agent = UserAgent.create(config, new NettyTransport());
        agent.start();
        agent.sendMessage("bob", "Hello Bob!").join();
    }

    private static void echo(String url, int size) throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        new NettyContestant(URI.create(url), size, false, false).send(0, (answer, failure) -> answered.countDown());
        answered.await();
    }
}
