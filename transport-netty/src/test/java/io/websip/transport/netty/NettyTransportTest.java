package io.websip.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.websip.kit.Await;
import io.websip.kit.RawWebSocketServer;
import io.websip.kit.RecordingListener;
import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is Netty's own: settings, threads, the lent group. The promises of the port are in the contract's tests. */
class NettyTransportTest {
    static Stream<Arguments> badSettings() {
        return Stream.of(
                bad(b -> b.connectTimeout(Duration.ZERO), "connectTimeout is PT0S but must be longer than zero"),
                bad(b -> b.handshakeTimeout(Duration.ofMillis(-1)), "handshakeTimeout is PT-0.001S"),
                bad(b -> b.closeTimeout(Duration.ZERO), "closeTimeout is PT0S"),
                bad(b -> b.maxMessageBytes(0), "maxMessageBytes is 0 but must be at least 1"),
                bad(b -> b.maxQueuedBytes(-5), "maxQueuedBytes is -5"),
                bad(b -> b.threads(0), "threads is 0"));
    }

    private static Arguments bad(Consumer<NettyTransport.Builder> setting, String message) {
        return Arguments.of(setting, message);
    }

    @ParameterizedTest
    @MethodSource("badSettings")
    void aBadSettingIsRefusedWithItsNameValueAndRule(Consumer<NettyTransport.Builder> setting, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setting.accept(NettyTransport.builder()))
                .withMessageContaining(message);
    }

    @Test
    void aGroupThatDoesNotRunNioIsRefused() {
        EventLoopGroup local = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
        try {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> NettyTransport.builder().eventLoopGroup(local))
                    .withMessageContaining("must run NIO");
        } finally {
            local.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    @Test
    void threadsAndALentGroupExcludeEachOther() {
        EventLoopGroup group = nioGroup();
        try {
            NettyTransport.Builder both = NettyTransport.builder().threads(2).eventLoopGroup(group);
            assertThatIllegalArgumentException().isThrownBy(both::build).withMessageContaining("threads is 2");
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    @Test
    void threadsStartWhenTheyAreNeededAndAreDaemonsAndGoneAfterClose() {
        Set<Thread> before = websipThreads();
        NettyTransport transport = NettyTransport.builder().threads(2).build();
        EventLoop loop = transport.newEventLoop();
        assertThat(startedSince(before)).isEmpty();
        RecordingListener listener = new RecordingListener(loop, Await::until);
        try (RawWebSocketServer server = RawWebSocketServer.plain()) {
            transport.connect(server.address("localhost", "/"), loop, listener);
            server.accept().open();
            listener.awaitOpen();
        }
        assertThat(startedSince(before))
                .hasSize(2)
                .allMatch(Thread::isDaemon)
                .extracting(Thread::getName)
                .anyMatch(name -> name.matches("websip-netty-\\d+"))
                .anyMatch(name -> name.matches("websip-netty-callback-\\d+"));
        transport.close();
        listener.awaitClosed();
        Await.until("the end of all threads", () -> startedSince(before).isEmpty());
    }

    @Test
    void aLentGroupIsLeftAlone() throws Exception {
        EventLoopGroup group = nioGroup();
        try {
            NettyTransport transport =
                    NettyTransport.builder().eventLoopGroup(group).build();
            EventLoop loop = transport.newEventLoop();
            RecordingListener listener = new RecordingListener(loop, Await::until);
            try (RawWebSocketServer server = RawWebSocketServer.plain()) {
                transport.connect(server.address(), loop, listener);
                server.accept().open();
                listener.awaitOpen();
                transport.close();
                listener.awaitClosed(Closure.Failed.class);
            }
            assertThat(group.isShuttingDown()).isFalse();
            assertThat(group.submit(() -> "alive").get(10, TimeUnit.SECONDS)).isEqualTo("alive");
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    @Test
    void aTransportOnALentGroupMayBeClosedOnItsLoop() {
        EventLoopGroup group = nioGroup();
        try {
            NettyTransport transport =
                    NettyTransport.builder().eventLoopGroup(group).build();
            EventLoop loop = transport.newEventLoop();
            RecordingListener listener = new RecordingListener(loop, Await::until);
            try (RawWebSocketServer server = RawWebSocketServer.plain()) {
                transport.connect(server.address(), loop, listener);
                server.accept().readRequest();
                loop.execute(transport::close);
                listener.awaitClosed(Closure.Failed.class);
            }
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private static EventLoopGroup nioGroup() {
        return new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    }

    static Set<Thread> websipThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("websip-netty"))
                .collect(Collectors.toSet());
    }

    static Set<Thread> startedSince(Set<Thread> before) {
        Set<Thread> now = new HashSet<>(websipThreads());
        now.removeAll(before);
        return now;
    }
}
