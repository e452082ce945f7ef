package io.websip.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.websip.kit.Await;
import io.websip.kit.RecordingListener;
import io.websip.transport.GuardedListener;
import io.websip.transport.ServerAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What cannot be seen from outside: how often is flushed, and what is held back for a peer that does not read. */
class FrameHandlerTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final NettyTransport transport = new NettyTransport();
    private final NettyEventLoop loop = new NettyEventLoop(transport, channel.eventLoop(), Runnable::run, closed -> {});
    private final RecordingListener listener = new RecordingListener(loop, Await::until);
    private final NettyConnection connection = new NettyConnection(
            ServerAddress.parse("ws://test.example"),
            channel.eventLoop(),
            new GuardedListener(loop, listener),
            NettyTransport.builder().maxQueuedBytes(100).checked());
    private int flushes;

    @BeforeEach
    void open() {
        FrameHandler handler = new FrameHandler(connection, Duration.ofSeconds(1));
        channel.pipeline()
                .addLast(new ChannelOutboundHandlerAdapter() {
                    @Override
                    public void flush(ChannelHandlerContext ctx) {
                        flushes++;
                        ctx.flush();
                    }
                })
                .addLast(handler);
        connection.opened(handler);
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
        transport.close();
        listener.assertPromisesKept();
    }

    @Test
    void whatIsSentWhileReadingIsFlushedOnce() {
        listener.whenMessage(message -> assertThat(connection.send(message)).isTrue());
        channel.writeInbound(new TextWebSocketFrame("a"), new TextWebSocketFrame("b"), new TextWebSocketFrame("c"));
        assertThat(flushes).isEqualTo(1);
        assertThat(channel.outboundMessages()).hasSize(3);
    }

    @Test
    void onlyTheLatestPingIsAnsweredOnceThePeerReadsAgain() {
        writable(false);
        for (String payload : new String[] {"1", "2", "3"}) {
            channel.writeInbound(new PingWebSocketFrame(Unpooled.copiedBuffer(payload, StandardCharsets.UTF_8)));
        }
        assertThat(channel.outboundMessages()).isEmpty();
        writable(true);
        channel.runPendingTasks();
        WebSocketFrame pong = channel.readOutbound();
        assertThat(pong).isInstanceOf(PongWebSocketFrame.class);
        assertThat(pong.content().toString(StandardCharsets.UTF_8)).isEqualTo("3");
        pong.release();
        assertThat(channel.outboundMessages()).isEmpty();
    }

    private void writable(boolean writable) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
        channel.runPendingTasks();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
