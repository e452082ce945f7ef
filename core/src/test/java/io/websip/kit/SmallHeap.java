package io.websip.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A JVM with 64 MiB of heap and as much of direct memory, in which a program runs whose input ends when the test wants it to
 * end. A program that needs more memory is dead at once.
 */
public final class SmallHeap implements AutoCloseable {
    private static final int MEBIBYTES = 64;

    private final Process process;
    private final Path output;

    private SmallHeap(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts a program.
     *
     * @param program has a main method
     * @param more classes of whose folders it needs others
     */
    public static SmallHeap run(Class<?> program, List<String> arguments, Class<?>... more) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx" + MEBIBYTES + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                String.join(File.pathSeparator, path(program, more)),
                program.getName()));
        command.addAll(arguments);
        try {
            Path output = Files.createTempFile("small-heap", ".txt");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new SmallHeap(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Wherever this JVM has its classes from. */
    static Set<String> path(Class<?> program, Class<?>... more) {
        Set<String> path = new LinkedHashSet<>(List.of(home(program), home(SmallHeap.class)));
        for (Class<?> each : more) {
            path.add(home(each));
        }
        for (ClassLoader loader = program.getClassLoader(); loader != null; loader = loader.getParent()) {
            if (loader instanceof URLClassLoader urls) {
                for (URL url : urls.getURLs()) {
                    path.add(file(url));
                }
            }
        }
        path.add(System.getProperty("java.class.path"));
        path.add(System.getProperty("jdk.module.path", ""));
        return path;
    }

    /** The folder of a class: tests of a named module are in no path that a property tells. */
    private static String home(Class<?> type) {
        String file = "/" + type.getName().replace('.', '/') + ".class";
        URL found = type.getResource(file);
        assertThat(found).as(file).isNotNull();
        if (!found.getProtocol().equals("file")) {
            return ""; // in an archive, which is in a path
        }
        String path = file(found);
        return path.substring(0, path.length() - file.length());
    }

    private static String file(URL url) {
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Within the program: returns when the test wants it to end, and then says how much heap is in use. */
    public static void awaitEnd() throws IOException {
        try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            while (in.readLine() != null) {
                // Nothing is to be said to it.
            }
        }
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                "%d KiB of heap in use at the end, of %d%n",
                (runtime.totalMemory() - runtime.freeMemory()) >> 10, runtime.maxMemory() >> 10);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What the program has printed. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the program end, which must have gone well. */
    public void awaitSuccess(long seconds) {
        try {
            process.getOutputStream().close();
            assertThat(process.waitFor(seconds, TimeUnit.SECONDS))
                    .as("the end of a program that has printed: %s", output())
                    .isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(process.exitValue()).as(output()).isZero();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
