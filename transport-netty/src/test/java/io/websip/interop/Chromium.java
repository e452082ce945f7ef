package io.websip.interop;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.websip.kit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A browser without a window that shows one page; driven by its DevTools protocol. */
final class Chromium implements AutoCloseable {
    private static final String LISTENING = "DevTools listening on ";
    private static final long SECONDS = 30;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final Map<Integer, CompletableFuture<String>> asked = new ConcurrentHashMap<>();
    private final WebSocket devTools;
    private int questions;

    /** Opens the page. */
    Chromium(Path profile, URI page) {
        try {
            process = Children.start(new ProcessBuilder(
                            "chromium",
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--remote-debugging-port=0",
                            "--user-data-dir=" + profile,
                            "--window-size=640,480",
                            page.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread reader = new Thread(this::read, "chromium-output");
        reader.setDaemon(true);
        reader.start();
        try {
            devTools = http.newWebSocketBuilder()
                    .buildAsync(pageTarget(), new Answers())
                    .get(SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            close();
            throw new AssertionError("Chromium's DevTools cannot be reached: " + output, e);
        }
    }

    /** Ends the test class early, with the reason, where it is not installed. */
    static void assumeInstalled() {
        Peers.assume("Chromium", "apt-get install chromium", Peers.isOnPath("chromium"));
    }

    private void read() {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(output::add);
        } catch (IOException | UncheckedIOException e) {
            output.add("(no more output: " + e + ")");
        }
    }

    private URI pageTarget() throws IOException, InterruptedException {
        Await.until("Chromium to listen", () -> {
            if (!process.isAlive()) {
                throw new AssertionError("Chromium has ended: " + output);
            }
            return output.stream().anyMatch(line -> line.startsWith(LISTENING));
        });
        URI browser = output.stream()
                .filter(line -> line.startsWith(LISTENING))
                .map(line -> URI.create(line.substring(LISTENING.length())))
                .findFirst()
                .orElseThrow();
        HttpRequest list = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + browser.getPort() + "/json/list"))
                .build();
        String targets = http.send(list, HttpResponse.BodyHandlers.ofString()).body();
        String url = field(targets, "webSocketDebuggerUrl");
        if (url == null) {
            throw new IOException("no page in " + targets);
        }
        return URI.create(url);
    }

    /** What an expression of JavaScript yields, as text; a promise is waited for. */
    String evaluate(String expression) {
        String answer = ask(
                "Runtime.evaluate",
                "{\"expression\":\"" + escaped("(async () => String(await (" + expression + ")))()")
                        + "\",\"awaitPromise\":true}");
        String value = field(answer, "value");
        if (value == null) {
            throw new AssertionError(expression + " has no value: " + answer);
        }
        return value;
    }

    /** What the page looks like. */
    byte[] screenshot() {
        String data = field(ask("Page.captureScreenshot", "{\"format\":\"png\"}"), "data");
        if (data == null) {
            throw new AssertionError("no screenshot");
        }
        return Base64.getDecoder().decode(data);
    }

    private String ask(String method, String parameters) {
        int id = ++questions;
        CompletableFuture<String> answer = new CompletableFuture<>();
        asked.put(id, answer);
        devTools.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}", true)
                .join();
        return answer.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    private static String escaped(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    /** The first field of that name, wherever it stands. */
    private static @Nullable String field(String json, String name) {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME
                        && parser.currentName().equals(name)) {
                    parser.nextToken();
                    return parser.getText();
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Children.kill(process.toHandle());
        process.onExit().join();
    }

    /** Puts the pieces of each answer together, and gives it to whoever has asked. */
    private final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                String answer = text.toString();
                text.setLength(0);
                String id = field(answer, "id");
                CompletableFuture<String> waiting = id == null ? null : asked.remove(Integer.valueOf(id));
                if (waiting != null) {
                    waiting.complete(answer);
                }
            }
            webSocket.request(1);
            return null;
        }
    }
}
