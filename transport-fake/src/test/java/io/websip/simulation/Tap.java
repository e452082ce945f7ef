package io.websip.simulation;

import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import io.websip.transport.Connection;
import io.websip.transport.ConnectionListener;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** The transport of one agent: shows a {@link Watch} all that goes by, and lends loops whose clocks go wrong. */
final class Tap implements Transport {
    private final Transport transport;
    private final Watch watch;
    private final double rate;
    private final ToIntFunction<ServerAddress> numbers;
    private final Runnable lent;
    private final Consumer<byte[]> lies;

    /**
     * A tap.
     *
     * @param rate of the agent's clock
     * @param numbers for the connections
     * @param lent told of each loop
     * @param lies told of what has come
     */
    Tap(
            Transport transport,
            Watch watch,
            double rate,
            ToIntFunction<ServerAddress> numbers,
            Runnable lent,
            Consumer<byte[]> lies) {
        this.transport = transport;
        this.watch = watch;
        this.rate = rate;
        this.numbers = numbers;
        this.lent = lent;
        this.lies = lies;
    }

    @Override
    public EventLoop newEventLoop() {
        lent.run();
        return new RatedLoop(transport.newEventLoop(), rate);
    }

    @Override
    public Connection connect(ServerAddress server, EventLoop loop, ConnectionListener listener) {
        int number = numbers.applyAsInt(server);
        Connection connection = transport.connect(server, ((RatedLoop) loop).beneath(), new Listener(number, listener));
        return new Tapped(number, connection);
    }

    @Override
    public void close() {
        transport.close();
    }

    private final class Listener implements ConnectionListener {
        private final int number;
        private final ConnectionListener listener;

        Listener(int number, ConnectionListener listener) {
            this.number = number;
            this.listener = listener;
        }

        @Override
        public void onOpen() {
            watch.opened(number);
            listener.onOpen();
        }

        @Override
        public void onMessage(byte[] message) {
            watch.received(number, message.clone());
            lies.accept(message);
            listener.onMessage(message);
        }

        @Override
        public void onPong(byte[] payload) {
            listener.onPong(payload);
        }

        @Override
        public void onClosed(Closure why) {
            watch.closed(number);
            listener.onClosed(why);
        }
    }

    private final class Tapped implements Connection {
        private final int number;
        private final Connection connection;

        Tapped(int number, Connection connection) {
            this.number = number;
            this.connection = connection;
        }

        @Override
        public boolean send(byte[] message) {
            boolean taken = connection.send(message);
            if (taken) {
                watch.sent(number, message.clone());
            }
            return taken;
        }

        @Override
        public void ping(byte[] payload) {
            watch.pinged(number);
            connection.ping(payload);
        }

        @Override
        public void close(int code, String reason) {
            watch.closed(number);
            connection.close(code, reason);
        }

        @Override
        public void abort() {
            watch.closed(number);
            connection.abort();
        }
    }
}
