package io.websip.interop;

import io.websip.example.Messenger;
import io.websip.kit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** {@code messenger serve} in a process of its own, with the users of {@link Account}. */
final class ServedMessenger implements AutoCloseable {
    private static final String LISTENING = "listening on ";

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    ServedMessenger() {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path")
                        + System.getProperty("path.separator")
                        + System.getProperty("jdk.module.path", ""),
                Messenger.class.getName(),
                "serve",
                "--port",
                "0"));
        for (String user : List.of("alice", "bob", "carol")) {
            command.addAll(List.of("--user", user + ":" + Account.password(user)));
        }
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread reader = new Thread(this::read, "served-messenger");
        reader.setDaemon(true);
        reader.start();
        Await.until("the Messenger to serve", () -> {
            if (!process.isAlive()) {
                throw new AssertionError("messenger serve ended: " + lines);
            }
            return lines.stream().anyMatch(line -> line.startsWith(LISTENING));
        });
    }

    String url() {
        return lines.stream()
                .filter(line -> line.startsWith(LISTENING))
                .map(line -> line.substring(LISTENING.length()).split(" ")[0])
                .findFirst()
                .orElseThrow();
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            out.lines().forEach(lines::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new AssertionError("messenger serve does not end by SIGTERM");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
