package io.websip.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.Condition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * G1 to G10 whatever happens to several agents at two servers. A seed that fails is run again with its trace, and printed with
 * all that is derived from it; {@code -Dwebsip.firstSeed=N -Dwebsip.seeds=1} replays it, and the profile {@code simulation} looks
 * for more.
 */
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("websip.seeds", 200);
    private static final long FIRST = Long.getLong("websip.firstSeed", 0);
    private static final int MOST_REPORTS = 5;

    @Test
    @DisplayName("G1 to G10 hold after every event, and all recovers once the faults have stopped")
    void whateverHappens() {
        long since = System.nanoTime();
        assertAllHold(FIRST, SEEDS, world -> {});
        System.out.printf("%d seeds from %d on: %.1f s%n", SEEDS, FIRST, (System.nanoTime() - since) / 1e9);
    }

    @Test
    @DisplayName(
            "a seed that fails is reported with all that it has made of its world, and with the invariant that is broken")
    void report() {
        long seed = 0; // one whose first agent runs after a second
        int[] agents = {0};
        Throwable failure = catchThrowable(() -> assertAllHold(seed, 1, world -> {
            agents[0] = world.actors.size();
            // a message that the agent has sent, and that nobody here knows of
            world.loop.schedule(
                    Duration.ofSeconds(1), () -> world.actors.get(0).agent.sendMessage("bob", "stray"));
        }));
        assertThat(failure)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 seeds fail")
                .hasMessageContaining("seed " + seed + ": java.lang.AssertionError: ")
                .hasMessageContaining("!!! G2 agent0 hears of a message that it has not sent")
                .hasMessageContaining("agent0 start()")
                .hasMessageContaining(new World(seed, false).options.toString());
        assertThat(String.valueOf(failure.getMessage()).lines())
                .areExactly(2, line("(main|spare) has a clock that is ahead by PT.*"))
                .areExactly(agents[0], line("agent[0-9] has a clock of rate [01][.][0-9]+"))
                .areExactly(
                        agents[0],
                        line(
                                "agent[0-9] is of [a-z]+, has weights main [0-2], spare [0-2], keep-alive .+, room for [0-9]+ octets, "
                                        + "callbacks .+, and the seed -?[0-9]+"));
    }

    private static Condition<String> line(String said) {
        return new Condition<>(line -> line.matches("PT0S " + said), "%s", said);
    }

    /** @param change what is to be done to each world before it runs */
    private static void assertAllHold(long first, int seeds, Consumer<World> change) {
        Map<String, String> reports = new LinkedHashMap<>(); // one for each kind of failure
        int failed = 0;
        for (long seed = first; seed < first + seeds && reports.size() < MOST_REPORTS; seed++) {
            Throwable failure = failure(changed(seed, false, change));
            if (failure != null) {
                failed++;
                if (reports.putIfAbsent(kind(failure), "") == null) {
                    reports.put(kind(failure), report(seed, change));
                }
            }
        }
        assertThat(reports.values()).as(failed + " seeds fail").isEmpty();
    }

    private static World changed(long seed, boolean detailed, Consumer<World> change) {
        World world = new World(seed, detailed);
        change.accept(world);
        return world;
    }

    @Test
    @DisplayName("a seed repeats its world, event by event")
    void deterministic() {
        World once = new World(FIRST, true);
        World again = new World(FIRST, true);
        assertThat(String.valueOf(failure(once))).isEqualTo(String.valueOf(failure(again)));
        assertThat(again.trace.lines()).hasSizeGreaterThan(100).isEqualTo(once.trace.lines());
    }

    private static @Nullable Throwable failure(World world) {
        try {
            world.run();
            return null;
        } catch (RuntimeException | AssertionError e) {
            return e;
        }
    }

    private static String kind(Throwable failure) {
        String text = String.valueOf(failure.getMessage()).replaceAll("[0-9.]+", "#");
        return text.substring(0, Math.min(120, text.length()));
    }

    /** The seed once more, with all that happens. */
    private static String report(long seed, Consumer<World> change) {
        World world = changed(seed, true, change);
        Throwable failure = failure(world);
        List<String> lines = new ArrayList<>(List.of("", "seed " + seed + ": " + failure));
        if (failure != null && failure.getCause() != null) {
            lines.add("because of " + failure.getCause());
            for (StackTraceElement frame : failure.getCause().getStackTrace()) {
                lines.add("    at " + frame);
            }
        }
        lines.addAll(world.trace.lines());
        return String.join("\n", lines);
    }
}
