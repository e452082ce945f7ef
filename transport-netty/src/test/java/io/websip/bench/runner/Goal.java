package io.websip.bench.runner;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be reached: a value, or its ratio to that of a peer, or how much it is above that of a peer.
 *
 * @param peer beside whom; null for the value itself
 * @param difference whether the peer's value is taken off, and not a divisor
 * @param atLeast whether more is better
 */
record Goal(
        Measure measure,
        String ours,
        @Nullable String peer,
        boolean difference,
        boolean atLeast,
        double target,
        double stretch) {
    static Goal atLeast(Measure measure, String ours, String peer, double target, double stretch) {
        return new Goal(measure, ours, peer, false, true, target, stretch);
    }

    static Goal atMost(Measure measure, String ours, @Nullable String peer, double target, double stretch) {
        return new Goal(measure, ours, peer, false, false, target, stretch);
    }

    static List<Goal> all(Settings settings) {
        List<Goal> goals = new ArrayList<>();
        language(goals);
        endToEnd(goals);
        goals.add(atMost(Measure.IDLE_AGENT, "websip", null, 4_096, 2_560));
        String most =
                Scale.agents(settings.fakeAgents().get(settings.fakeAgents().size() - 1));
        String fewest = Scale.agents(settings.fakeAgents().get(0));
        goals.add(atMost(Measure.FAKE_HEAP, most, null, 128, 80));
        goals.add(atMost(Measure.FAKE_REGISTRATION, most, fewest, 1.2, 1.2));
        goals.add(atMost(Measure.START, Start.AGENT, Start.ECHO, 1.5, 1.25));
        return goals;
    }

    private static void language(List<Goal> goals) {
        goals.add(atLeast(Measure.PARSE_FRAMED, "websip", "pkts", 12, 15));
        goals.add(atLeast(Measure.PARSE_FRAMED, "websip", "JAIN-SIP", 20, 30));
        goals.add(atMost(Measure.PARSE_FRAMED_BYTES, "websip", null, 1_100, 1_100));
        goals.add(atLeast(Measure.PARSE_NINE, "websip", "pkts", 6, 7.5));
        goals.add(atLeast(Measure.PARSE_NINE, "websip", "JAIN-SIP", 12, 15));
        goals.add(atMost(Measure.PARSE_NINE_BYTES, "websip", null, 1_600, 1_600));
        goals.add(atLeast(Measure.WRITE, "websip", "JAIN-SIP", 8, 8));
        goals.add(atMost(Measure.WRITE_BYTES, "websip", null, 1_600, 1_600));
        goals.add(new Goal(Measure.TRANSACTION, "websip, SHA-256 credentials", "websip", true, false, 3, 2));
    }

    private static void endToEnd(List<Goal> goals) {
        String loop = "websip on Netty, on the loop";
        String thread = "websip on Netty, from a thread";
        String jetty = "websip on Jetty, from a thread";
        String rawLoop = "raw Netty echo, on the loop";
        String rawThread = "raw Netty echo, from a thread";
        goals.add(atLeast(Measure.WINDOW, loop, rawLoop, 0.65, 0.72));
        goals.add(atMost(Measure.WINDOW_CPU, loop, rawLoop, 1.8, 1.4));
        goals.add(atMost(Measure.WINDOW_P99, loop, rawLoop, 1.5, 1.5));
        goals.add(atLeast(Measure.WINDOW, thread, rawThread, 0.6, 0.7));
        goals.add(atMost(Measure.WINDOW_CPU, thread, rawThread, 1.8, 1.4));
        goals.add(atLeast(Measure.WINDOW, jetty, "raw Jetty echo, from a thread", 0.6, 0.7));
        goals.add(atLeast(Measure.SEQUENTIAL, thread, rawThread, 0.75, 0.85));
        goals.add(atLeast(Measure.WINDOW, thread, EndToEnd.JSSIP, 8, 10));
        goals.add(atLeast(Measure.WINDOW, loop, EndToEnd.JSSIP, 12, 15));
        goals.add(atMost(Measure.WINDOW_CPU, thread, EndToEnd.JSSIP, 1 / 9.0, 1 / 12.0));
        goals.add(atMost(Measure.WINDOW_CPU, loop, EndToEnd.JSSIP, 1 / 20.0, 1 / 30.0));
    }

    /** What was reached; null if it was not measured. */
    @Nullable
    Spread reached(Samples samples) {
        List<Double> mine = samples.of(measure, ours);
        return peer == null
                ? Spread.of(mine)
                : Spread.of(mine, samples.of(measure, peer), difference ? (a, b) -> a - b : (a, b) -> a / b);
    }

    boolean isMet(double value) {
        return atLeast ? value >= target : value <= target;
    }

    /** Whether as much is reached as would be a pleasure. */
    boolean isStretched(double value) {
        return atLeast ? value >= stretch : value <= stretch;
    }
}
