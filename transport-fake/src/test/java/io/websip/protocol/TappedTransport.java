package io.websip.protocol;

import io.websip.loop.EventLoop;
import io.websip.transport.Connection;
import io.websip.transport.ConnectionListener;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import java.nio.charset.StandardCharsets;

/** Writes the start of each message on the tape at the moment at which an agent hands it to the connection. */
record TappedTransport(Transport transport, Tape tape) implements Transport {
    @Override
    public EventLoop newEventLoop() {
        return transport.newEventLoop();
    }

    @Override
    public Connection connect(ServerAddress server, EventLoop loop, ConnectionListener listener) {
        Connection connection = transport.connect(server, loop, listener);
        return new Connection() {
            @Override
            public boolean send(byte[] message) {
                boolean accepted = connection.send(message);
                tape.add((accepted ? "wire " : "refused ") + firstWords(message));
                return accepted;
            }

            @Override
            public void ping(byte[] payload) {
                connection.ping(payload);
            }

            @Override
            public void close(int code, String reason) {
                connection.close(code, reason);
            }

            @Override
            public void abort() {
                connection.abort();
            }
        };
    }

    /** The method, or the status. */
    private static String firstWords(byte[] message) {
        String[] words = new String(message, StandardCharsets.UTF_8).split(" ", 3);
        return words[0].startsWith("SIP/") ? words[1] : words[0].strip();
    }

    @Override
    public void close() {
        transport.close();
    }
}
