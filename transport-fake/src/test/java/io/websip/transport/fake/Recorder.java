package io.websip.transport.fake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import io.websip.transport.ConnectionListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Writes down what a client's listener and a server's handler are told, and that they are told it where they should be. */
final class Recorder {
    private final List<String> events = new ArrayList<>();

    static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    List<String> events() {
        return List.copyOf(events);
    }

    void add(String event) {
        events.add(event);
    }

    private void addOn(EventLoop loop, String event) {
        events.add(loop.inLoop() ? event : event + " (not on its loop!)");
    }

    ConnectionListener listener(EventLoop loop) {
        return new ConnectionListener() {
            @Override
            public void onOpen() {
                addOn(loop, "open");
            }

            @Override
            public void onMessage(byte[] message) {
                addOn(loop, "message " + new String(message, ISO_8859_1));
            }

            @Override
            public void onPong(byte[] payload) {
                addOn(loop, "pong " + new String(payload, ISO_8859_1));
            }

            @Override
            public void onClosed(Closure why) {
                addOn(loop, why.toString());
            }
        };
    }

    /** A handler that also does something for each message, such as answering it. */
    ServerHandler handler(EventLoop loop, Consumer<Received> onMessage) {
        return new ServerHandler() {
            @Override
            public void onOpen(ServerConnection connection) {
                addOn(loop, "open");
            }

            @Override
            public void onMessage(ServerConnection connection, byte[] message) {
                String text = new String(message, ISO_8859_1);
                addOn(loop, "message " + text);
                onMessage.accept(new Received(connection, text));
            }

            @Override
            public void onPing(ServerConnection connection, byte[] payload) {
                addOn(loop, "ping " + new String(payload, ISO_8859_1));
            }

            @Override
            public void onClosed(ServerConnection connection, Closure why) {
                addOn(loop, why.toString());
            }
        };
    }

    record Received(ServerConnection connection, String text) {
        void answer(String answer) {
            connection.send(bytes(answer));
        }
    }
}
