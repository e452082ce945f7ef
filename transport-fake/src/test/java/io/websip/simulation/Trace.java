package io.websip.simulation;

import io.websip.transport.fake.VirtualEventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened in a world, one line for each thing, and which invariants were broken. Lines are made only if asked for. */
final class Trace {
    private final VirtualEventLoop loop;
    private final boolean detailed;
    private final List<String> lines = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();

    /** @param detailed whether lines are kept; else only violations are */
    Trace(VirtualEventLoop loop, boolean detailed) {
        this.loop = loop;
        this.detailed = detailed;
    }

    void say(Supplier<String> what) {
        if (detailed) {
            lines.add(loop.elapsed() + " " + what.get());
        }
    }

    /** An invariant is broken. */
    void violated(String what) {
        say(() -> "!!! " + what);
        violations.add(loop.elapsed() + " " + what);
    }

    /** Ends the run at the first event after which an invariant is broken. */
    void assertClean() {
        if (!violations.isEmpty()) {
            throw new AssertionError(String.join("\n", violations));
        }
    }

    List<String> lines() {
        return lines;
    }
}
