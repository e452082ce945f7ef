package io.websip.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That every contestant's messages are answered, whatever they cost. */
class ContestantsTest {
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel server = BareServer.listen(group);

    @AfterEach
    void stop() {
        server.close().syncUninterruptibly();
        group.shutdownGracefully();
    }

    /** But jetty-raw-thread, whose library looks for the methods of its listeners and finds none in a module; see the benchmark. */
    @ParameterizedTest
    @CsvSource({
        "netty-agent-loop, /",
        "netty-agent-thread, /",
        "jetty-agent-thread, /",
        "netty-raw-loop, /echo/250",
        "netty-raw-gathered, /echo/250",
        "netty-raw-thread, /echo/250"
    })
    @Timeout(60)
    void keepsAWindowUnderWay(String name, String path) throws Exception {
        int port = ((InetSocketAddress) server.localAddress()).getPort();
        try (Contestant contestant = ContestantMain.contestant(name, "ws://127.0.0.1:" + port + path, "450")) {
            for (int window : new int[] {1, 64}) {
                Round round = new Track(contestant).run(window, Duration.ofMillis(20));
                assertThat(round.messages()).isGreaterThanOrEqualTo(window);
                assertThat(round.failures()).isZero();
                assertThat(round.p50()).isPositive().isLessThanOrEqualTo(round.p999());
                assertThat(Round.parse(round.line())).isEqualTo(round);
            }
        }
    }
}
