package io.websip.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/** A program of one class in a module of its own. */
final class ModularProgram {
    private static final long PATIENCE_SECONDS = 60;

    private final Path sources;
    private final Path classes;
    private final String modulePath;

    private ModularProgram(Path folder, List<Path> modules) {
        this.sources = folder.resolve("src");
        this.classes = folder.resolve("classes");
        this.modulePath = modules.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /**
     * Compiles it, as strictly as javac can; only the names of automatic modules are taken, since Guice has no other.
     *
     * @param folder is empty
     * @param modules the jars on the module path
     * @param requires the modules that the program requires
     * @param main the source of the class {@code Main} of package {@code consumer}
     */
    static ModularProgram compile(Path folder, List<Path> modules, List<String> requires, String main)
            throws IOException {
        ModularProgram program = new ModularProgram(folder, modules);
        Files.createDirectories(program.sources.resolve("consumer"));
        Files.writeString(
                program.sources.resolve("module-info.java"),
                requires.stream()
                        .map(module -> "    requires " + module + ";\n")
                        .collect(Collectors.joining("", "module consumer {\n", "}\n")));
        Files.writeString(program.sources.resolve("consumer/Main.java"), main);
        program.compile();
        return program;
    }

    private void compile() {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int status = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        out,
                        out,
                        "--release",
                        "17",
                        "-Xlint:all,-requires-automatic",
                        "-Werror",
                        "-d",
                        classes.toString(),
                        "--module-path",
                        modulePath,
                        sources.resolve("module-info.java").toString(),
                        sources.resolve("consumer/Main.java").toString());
        assertThat(status).as(said.toString()).isZero();
    }

    /** Starts it in a JVM that has the module path alone. */
    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "--module-path",
                classes + File.pathSeparator + modulePath,
                "--module",
                "consumer/consumer.Main"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** What it has printed until its end, which must come by itself and go well. */
    static String output(Process process) throws IOException, InterruptedException {
        String output = said(process);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as(output)
                .isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    /** What it has printed until its end. */
    static String said(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
