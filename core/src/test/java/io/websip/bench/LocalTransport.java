package io.websip.bench;

import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import io.websip.transport.Connection;
import io.websip.transport.ConnectionListener;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The least that a transport can be, so that what is measured over it is the engine: one queue for all loops, run by whoever
 * measures, in a time that stands still. The fake's loop, which remembers who gave each task, would cost more than the engine.
 */
final class LocalTransport implements Transport {
    /** What is at the other end of all connections. */
    interface Server {
        /** A message has come; called on no loop. */
        void onMessage(Line from, byte[] message);
    }

    private record Task(@Nullable Loop loop, Runnable work) {}

    private final Set<Object> timers = new HashSet<>(); // of all loops, as real ones share theirs; none is ever due
    private final Server server;
    private final Queue<Task> tasks = new ArrayDeque<>();
    private final List<Line> lines = new ArrayList<>();
    private @Nullable Loop running;

    LocalTransport(Server server) {
        this.server = server;
    }

    /** Runs all that waits, and what that makes wait. */
    void run() {
        for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
            running = task.loop;
            task.work.run();
        }
        running = null;
    }

    /** All connections that were made. */
    List<Line> lines() {
        return lines;
    }

    @Override
    public EventLoop newEventLoop() {
        return new Loop();
    }

    @Override
    public Connection connect(ServerAddress address, EventLoop loop, ConnectionListener listener) {
        Line line = new Line((Loop) loop, listener);
        lines.add(line);
        loop.execute(listener::onOpen);
        return line;
    }

    @Override
    public void close() {}

    /** One connection. */
    final class Line implements Connection {
        private final Loop loop;
        private final ConnectionListener listener;
        private boolean over;

        Line(Loop loop, ConnectionListener listener) {
            this.loop = loop;
            this.listener = listener;
        }

        /** Brings a message to the client. */
        void deliver(byte[] message) {
            loop.execute(() -> listener.onMessage(message));
        }

        @Override
        public boolean send(byte[] message) {
            tasks.add(new Task(null, () -> server.onMessage(this, message)));
            return true;
        }

        @Override
        public void ping(byte[] payload) {}

        @Override
        public void close(int code, String reason) {
            if (!over) {
                over = true;
                loop.execute(() -> listener.onClosed(new Closure.Closed(code, reason)));
            }
        }

        @Override
        public void abort() {
            close(1000, "");
        }
    }

    private final class Loop implements EventLoop {
        @Override
        public void execute(Runnable task) {
            tasks.add(new Task(this, task));
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            timers.add(task);
            return () -> timers.remove(task);
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public boolean inLoop() {
            return running == this;
        }

        @Override
        public Executor callbackExecutor() {
            return task -> tasks.add(new Task(null, task));
        }

        @Override
        public void close() {}
    }
}
