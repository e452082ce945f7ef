package io.websip.bench.runner;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Other JVMs like this one. */
final class Jvm {
    static final String CLASS_PATH = System.getProperty("java.class.path");
    static final String PATH_SEPARATOR = File.pathSeparator;

    /** Where what they print to standard error goes. */
    static final Path ERRORS = Path.of("target", "bench-errors.log").toAbsolutePath();

    private static final String LOGGING = "java.util.logging.config.file";

    private Jvm() {}

    /** The command that runs a class; it logs as this JVM does. */
    static List<String> command(List<String> options, String classPath, String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        if (System.getProperty(LOGGING) != null) {
            command.add("-D" + LOGGING + "=" + System.getProperty(LOGGING));
        }
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        return command;
    }

    /** Runs a class to its end, of which nothing is shown; its exit status. */
    static int run(String classPath, String main, List<String> arguments) throws IOException, InterruptedException {
        return new ProcessBuilder(command(List.of(), classPath, main, arguments))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(ERRORS.toFile()))
                .start()
                .waitFor();
    }
}
