package io.websip.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which of Netty's ways to sockets is taken. */
class SocketIoTest {
    /** The tests have the classes of all three, as a program may have, and the library of the one that the build names. */
    @Test
    void theOneOfTheNativeArtifactIsTakenAndElseNio() {
        String named = System.getProperty("websip.sockets", "NIO");
        assertThat(SocketIo.best().name()).isEqualTo(named);
        EventLoopGroup own =
                new MultiThreadIoEventLoopGroup(1, SocketIo.best().newFactory().get());
        try {
            assertThat(SocketIo.of(own)).contains(SocketIo.best());
        } finally {
            own.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    @Test
    void anArtifactThatIsMissingIsPassedOver() {
        assertThat(SocketIo.ifThere("epoll", () -> {
                    throw new NoClassDefFoundError("io/netty/channel/epoll/Epoll");
                }))
                .isNull();
        assertThat(SocketIo.ifThere("epoll", () -> {
                    throw new UnsatisfiedLinkError("netty_transport_native_epoll_x86_64");
                }))
                .isNull();
    }

    @Test
    void aLentGroupSaysByWhichOneItRuns() {
        EventLoopGroup nio = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        EventLoopGroup local = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
        try {
            assertThat(SocketIo.of(nio)).contains(SocketIo.NIO);
            assertThat(SocketIo.of(local)).isEmpty();
        } finally {
            nio.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            local.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }
}
