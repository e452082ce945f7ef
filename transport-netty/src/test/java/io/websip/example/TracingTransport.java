package io.websip.example;

import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import io.websip.transport.Connection;
import io.websip.transport.ConnectionListener;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;

/** A transport that shows what goes through another one. */
final class TracingTransport implements Transport {
    private final Transport transport;
    private final WireTrace trace;

    TracingTransport(Transport transport, WireTrace trace) {
        this.transport = transport;
        this.trace = trace;
    }

    @Override
    public EventLoop newEventLoop() {
        return transport.newEventLoop();
    }

    @Override
    public Connection connect(ServerAddress server, EventLoop loop, ConnectionListener listener) {
        String name = server.toString();
        Connection connection = transport.connect(server, loop, new ConnectionListener() {
            @Override
            public void onOpen() {
                listener.onOpen();
            }

            @Override
            public void onMessage(byte[] message) {
                trace.received(name, message);
                listener.onMessage(message);
            }

            @Override
            public void onPong(byte[] payload) {
                listener.onPong(payload);
            }

            @Override
            public void onClosed(Closure why) {
                listener.onClosed(why);
            }
        });
        return new Connection() {
            @Override
            public boolean send(byte[] message) {
                trace.sent(name, message);
                return connection.send(message);
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

    @Override
    public void close() {
        transport.close();
    }
}
