package io.websip.interop;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** Whether the software of others that the tests meet is there. */
final class Peers {
    /** Set by whoever has installed it, so that a missing one is a failure and not a test that was skipped. */
    private static final boolean REQUIRED = Boolean.getBoolean("websip.interop.required");

    private Peers() {}

    /** Ends the test class early, with the reason, where a peer is not installed. */
    static void assume(String name, String howToGetIt, boolean installed) {
        String reason = name + " is not installed: " + howToGetIt;
        if (REQUIRED && !installed) {
            throw new AssertionError(reason);
        }
        Assumptions.assumeTrue(installed, reason);
    }

    /** Whether there is such a program. */
    static boolean isOnPath(String program) {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
