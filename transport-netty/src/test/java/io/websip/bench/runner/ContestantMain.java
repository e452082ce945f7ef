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
        try (Contestant contestant = contestant(args[0], args[1], args.length > 2 ? args[2] : "0");
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

    /** @param size of each frame of an echo */
    static Contestant contestant(String name, String url, String size) throws Exception {
        return switch (name) {
            case "netty-agent-loop" -> new AgentContestant(new NettyTransport(), url, true);
            case "netty-agent-thread" -> new AgentContestant(new NettyTransport(), url, false);
            case "jetty-agent-thread" -> new AgentContestant(new JettyTransport(), url, false);
            case "netty-raw-loop" -> new NettyContestant(URI.create(url), Integer.parseInt(size), true, false);
            case "netty-raw-gathered" -> new NettyContestant(URI.create(url), Integer.parseInt(size), true, true);
            case "netty-raw-thread" -> new NettyContestant(URI.create(url), Integer.parseInt(size), false, false);
            case "jetty-raw-thread" -> new JettyContestant(URI.create(url), Integer.parseInt(size));
            default -> throw new IllegalArgumentException("no contestant is called " + name);
        };
    }
}
