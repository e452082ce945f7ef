package io.websip.fuzz;

/** What Jazzer calls: the target that the system property {@code fuzz.target} names. */
public final class Fuzz {
    private static final FuzzTarget TARGET = FuzzTarget.valueOf(System.getProperty("fuzz.target", "MESSAGE"));

    private Fuzz() {}

    /** Tries one input. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.run(input);
    }
}
