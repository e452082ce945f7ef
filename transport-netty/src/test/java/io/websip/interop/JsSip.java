package io.websip.interop;

import io.websip.kit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A JsSIP agent in Node: told what to do, and telling what happens, by lines of form-encoded fields (agent.mjs). */
final class JsSip implements AutoCloseable {
    private final Process process;
    private final Writer orders;
    private final List<Map<String, String>> told = new CopyOnWriteArrayList<>();
    private int sent;

    /** Starts one and waits until it has registered. */
    JsSip(String url, String user) {
        try {
            process = Children.start(new ProcessBuilder("node", "agent.mjs", url, user, Account.password(user))
                    .directory(JsSipFolder.PATH.toFile())
                    .redirectError(JsSipFolder.PATH.resolve(user + ".err").toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        orders = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "jssip-" + user);
        reader.setDaemon(true);
        reader.start();
        try {
            await("registered");
        } catch (AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Ends the test class early, with the reason, where Node is missing; else sees that the packages are there. */
    static void assumeInstalled() {
        Peers.assume("Node.js", "apt-get install nodejs npm", JsSipFolder.canBeFilled());
        try {
            JsSipFolder.fill();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while JsSIP was being installed", e);
        }
    }

    /** The status that a message ends with, and JsSIP's cause behind it if it failed. */
    String send(String to, String body, String... headers) {
        String id = Integer.toString(++sent);
        StringBuilder order = new StringBuilder("do=send&id=" + id + "&to=" + encoded(to) + "&body=" + encoded(body));
        for (String header : headers) {
            order.append("&header=").append(encoded(header));
        }
        order(order.toString());
        Await.until("JsSIP to have an answer for " + id, () -> told("sent").anyMatch(e -> id.equals(e.get("id"))));
        return told("sent")
                .filter(e -> id.equals(e.get("id")))
                .map(e -> (e.get("status") + " " + e.get("cause")).strip())
                .findFirst()
                .orElseThrow();
    }

    /** The messages that it was sent. */
    List<Map<String, String>> messages() {
        return told("message").toList();
    }

    List<String> bodies() {
        return told("message").map(e -> e.get("body")).toList();
    }

    private Stream<Map<String, String>> told(String event) {
        return told.stream().filter(e -> event.equals(e.get("event")));
    }

    private void await(String event) {
        Await.until("JsSIP to be " + event, () -> {
            if (!process.isAlive() || told("failed").findAny().isPresent()) {
                throw new AssertionError("JsSIP ended, or failed: " + told);
            }
            return told(event).findAny().isPresent();
        });
    }

    private void order(String line) {
        try {
            orders.write(line + "\n");
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("JsSIP takes no orders: " + told, e);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line; (line = lines.readLine()) != null; ) {
                told.add(fields(line));
            }
        } catch (IOException e) {
            told.add(Map.of("event", "failed", "cause", e.toString()));
        }
    }

    private static Map<String, String> fields(String line) {
        return Stream.of(line.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> decoded(field[0]), field -> decoded(field[1]), (a, b) -> b, LinkedHashMap::new));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Unregisters it and waits for its end. */
    @Override
    public void close() {
        try {
            orders.close(); // which tells it to stop
            if (!process.waitFor(Await.CEILING.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("JsSIP did not stop: " + told);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
