package io.websip.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.kit.Await;
import io.websip.transport.jetty.JettyTransport;
import io.websip.transport.netty.NettyTransport;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Mixed traffic with reconnects, for as many seconds as {@code -Dwebsip.soak} says: afterwards there are no more threads, timers
 * and transactions, and no more heap, than after its first part.
 */
@EnabledIfSystemProperty(named = "websip.soak", matches = "[1-9]\\d*", disabledReason = "only by the profile soak")
class SoakTest {
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("websip.soak", 1));

    /** Longer than requests are remembered, 32 s. What grows to a bound, such as pools and caches, has done so by then. */
    private static final Duration WARM_UP = Duration.ofSeconds(40);

    private static final Duration STEP = Duration.ofSeconds(5);

    /** What the JVM keeps of its own. The agents begin anew before each look, since what they remember comes and goes. */
    private static final long BYTES_OF_SLACK = 4 << 20;

    private static final int THREADS_OF_SLACK = 8;

    private final Logger agentLog = Logger.getLogger("io.websip.agent");

    /** What is there when nothing is under way. */
    private record Rest(long heap, int threads, int timers) {
        static Rest of(CountedTimers timers) {
            System.gc();
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            return new Rest(
                    runtime.totalMemory() - runtime.freeMemory(),
                    Thread.getAllStackTraces().size(),
                    timers.waiting());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"netty", "jetty"})
    void everythingComesBackToItsStart(String name) {
        agentLog.setLevel(Level.OFF); // the program of the test is a careless one
        try (EmbeddedServer server = EmbeddedServer.start(SoakTraffic.options(), null);
                CountedTimers transport =
                        new CountedTimers(name.equals("jetty") ? new JettyTransport() : new NettyTransport())) {
            SoakTraffic traffic = new SoakTraffic(server, transport);
            traffic.start();
            traffic.run(WARM_UP);
            for (int kept = -1; server.kept() > kept; ) { // the server of the test keeps the last 10,000 for its tests
                kept = server.kept();
                traffic.run(STEP);
            }
            traffic.settle();
            traffic.restart();
            Rest start = Rest.of(transport);
            traffic.run(LENGTH);
            traffic.settle();
            traffic.restart();
            Await.until(
                    "the timers of the start, " + start,
                    Duration.ofSeconds(60),
                    () -> transport.waiting() <= start.timers());
            Await.until(
                    "the threads of the start, " + start,
                    Duration.ofSeconds(90), // an idle one waits for a minute
                    () -> Thread.getAllStackTraces().size() <= start.threads() + THREADS_OF_SLACK);
            Rest end = Rest.of(transport);
            System.out.printf("%s, %s: %s, then %s; %s%n", name, LENGTH, start, end, traffic.outcomes());
            assertThat(end.heap()).isLessThan(start.heap() + BYTES_OF_SLACK);
            assertThat(traffic.outcomes()).containsKeys("succeeded", "Busy", "Not Found", "Connection Error");
            traffic.stop();
            assertThat(transport.waiting()).isZero();
        } finally {
            agentLog.setLevel(null);
        }
    }
}
