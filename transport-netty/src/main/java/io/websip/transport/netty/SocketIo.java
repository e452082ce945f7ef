package io.websip.transport.netty;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandle;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringSocketChannel;
import io.websip.internal.log.GuardedLogger;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A way in which Netty reaches sockets: NIO, or one of its native ones where the program has that artifact. Immutable.
 *
 * @param name for a message
 * @param handle what a loop must be able to carry
 * @param channel the class of its sockets
 * @param newFactory makes what runs on a loop of our own
 */
record SocketIo(
        String name,
        Class<? extends IoHandle> handle,
        Class<? extends SocketChannel> channel,
        Supplier<IoHandlerFactory> newFactory) {
    static final SocketIo NIO =
            new SocketIo("NIO", NioIoHandle.class, NioSocketChannel.class, NioIoHandler::newFactory);

    private static final System.Logger LOG = GuardedLogger.of("io.websip.transport.netty");

    /**
     * Found out once, with the first transport. io_uring is behind the others, and so is taken only where it is the only one
     * there: by it a connection that is reset, or flooded with pings, has at times been seen to stand still.
     */
    private static final class Found {
        static final List<SocketIo> ALL = Stream.of(
                        ifThere("epoll", SocketIo::epoll),
                        ifThere("kqueue", SocketIo::kqueue),
                        ifThere("io_uring", SocketIo::ioUring),
                        NIO)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The best that this program and this machine have. */
    static SocketIo best() {
        return Found.ALL.get(0);
    }

    /** The one by which a lent group runs; empty if we know none. */
    static Optional<SocketIo> of(EventLoopGroup lent) {
        return Found.ALL.stream()
                .filter(io -> lent instanceof IoEventLoopGroup group && group.isCompatible(io.handle))
                .findFirst();
    }

    /** Null where the artifact is missing, or its library does not run here. */
    static @Nullable SocketIo ifThere(String name, Supplier<@Nullable SocketIo> look) {
        try {
            return look.get();
        } catch (LinkageError e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "Netty's " + name + " is not there: " + e);
            return null;
        }
    }

    private static @Nullable SocketIo ioUring() {
        return IoUring.isAvailable()
                ? new SocketIo(
                        "io_uring", IoUringIoHandle.class, IoUringSocketChannel.class, IoUringIoHandler::newFactory)
                : null;
    }

    private static @Nullable SocketIo epoll() {
        return Epoll.isAvailable()
                ? new SocketIo("epoll", EpollIoHandle.class, EpollSocketChannel.class, EpollIoHandler::newFactory)
                : null;
    }

    private static @Nullable SocketIo kqueue() {
        return KQueue.isAvailable()
                ? new SocketIo("kqueue", KQueueIoHandle.class, KQueueSocketChannel.class, KQueueIoHandler::newFactory)
                : null;
    }
}
