package io.websip.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        Map<String, String> reports = new LinkedHashMap<>(); // one for each kind of failure
        int failed = 0;
        for (long seed = FIRST; seed < FIRST + SEEDS && reports.size() < MOST_REPORTS; seed++) {
            Throwable failure = failure(new World(seed, false));
            if (failure != null) {
                failed++;
                if (reports.putIfAbsent(kind(failure), "") == null) {
                    reports.put(kind(failure), report(seed));
                }
            }
        }
        assertThat(reports.values()).as(failed + " seeds fail").isEmpty();
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
    private static String report(long seed) {
        World world = new World(seed, true);
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
