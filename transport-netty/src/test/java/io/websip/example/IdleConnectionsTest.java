package io.websip.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.kit.Await;
import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import io.websip.transport.Connection;
import io.websip.transport.ConnectionListener;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import io.websip.transport.jetty.JettyTransport;
import io.websip.transport.netty.NettyTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many connections that are silent, in one JVM: they need heap and a file each, but no thread. {@code -Dwebsip.idle=10000} sets how
 * many; what they took is printed.
 */
class IdleConnectionsTest {
    private static final int COUNT = Integer.getInteger("websip.idle", 300);

    /** Fewer than the peer's queue has room for. */
    private static final int AT_A_TIME = 500;

    private static final int MOST_THREADS = 24;
    private static final Duration CEILING = Duration.ofSeconds(60);

    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(strings = {"netty", "jetty"})
    @Timeout(300)
    void manyIdleConnectionsNeedNoThreadEach(String name) throws IOException {
        Process peer = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        "target/test-classes",
                        IdlePeer.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = peer.inputReader();
                Transport transport = name.equals("jetty") ? new JettyTransport() : new NettyTransport()) {
            ServerAddress address = ServerAddress.parse("ws://127.0.0.1:" + out.readLine() + "/");
            int threads = Thread.getAllStackTraces().size();
            List<Connection> connections = new ArrayList<>(connect(1, transport, address)); // and loads all classes
            long heap = usedHeap();
            long start = System.nanoTime();
            while (connections.size() <= COUNT) {
                int more = Math.min(AT_A_TIME, COUNT + 1 - connections.size());
                connections.addAll(connect(more, transport, address));
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            long bytes = (usedHeap() - heap) / COUNT;
            int more = Thread.getAllStackTraces().size() - threads;
            System.out.printf(
                    "%s: %,d idle connections: opened in %,d ms, %,d bytes of heap each, %d threads%n",
                    name, COUNT, millis, bytes, more);
            assertThat(more).isLessThan(MOST_THREADS);
            assertThat(closed).hasValue(0);
            assertThat(connections).allMatch(each -> each.send(new byte[] {'x'}));
        } finally {
            peer.destroy();
        }
    }

    private List<Connection> connect(int count, Transport transport, ServerAddress address) {
        int goal = opened.get() + count;
        List<Connection> made = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            EventLoop loop = transport.newEventLoop();
            made.add(transport.connect(address, loop, new Counting()));
        }
        Await.until(count + " connections", CEILING, () -> opened.get() == goal || closed.get() > 0);
        assertThat(closed).as("connections that failed").hasValue(0);
        return made;
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private final class Counting implements ConnectionListener {
        @Override
        public void onOpen() {
            opened.incrementAndGet();
        }

        @Override
        public void onMessage(byte[] message) {}

        @Override
        public void onPong(byte[] payload) {}

        @Override
        public void onClosed(Closure why) {
            closed.incrementAndGet();
        }
    }
}
