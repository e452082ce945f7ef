package io.websip.simulation;

import io.websip.transport.fake.VirtualEventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What happened in a world, one line for each thing, and which invariants were broken. Lines are made only if asked for. */
final class Trace {
    private static final int DEEP = 16;

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

    /** Text that a program may print or log, with what a peer has said in it: nothing in it acts on a terminal. */
    void shown(String what, String text) {
        if (text.chars().anyMatch(Trace::isControl)) {
            violated(what + " holds a control character: "
                    + text.chars()
                            .mapToObj(c -> isControl(c) ? "[" + c + "]" : Character.toString(c))
                            .collect(Collectors.joining()));
        }
    }

    /** The texts of an exception and of all that it has with it. */
    void shown(String what, @Nullable Throwable thrown) {
        Throwable each = thrown;
        for (int depth = 0; each != null && depth < DEEP; depth++) {
            shown(what, each.toString());
            for (Throwable suppressed : each.getSuppressed()) {
                shown(what, suppressed.toString());
            }
            each = each.getCause();
        }
    }

    /** Also the separators of lines and paragraphs of Unicode. */
    private static boolean isControl(int c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
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
