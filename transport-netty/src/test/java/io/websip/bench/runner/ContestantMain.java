package io.websip.bench.runner;

import io.websip.transport.jetty.JettyTransport;
import io.websip.transport.netty.NettyTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A contestant in a JVM of its own: {@code NAME URL [SIZE]}. Prints the sizes of its messages, and then runs a round for each
 * line {@code WINDOW MILLIS} that it reads and prints what came of it.
 */
public final class ContestantMain {
    private ContestantMain() {}

    /** Runs rounds until the input ends. */
    public static void main(String[] args) throws Exception {
        try (Contestant contestant = contestant(args);
                BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            serve(contestant, orders);
        }
    }

    private static void serve(Contestant contestant, BufferedReader orders) throws IOException, InterruptedException {
        Track track = new Track(contestant);
        System.out.println(contestant.sizes());
        for (String order; (order = orders.readLine()) != null; ) {
            String[] words = order.split(" ");
            Round round = track.run(Integer.parseInt(words[0]), Duration.ofMillis(Long.parseLong(words[1])));
            System.out.println(round.line());
        }
    }

    private static Contestant contestant(String[] args) throws Exception {
        String url = args[1];
        return switch (args[0]) {
            case "netty-agent-loop" -> new AgentContestant(new NettyTransport(), url, true);
            case "netty-agent-thread" -> new AgentContestant(new NettyTransport(), url, false);
            case "jetty-agent-thread" -> new AgentContestant(new JettyTransport(), url, false);
            case "netty-raw-loop" -> new NettyContestant(URI.create(url), Integer.parseInt(args[2]), true);
            case "netty-raw-thread" -> new NettyContestant(URI.create(url), Integer.parseInt(args[2]), false);
            case "jetty-raw-thread" -> new JettyContestant(URI.create(url), Integer.parseInt(args[2]));
            default -> throw new IllegalArgumentException("no contestant is called " + args[0]);
        };
    }
}
