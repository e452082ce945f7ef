package io.websip.example;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.websip.IncomingMessage;
import io.websip.MessageEvent;
import io.websip.NewMessage;
import io.websip.UserAgentEvent;
import io.websip.text.Visible;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Shows events as JSON objects, one a line, {@code event} first. */
final class JsonReporter implements Reporter {
    private final JsonFactory factory = new JsonFactory();
    private final PrintWriter out;

    JsonReporter(PrintWriter out) {
        this.out = out;
    }

    /** Writes the fields of one object. */
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private void object(String event, Fields fields) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = factory.createGenerator(line)) {
            json.writeStartObject();
            if (!event.isEmpty()) {
                json.writeStringField("event", event);
            }
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        synchronized (out) {
            out.println(escaped(line.toString()));
            out.flush();
        }
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void onConnected(UserAgentEvent.Connected event) {
        object(
                "connected",
                json -> json.writeStringField("server", event.server().toString()));
    }

    @Override
    public void onDisconnected(UserAgentEvent.Disconnected event) {
        object("disconnected", json -> {
            json.writeStringField("reason", event.why().toString());
            retryIn(json, event.retryIn());
        });
    }

    @Override
    public void onRegistered(UserAgentEvent.Registered event) {
        object(
                "registered",
                json -> json.writeNumberField("expires", event.expires().toSeconds()));
    }

    @Override
    public void onUnregistered(UserAgentEvent.Unregistered event) {
        object("unregistered", json -> {
            if (event.cause().isPresent()) {
                json.writeStringField("cause", event.cause().get().text());
            } else {
                json.writeNullField("cause");
            }
        });
    }

    @Override
    public void onRegistrationFailed(UserAgentEvent.RegistrationFailed event) {
        object("registrationFailed", json -> {
            json.writeStringField("cause", event.cause().text());
            if (event.response().isPresent()) {
                json.writeNumberField("status", event.response().get().status());
            } else {
                json.writeNullField("status");
            }
            retryIn(json, event.retryIn());
        });
    }

    private static void retryIn(JsonGenerator json, Optional<Duration> time) throws IOException {
        if (time.isPresent()) {
            json.writeNumberField("retryInMillis", time.get().toMillis());
        } else {
            json.writeNullField("retryInMillis");
        }
    }

    @Override
    public void onNewMessage(NewMessage event) {
        object("newMessage", json -> {
            json.writeStringField("originator", name(event.originator()));
            if (event instanceof NewMessage.Incoming incoming) {
                IncomingMessage message = incoming.message();
                json.writeStringField("from", message.from().uri().toString());
                json.writeStringField("to", message.to().uri().toString());
                json.writeStringField("contentType", message.contentType().toString());
                json.writeStringField("body", message.text());
            }
        });
    }

    @Override
    public void sending(MessageEvent.Sending event) {
        object("sending", json -> {
            json.writeStringField("originator", name(event.originator()));
            json.writeStringField("request", event.request().startLine());
        });
    }

    @Override
    public void succeeded(MessageEvent.Succeeded event) {
        object("succeeded", json -> {
            json.writeStringField("originator", name(event.originator()));
            json.writeNumberField("status", event.response().status());
            json.writeStringField("reason", event.response().reason());
            json.writeStringField("delivery", name(event.delivery()));
        });
    }

    @Override
    public void failed(MessageEvent.Failed event) {
        object("failed", json -> {
            json.writeStringField("originator", name(event.originator()));
            json.writeStringField("cause", event.cause().text());
            if (event.response().isPresent()) {
                json.writeNumberField("status", event.response().get().status());
            } else {
                json.writeNullField("status");
            }
            json.writeStringField("delivery", name(event.delivery()));
            json.writeStringField("detail", event.detail());
        });
    }

    @Override
    public void load(LoadResult result) {
        object("load", json -> {
            json.writeNumberField("messages", result.messages());
            json.writeNumberField("failures", result.failures());
            json.writeNumberField("perSecond", result.perSecond());
            json.writeNumberField("p50Millis", result.p50Millis());
            json.writeNumberField("p99Millis", result.p99Millis());
        });
    }

    /** JSON lets through characters that act on a terminal: DEL, C1, line separators and those of bidirectional text. */
    private static String escaped(String line) {
        StringBuilder text = new StringBuilder(line.length());
        for (char c : line.toCharArray()) {
            if (Visible.isLine(String.valueOf(c)) || Character.isSurrogate(c)) {
                text.append(c);
            } else {
                text.append(String.format("\\u%04x", (int) c));
            }
        }
        return text.toString();
    }
}
