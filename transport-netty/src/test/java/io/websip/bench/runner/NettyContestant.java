package io.websip.bench.runner;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Netty's WebSocket alone, whose frames are echoed: what the machine allows. Each frame is flushed, as nearly every program
 * does; or those that answer what was read at once are flushed together, which is the least that it can cost.
 */
final class NettyContestant implements Contestant {
    /** How Netty reaches them: natively where it can, as the agents' transport does. */
    static final String SOCKETS = Epoll.isAvailable() ? "epoll" : "NIO";

    private final MultiThreadIoEventLoopGroup group;
    private final Channel channel;
    private final ByteBuf frame;
    private final boolean onLoop;
    private final boolean gathered;
    private final Queue<BiConsumer<@Nullable Object, @Nullable Throwable>> waiting = new ConcurrentLinkedQueue<>();

    /**
     * A client of an echo.
     *
     * @param size of each frame
     * @param gathered whether flushes are
     */
    NettyContestant(URI url, int size, boolean onLoop, boolean gathered) throws InterruptedException {
        IoHandlerFactory io = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.group = new MultiThreadIoEventLoopGroup(1, io);
        this.frame = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(new byte[size]));
        this.onLoop = onLoop;
        this.gathered = gathered;
        CountDownLatch open = new CountDownLatch(1);
        this.channel = new Bootstrap()
                .group(group)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel fresh) {
                        fresh.pipeline()
                                .addLast(new HttpClientCodec())
                                .addLast(new HttpObjectAggregator(8_192))
                                .addLast(new WebSocketClientProtocolHandler(WebSocketClientProtocolConfig.newBuilder()
                                        .webSocketUri(url)
                                        .subprotocol("sip")
                                        .build()))
                                .addLast(new Answers(open));
                    }
                })
                .connect(url.getHost(), url.getPort())
                .sync()
                .channel();
        open.await();
    }

    private final class Answers extends SimpleChannelInboundHandler<WebSocketFrame> {
        private final CountDownLatch open;

        Answers(CountDownLatch open) {
            this.open = open;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == WebSocketClientProtocolHandler.ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
                open.countDown();
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame answer) {
            waiting.remove().accept(answer, null);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }

    @Override
    public void send(int place, BiConsumer<@Nullable Object, @Nullable Throwable> answered) {
        waiting.add(answered); // all sends come from one thread, and answers in the order of the requests
        TextWebSocketFrame message = new TextWebSocketFrame(frame.duplicate());
        if (gathered && channel.eventLoop().inEventLoop()) {
            channel.write(message);
        } else {
            channel.writeAndFlush(message);
        }
    }

    @Override
    public boolean chained() {
        return onLoop;
    }

    @Override
    public String sizes() {
        return frame.readableBytes() + " 0";
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        group.shutdownGracefully();
    }
}
