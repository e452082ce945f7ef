package io.websip.interop;

import io.websip.example.Messenger;
import io.websip.kit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The Messenger in a process of its own, as a user starts it: its arguments, what is typed, and what it prints. */
final class MessengerProcess implements AutoCloseable {
    private final Process process;
    private final Writer keyboard;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    MessengerProcess(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path")
                        + System.getProperty("path.separator")
                        + System.getProperty("jdk.module.path", ""),
                Messenger.class.getName()));
        command.addAll(arguments);
        try {
            process = Children.start(new ProcessBuilder(command).redirectErrorStream(true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keyboard = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "messenger-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            out.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("(no more output: " + e + ")");
        }
    }

    /** What it has printed so far. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits for the first line of that kind. */
    String await(String what, Predicate<String> line) {
        Await.until(what, () -> {
            if (!process.isAlive() && lines.stream().noneMatch(line)) {
                throw new AssertionError("the Messenger has ended: " + lines);
            }
            return lines.stream().anyMatch(line);
        });
        return lines.stream().filter(line).findFirst().orElseThrow();
    }

    void type(String line) {
        try {
            keyboard.write(line + "\n");
            keyboard.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the Messenger takes no input: " + lines, e);
        }
    }

    /** All that it has printed. */
    @Override
    public String toString() {
        return lines.toString();
    }

    /** Nothing more is typed. */
    int end() {
        try {
            keyboard.close();
            return awaitEnd();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(Await.CEILING.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the Messenger does not end: " + lines);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the Messenger was ending", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** By SIGTERM, where it has not ended by itself. */
    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }
}
