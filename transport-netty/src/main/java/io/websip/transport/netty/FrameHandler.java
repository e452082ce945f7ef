package io.websip.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.websip.transport.Closure;
import io.websip.transport.Utf8;
import io.websip.transport.socket.Frames;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An open connection: whole frames in both directions, pings, and the closing handshake (RFC 6455 section 7). Confined to
 * the loop.
 */
final class FrameHandler extends ChannelInboundHandlerAdapter {
    private final NettyConnection connection;
    private final long closeNanos;

    @SuppressWarnings("NullAway.Init") // set as soon as the handler is in a pipeline
    private ChannelHandlerContext ctx;

    private boolean reading;
    private boolean flushWanted;
    private Closure.@Nullable Closed said;
    private @Nullable ByteBuf owedPong;
    private @Nullable Throwable trouble;

    FrameHandler(NettyConnection connection, Duration closeTimeout) {
        this.connection = connection;
        this.closeNanos = TimeUnit.NANOSECONDS.convert(closeTimeout);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    // ---- out ----

    /** Writes what other threads queued. */
    void writeQueued() {
        for (WebSocketFrame frame = connection.outbox().poll();
                frame != null;
                frame = connection.outbox().poll()) {
            write(frame);
        }
    }

    /** Writes a frame whose bytes are counted in the outbox. */
    void write(WebSocketFrame frame) {
        int charge = Math.max(1, frame.content().readableBytes());
        if (said != null) {
            // After our close frame nothing may follow (RFC 6455 section 5.5.1).
            frame.release();
            connection.outbox().release(charge);
            return;
        }
        ctx.write(frame).addListener(written -> connection.outbox().release(charge));
    }

    /**
     * Flushes once what is being read is dealt with, or else the tasks that already wait: each flush is a system call, and
     * those that come together share one.
     */
    void flushSoon() {
        if (flushWanted) {
            return;
        }
        flushWanted = true;
        if (!reading) {
            ctx.executor().execute(this::flushIfWanted);
        }
    }

    void flushNow() {
        flushWanted = false;
        ctx.flush();
    }

    /** Our close frame, if one was sent. */
    Closure.@Nullable Closed said() {
        return said;
    }

    /** Closes in an orderly way, with what was queued before the close frame. */
    void close(int code, String reason) {
        if (said == null) {
            writeQueued();
            sayGoodbye(new Closure.Closed(code, reason), new CloseWebSocketFrame(code, reason));
        }
    }

    private void flushIfWanted() {
        if (flushWanted) {
            flushNow();
        }
    }

    private void sayGoodbye(Closure.Closed goodbye, CloseWebSocketFrame frame) {
        connection.closing();
        said = goodbye;
        ctx.write(frame);
        flushNow();
        // The socket stays open for the peer's answer, or for the end of what it is still sending: to close it with
        // bytes
        // unread would reset it, and the peer might never see our close frame.
        var limit = ctx.executor().schedule(connection::cut, closeNanos, TimeUnit.NANOSECONDS);
        ctx.channel().closeFuture().addListener(closed -> limit.cancel(false));
    }

    // ---- in ----

    @Override
    public void channelRead(ChannelHandlerContext context, Object msg) {
        reading = true;
        try {
            if (!connection.isOver()) {
                frame(msg);
            }
        } finally {
            ReferenceCountUtil.release(msg);
        }
    }

    private void frame(Object msg) {
        if (msg instanceof TextWebSocketFrame text) {
            byte[] message = ByteBufUtil.getBytes(text.content());
            if (Utf8.isValid(message)) {
                connection.listener().onMessage(message);
            } else {
                fail(1007, "a text message is not valid UTF-8");
            }
        } else if (msg instanceof BinaryWebSocketFrame binary) {
            connection.listener().onMessage(ByteBufUtil.getBytes(binary.content()));
        } else if (msg instanceof PingWebSocketFrame ping) {
            pong(ping.content());
        } else if (msg instanceof PongWebSocketFrame pong) {
            connection.listener().onPong(ByteBufUtil.getBytes(pong.content()));
        } else if (msg instanceof CloseWebSocketFrame close) {
            closed(close.content());
        }
    }

    private void pong(ByteBuf payload) {
        if (said != null) {
            return;
        }
        if (ctx.channel().isWritable()) {
            ctx.write(new PongWebSocketFrame(payload.retain()));
            flushSoon();
        } else {
            // A peer that pings and does not read must not fill our memory: only the latest ping needs its pong
            // (RFC 6455 section 5.5.3).
            dropOwedPong();
            owedPong = payload.retain();
        }
    }

    private void closed(ByteBuf body) {
        if (!body.isReadable()) {
            peerClosed(new Closure.Closed(1005, ""), new CloseWebSocketFrame());
            return;
        }
        int code = body.getUnsignedShort(body.readerIndex());
        byte[] reason = ByteBufUtil.getBytes(body, body.readerIndex() + 2, body.readableBytes() - 2);
        if (!Frames.mayBeReceived(code)) {
            fail(1002, "close code " + code + " is not allowed in a frame");
        } else if (!Utf8.isValid(reason)) {
            fail(1007, "a close reason is not valid UTF-8");
        } else {
            peerClosed(
                    new Closure.Closed(code, new String(reason, StandardCharsets.UTF_8)),
                    new CloseWebSocketFrame(code, ""));
        }
    }

    private void peerClosed(Closure.Closed why, CloseWebSocketFrame answer) {
        if (said == null) {
            sayGoodbye(why, answer);
        } else {
            answer.release();
        }
        connection.over(why);
    }

    private void fail(int code, String rule) {
        Closure.Closed why = said;
        if (why == null) {
            why = new Closure.Closed(code, rule);
            sayGoodbye(why, new CloseWebSocketFrame(code, rule));
        }
        connection.over(why);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        reading = false;
        flushIfWanted();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        ByteBuf payload = owedPong;
        if (payload != null && ctx.channel().isWritable() && said == null) {
            owedPong = null;
            ctx.write(new PongWebSocketFrame(payload));
            flushSoon();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException broken) {
            String rule = broken.getMessage();
            fail(
                    broken.closeStatus().code(),
                    rule == null ? broken.closeStatus().reasonText() : rule);
        } else if (cause instanceof TooLongFrameException) {
            fail(1009, "a message is too long");
        } else {
            trouble = cause;
            connection.cut();
        }
    }

    /** The socket is closed, by whomever. */
    void channelClosed() {
        dropOwedPong();
        if (said != null) {
            connection.over(said);
        } else if (trouble != null) {
            IOException broken = new IOException(
                    "connection to " + connection.server() + " broke: " + trouble.getMessage(), trouble);
            connection.over(new Closure.Failed(broken));
        } else {
            connection.over(new Closure.Failed(
                    new EOFException("connection to " + connection.server() + " ended without a close frame")));
        }
        // Frees what came between.
        writeQueued();
    }

    private void dropOwedPong() {
        if (owedPong != null) {
            owedPong.release();
            owedPong = null;
        }
    }
}
