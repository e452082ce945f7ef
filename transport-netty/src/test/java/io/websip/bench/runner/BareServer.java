package io.websip.bench.runner;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * The least that a server can be, in a JVM of its own, so that the clients are what is measured: at {@code /} it answers each
 * request with a 200, at {@code /echo/N} each frame with its first N bytes. Prints its port, and ends when its input does.
 */
public final class BareServer {
    private static final byte[] STATUS_LINE = ascii("SIP/2.0 200 OK\r\n");
    private static final byte[] TAG = ascii(";tag=bare\r\n");
    private static final byte[] END = ascii("Content-Length: 0\r\n\r\n");
    private static final int BACKLOG = 1_000;

    private BareServer() {}

    /** Serves until the input ends. */
    public static void main(String[] args) throws IOException {
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        Channel listening = listen(group);
        System.out.println(((InetSocketAddress) listening.localAddress()).getPort());
        while (System.in.read() != -1) {
            // Nothing is to be said to it.
        }
        group.shutdownGracefully();
    }

    static Channel listen(MultiThreadIoEventLoopGroup group) {
        return new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(65_536))
                                .addLast(new WebSocketServerProtocolHandler(WebSocketServerProtocolConfig.newBuilder()
                                        .websocketPath("/")
                                        .checkStartsWith(true)
                                        .subprotocols("sip")
                                        .build()))
                                .addLast(new Answering());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static final class Answering extends SimpleChannelInboundHandler<WebSocketFrame> {
        private int echo; // 0 for SIP

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete done
                    && done.requestUri().startsWith("/echo/")) {
                echo = Integer.parseInt(done.requestUri().substring("/echo/".length()));
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            if (frame instanceof TextWebSocketFrame) {
                ByteBuf message = frame.content();
                ByteBuf answer = echo > 0 ? message.readRetainedSlice(echo) : ok(context, message);
                context.write(new TextWebSocketFrame(answer));
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /** Via, From, To, Call-ID and CSeq as they came, a tag, and for a REGISTER its Contact. */
    private static ByteBuf ok(ChannelHandlerContext context, ByteBuf request) {
        ByteBuf out = context.alloc().buffer(request.readableBytes()).writeBytes(STATUS_LINE);
        boolean register = request.getByte(request.readerIndex()) == 'R';
        int end = request.writerIndex();
        int line = request.indexOf(request.readerIndex(), end, (byte) '\n') + 1;
        for (int next; (next = request.indexOf(line, end, (byte) '\n') + 1) > line + 2; line = next) {
            switch (request.getByte(line) << 8 | request.getByte(line + 1)) {
                case 'V' << 8 | 'i', 'F' << 8 | 'r', 'C' << 8 | 'a', 'C' << 8 | 'S' ->
                    out.writeBytes(request, line, next - line);
                case 'T' << 8 | 'o' ->
                    out.writeBytes(request, line, next - 2 - line).writeBytes(TAG);
                case 'C' << 8 | 'o' -> {
                    if (register && request.getByte(line + "Cont".length()) == 'a') {
                        out.writeBytes(request, line, next - line);
                    }
                }
                default -> {}
            }
        }
        return out.writeBytes(END);
    }
}
