package io.websip.bench.runner;

import io.websip.interop.JsSipFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Round trips over loopback against one {@link BareServer}: all contestants are there from the beginning, each in a process of
 * its own, and run their rounds in turn.
 */
final class EndToEnd {
    /** By the name that the table has for them, the one that {@link ContestantMain} has. */
    private static final Map<String, String> AGENTS = ordered(
            "websip on Netty, on the loop", "netty-agent-loop",
            "websip on Netty, from a thread", "netty-agent-thread",
            "websip on Jetty, from a thread", "jetty-agent-thread");

    private static final Map<String, String> ECHOES = ordered(
            "raw Netty echo, on the loop", "netty-raw-loop",
            "raw Netty echo, on the loop, flushes gathered", "netty-raw-gathered",
            "raw Netty echo, from a thread", "netty-raw-thread",
            "raw Jetty echo, from a thread", "jetty-raw-thread");

    static final String JSSIP = "JsSIP in Node";
    private static final int WINDOW = 64;
    private static final int WARM_UP_MILLIS = 500;
    private static final int MOST_WARM_UPS = 60;

    /** JsSIP's branches are one of ten million, so that at this rate two are the same at times, and one of them fails. */
    private static final int ATTEMPTS = 3;

    private final Samples samples;
    private final Map<String, Peer> contestants = new LinkedHashMap<>();

    EndToEnd(Samples samples) {
        this.samples = samples;
    }

    private static Map<String, String> ordered(String... namesAndArguments) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndArguments.length; i += 2) {
            map.put(namesAndArguments[i], namesAndArguments[i + 1]);
        }
        return map;
    }

    void run(Settings settings) throws IOException, InterruptedException {
        try (Peer server = Peer.java(List.of(), BareServer.class)) {
            lineUp("ws://127.0.0.1:" + server.read() + "/");
            for (Map.Entry<String, Peer> each : contestants.entrySet()) {
                warmUp(each.getValue(), WINDOW, settings.warmUp());
                warmUp(each.getValue(), 1, settings.warmUp().dividedBy(4));
            }
            for (int pass = 0; pass < settings.passes(); pass++) {
                for (Map.Entry<String, Peer> each : contestants.entrySet()) {
                    windowed(each.getKey(), round(each.getValue(), WINDOW, settings.roundMillis()));
                }
                for (Map.Entry<String, Peer> each : contestants.entrySet()) {
                    sequential(each.getKey(), round(each.getValue(), 1, settings.roundMillis() / 2));
                }
            }
        } finally {
            for (Peer contestant : contestants.values()) {
                contestant.close();
            }
        }
    }

    private void lineUp(String url) throws IOException, InterruptedException {
        String[] sizes = {};
        for (Map.Entry<String, String> agent : AGENTS.entrySet()) {
            Peer peer = Peer.java(List.of(), ContestantMain.class, agent.getValue(), url);
            contestants.put(agent.getKey(), peer);
            sizes = peer.read().split(" ");
        }
        for (Map.Entry<String, String> echo : ECHOES.entrySet()) {
            Peer peer = Peer.java(List.of(), ContestantMain.class, echo.getValue(), url + "echo/" + sizes[1], sizes[0]);
            contestants.put(echo.getKey(), peer);
            peer.read();
        }
        if (JsSipFolder.canBeFilled()) {
            JsSipFolder.fill();
            Peer peer = Peer.start(JSSIP, JsSipFolder.PATH, "node", "bench.mjs", url);
            contestants.put(JSSIP, peer);
            peer.read();
        }
    }

    /** By processor time, which is what it takes to compile: on a busy machine that is longer by the clock. */
    private static void warmUp(Peer contestant, int window, Duration cpu) throws IOException {
        long used = 0;
        for (int round = 0; used < cpu.toNanos() && round < MOST_WARM_UPS; round++) {
            used += round(contestant, window, WARM_UP_MILLIS).cpu();
        }
    }

    private static Round round(Peer contestant, int window, int millis) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Round round = Round.parse(contestant.ask(window + " " + millis));
            if (round.failures() == 0) {
                return round;
            }
            if (!contestant.toString().equals(JSSIP)) {
                throw new IOException(
                        contestant + ": " + round.failures() + " of " + round.messages() + " messages have failed");
            }
        }
        throw new IOException(contestant + ": messages have failed in each of " + ATTEMPTS + " rounds");
    }

    private void windowed(String who, Round round) {
        samples.add(Measure.WINDOW, who, round.perSecond());
        samples.add(Measure.WINDOW_CPU, who, round.cpuMicros());
        samples.add(Measure.WINDOW_P50, who, round.p50() / 1e6);
        samples.add(Measure.WINDOW_P99, who, round.p99() / 1e6);
        samples.add(Measure.WINDOW_P999, who, round.p999() / 1e6);
    }

    private void sequential(String who, Round round) {
        samples.add(Measure.SEQUENTIAL, who, round.perSecond());
        samples.add(Measure.SEQUENTIAL_P50, who, round.p50() / 1e6);
    }
}
