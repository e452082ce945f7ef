package io.websip.bench.runner;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param passes over all contestants, one after the other, so that what else the machine does hits all alike
 * @param languagePasses the same for the benchmarks by JMH, each in a fresh JVM
 * @param jmh which of these there are, and how long each warms up and runs: the engine takes longer to be compiled than a parser
 * @param warmUp processor time of each contestant before the first pass
 * @param roundMillis of each contestant in each pass
 * @param scalePasses the same for many agents over the fake
 * @param fakeAgents how many at once over the fake
 * @param liveAgents how many at once over loopback WebSockets
 */
record Settings(
        String name,
        int passes,
        int languagePasses,
        List<List<String>> jmh,
        Duration warmUp,
        int roundMillis,
        int scalePasses,
        List<Integer> fakeAgents,
        int liveAgents) {
    static Settings of(String name) {
        return switch (name) {
            case "short" ->
                new Settings(
                        name,
                        3,
                        2,
                        List.of(jmh("Parsing|Writing", 4, "500ms", "300ms"), jmh("Transaction", 3, "1s", "400ms")),
                        Duration.ofSeconds(4),
                        600,
                        1,
                        List.of(300, 1_000),
                        500);
            case "full" ->
                new Settings(
                        name,
                        9,
                        5,
                        List.of(jmh(".*", 5, "1s", "1s")),
                        Duration.ofSeconds(8),
                        2_000,
                        3,
                        List.of(1_000, 3_000, 10_000),
                        5_000);
            default -> throw new IllegalArgumentException("short or full, not " + name);
        };
    }

    private static List<String> jmh(String which, int warmUps, String warmUp, String run) {
        return List.of(
                which,
                "-f",
                "1",
                "-wi",
                "" + warmUps,
                "-w",
                warmUp,
                "-i",
                "2",
                "-r",
                run,
                "-prof",
                "gc",
                "-p",
                "digest=NONE,SHA-256");
    }
}
