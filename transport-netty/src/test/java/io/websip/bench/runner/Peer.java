package io.websip.bench.runner;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Another process, which is asked and answers line by line. */
final class Peer implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 300;

    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final Writer orders;

    private Peer(String name, Path folder, List<String> command) throws IOException {
        this.name = name;
        this.process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(Jvm.ERRORS.toFile()))
                .start();
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    static Peer start(String name, Path folder, String... command) throws IOException {
        return new Peer(name, folder, List.of(command));
    }

    /** A class in a JVM like this one. */
    static Peer java(List<String> options, Class<?> main, String... arguments) throws IOException {
        return java(options, Jvm.CLASS_PATH, main.getName(), arguments);
    }

    static Peer java(List<String> options, String classPath, String main, String... arguments) throws IOException {
        return new Peer(
                main + " " + String.join(" ", arguments),
                Path.of("").toAbsolutePath(),
                Jvm.command(options, classPath, main, List.of(arguments)));
    }

    /** The next line that it prints. */
    String read() throws IOException {
        try {
            String answer = CompletableFuture.supplyAsync(this::readLine).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                throw new IOException(name + " has ended; " + Jvm.ERRORS + " may say why");
            }
            return answer;
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IOException(name + " does not answer", e);
        }
    }

    private String readLine() {
        try {
            return answers.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String ask(String order) throws IOException {
        orders.write(order + "\n");
        orders.flush();
        return read();
    }

    @Override
    public String toString() {
        return name;
    }

    /** Tells it to end, by the end of its input. */
    @Override
    public void close() throws IOException {
        try {
            orders.close();
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
