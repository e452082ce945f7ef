package io.websip.example;

import io.websip.loop.EventLoop;
import io.websip.transport.Connection;
import io.websip.transport.ConnectionListener;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A transport whose loops count the timers that wait. */
final class CountedTimers implements Transport {
    private final Transport transport;
    private final AtomicInteger waiting = new AtomicInteger();

    CountedTimers(Transport transport) {
        this.transport = transport;
    }

    /** How many timers wait, those of closed loops aside. */
    int waiting() {
        return waiting.get();
    }

    @Override
    public EventLoop newEventLoop() {
        return new Loop(transport.newEventLoop());
    }

    @Override
    public Connection connect(ServerAddress server, EventLoop loop, ConnectionListener listener) {
        return transport.connect(server, ((Loop) loop).loop, listener);
    }

    @Override
    public void close() {
        transport.close();
    }

    private final class Loop implements EventLoop {
        final EventLoop loop;
        private final AtomicInteger own = new AtomicInteger();

        Loop(EventLoop loop) {
            this.loop = loop;
        }

        @Override
        public void execute(Runnable task) {
            loop.execute(task);
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            AtomicBoolean over = new AtomicBoolean();
            Timer timer = loop.schedule(delay, () -> {
                end(over);
                task.run();
            });
            count(1);
            return () -> {
                end(over);
                timer.cancel();
            };
        }

        private void end(AtomicBoolean over) {
            if (over.compareAndSet(false, true)) {
                count(-1);
            }
        }

        private void count(int change) {
            own.addAndGet(change);
            waiting.addAndGet(change);
        }

        @Override
        public long nanoTime() {
            return loop.nanoTime();
        }

        @Override
        public Instant now() {
            return loop.now();
        }

        @Override
        public boolean inLoop() {
            return loop.inLoop();
        }

        @Override
        public Executor callbackExecutor() {
            return loop.callbackExecutor();
        }

        @Override
        public void close() {
            loop.close();
            waiting.addAndGet(-own.getAndSet(0));
        }
    }
}
