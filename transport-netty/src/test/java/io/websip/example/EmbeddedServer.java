package io.websip.example;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.websip.loop.EventLoop;
import io.websip.trace.WireMessage;
import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import io.websip.transport.Utf8;
import io.websip.transport.fake.ServerConnection;
import io.websip.transport.fake.sip.FakeSipServer;
import io.websip.transport.fake.sip.FakeSipServerBuilder;
import io.websip.transport.netty.NettyTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The fake's SIP server behind a real WebSocket on the loopback interface, so that foreign clients can use it too. */
final class EmbeddedServer implements AutoCloseable {
    private static final int MAX_MESSAGE_BYTES = 1 << 20;

    /**
     * How it is set up.
     *
     * @param users names and passwords
     */
    record Options(int port, String domain, boolean noAuth, Map<String, String> users) {
        Options(int port, String domain, boolean noAuth) {
            this(port, domain, noAuth, new LinkedHashMap<>());
        }
    }

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final NettyTransport loops;
    private final EventLoop loop;
    private final FakeSipServer handler;
    private final @Nullable TracePrinter trace;
    private final Channel listening;
    private final ChannelGroup clients = new DefaultChannelGroup(group.next());

    private EmbeddedServer(Options options, @Nullable TracePrinter trace) {
        this.loops = new NettyTransport();
        this.loop = loops.newEventLoop();
        this.trace = trace;
        FakeSipServerBuilder builder =
                FakeSipServer.behind(loop, false).domain(options.domain()).lenient();
        options.users().forEach(builder::user);
        if (options.noAuth()) {
            builder.noAuth();
        }
        this.handler = builder.start();
        this.listening = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        clients.add(channel);
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(65_536))
                                .addLast(new WebSocketServerProtocolHandler(WebSocketServerProtocolConfig.newBuilder()
                                        .websocketPath("/")
                                        .checkStartsWith(true)
                                        .subprotocols("sip")
                                        .maxFramePayloadLength(MAX_MESSAGE_BYTES)
                                        .build()))
                                .addLast(new WebSocketFrameAggregator(MAX_MESSAGE_BYTES))
                                .addLast(new Frames());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port()))
                .syncUninterruptibly()
                .channel();
    }

    static EmbeddedServer start(Options options, @Nullable TracePrinter trace) {
        return new EmbeddedServer(options, trace);
    }

    String url() {
        return "ws://127.0.0.1:" + ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** How many of the requests that have come it keeps, or of the responses if those are fewer. */
    int kept() {
        CompletableFuture<Integer> kept = new CompletableFuture<>();
        loop.execute(() -> kept.complete(
                Math.min(handler.requests().size(), handler.responses().size())));
        return kept.join();
    }

    /** Cuts all connections. */
    void cut() {
        clients.close();
    }

    @Override
    public void close() {
        if (group.isShuttingDown()) {
            return;
        }
        listening.close().syncUninterruptibly();
        group.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
        loop.close();
        loops.close();
    }

    /** One client: its frames go to the server's loop, the server's messages to the socket. */
    private final class Frames extends SimpleChannelInboundHandler<WebSocketFrame> implements ServerConnection {
        private volatile @Nullable Channel channel;
        private String peer = "";

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
                channel = context.channel();
                peer = String.valueOf(context.channel().remoteAddress());
                loop.execute(() -> handler.onOpen(this));
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            if (frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame) {
                byte[] message = ByteBufUtil.getBytes(frame.content());
                if (trace != null) {
                    show(trace, WireMessage.Direction.RECEIVED, message);
                }
                loop.execute(() -> handler.onMessage(this, message));
            }
        }

        private void show(TracePrinter printer, WireMessage.Direction direction, byte[] message) {
            printer.print(WireMessage.of(direction, ServerAddress.parse(url()), Instant.now(), message), peer);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (channel != null) {
                channel = null;
                loop.execute(() -> handler.onClosed(this, new Closure.Closed(1006, "")));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }

        @Override
        public boolean send(byte[] message) {
            Channel open = channel;
            if (open == null || !open.isActive()) {
                return false;
            }
            if (trace != null) {
                show(trace, WireMessage.Direction.SENT, message);
            }
            var content = Unpooled.wrappedBuffer(message);
            open.writeAndFlush(
                    Utf8.isValid(message) ? new TextWebSocketFrame(content) : new BinaryWebSocketFrame(content));
            return true;
        }

        @Override
        public void pong(byte[] payload) {
            Channel open = channel;
            if (open != null) {
                open.writeAndFlush(new PongWebSocketFrame(Unpooled.wrappedBuffer(payload)));
            }
        }

        @Override
        public void close(int code, String reason) {
            Channel open = channel;
            if (open != null) {
                open.writeAndFlush(new CloseWebSocketFrame(code, reason));
            }
        }

        @Override
        public void abort() {
            Channel open = channel;
            if (open != null) {
                open.close();
            }
        }

        @Override
        public boolean isOpen() {
            Channel open = channel;
            return open != null && open.isActive();
        }
    }
}
