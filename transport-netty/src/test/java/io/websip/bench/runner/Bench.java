package io.websip.bench.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * All measurements: {@code short|full CLASSES}, where CLASSES is the folder of core's test classes. Writes {@code target/bench.md},
 * {@code bench.json} and {@code bench.svg}, and prints the first. Fails where something does not work, never because it is slow.
 */
public final class Bench {
    private static final Path FOLDER = Path.of("target");

    private Bench() {}

    /** Measures. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Settings settings = Settings.of(args[0]);
        String classes = args[1];
        Files.deleteIfExists(Jvm.ERRORS);
        Samples samples = new Samples();
        EndToEnd endToEnd = new EndToEnd(samples);
        step("end to end", () -> endToEnd.run(settings));
        step("many agents", () -> Scale.run(settings, classes, samples));
        step("start", () -> Start.run(settings, samples));
        step("language and engine", () -> new LanguageBench(samples).run(settings, classes));
        String where = String.join(
                ", ",
                settings.name() + " mode",
                LocalDate.now().toString(),
                Runtime.getRuntime().availableProcessors() + " processors",
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                "sockets by " + NettyContestant.SOCKETS);
        String table = new Report(samples, Goal.all(settings)).markdown(where);
        Files.writeString(FOLDER.resolve("bench.md"), table);
        Files.writeString(FOLDER.resolve("bench.json"), Json.of(samples, where));
        Files.writeString(FOLDER.resolve("bench.svg"), new Plot(samples).svg());
        System.out.println(table);
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    private static void step(String what, Step step) throws IOException, InterruptedException {
        long start = System.nanoTime();
        step.run();
        System.err.printf("%s: measured in %d s%n", what, (System.nanoTime() - start) / 1_000_000_000);
    }
}
