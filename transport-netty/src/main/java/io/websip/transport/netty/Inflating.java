package io.websip.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageDecoder;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates messages (RFC 7692 section 7.2.2). A message is cut off as soon as it has become longer than may be received:
 * Netty's own decoder bounds a piece of a frame, but not a message, so that a few kilobytes could take all memory. Confined to
 * the loop.
 */
final class Inflating extends MessageToMessageDecoder<WebSocketFrame> {
    /** What the sender took away from the end of each message (RFC 7692 section 7.2.1). */
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    private static final int CHUNK_BYTES = 8 * 1024;

    private final int maxMessageBytes;
    private final Inflater inflater = new Inflater(true);
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private boolean withinCompressed;
    private boolean broken;
    private int inflatedBytes;

    Inflating(int maxMessageBytes) {
        super(WebSocketFrame.class);
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    protected void decode(ChannelHandlerContext context, WebSocketFrame frame, List<Object> out) {
        if (broken) {
            return;
        }
        boolean first = frame.rsv() == ReservedBits.COMPRESSED;
        if (!first && !(withinCompressed && frame instanceof ContinuationWebSocketFrame)) {
            out.add(frame.retain());
            return;
        }
        if (first) {
            inflatedBytes = 0;
        }
        withinCompressed = !frame.isFinalFragment();
        ByteBuf inflated = context.alloc().buffer();
        boolean whole = false;
        try {
            inflate(ByteBufUtil.getBytes(frame.content()), inflated);
            if (frame.isFinalFragment()) {
                inflate(TAIL, inflated);
            }
            whole = true;
        } finally {
            if (!whole) {
                broken = true;
                inflated.release();
            }
        }
        out.add(likeness(frame, inflated));
    }

    private void inflate(byte[] deflated, ByteBuf into) {
        inflater.setInput(deflated);
        try {
            while (!inflater.needsInput()) {
                int bytes = inflater.inflate(chunk);
                inflatedBytes += bytes;
                if (inflatedBytes > maxMessageBytes) {
                    throw new TooLongFrameException("a message is too long once it is inflated");
                }
                into.writeBytes(chunk, 0, bytes);
                if (inflater.finished()) {
                    goOnAfterLastBlock(deflated);
                } else if (bytes == 0 && inflater.needsDictionary()) {
                    throw corrupt("a dictionary is asked for");
                }
            }
        } catch (DataFormatException e) {
            throw corrupt(String.valueOf(e.getMessage()));
        }
    }

    /** A sender may mark a block as the last one of its stream and begin another (RFC 7692 section 7.2.3.4). */
    private void goOnAfterLastBlock(byte[] deflated) {
        int left = inflater.getRemaining();
        inflater.reset();
        inflater.setInput(deflated, deflated.length - left, left);
    }

    private static CorruptedWebSocketFrameException corrupt(String why) {
        return new CorruptedWebSocketFrameException(
                WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "a compressed message cannot be inflated: " + why);
    }

    private static WebSocketFrame likeness(WebSocketFrame frame, ByteBuf content) {
        if (frame instanceof TextWebSocketFrame) {
            return new TextWebSocketFrame(frame.isFinalFragment(), 0, content);
        }
        return frame instanceof BinaryWebSocketFrame
                ? new BinaryWebSocketFrame(frame.isFinalFragment(), 0, content)
                : new ContinuationWebSocketFrame(frame.isFinalFragment(), 0, content);
    }

    /** Frees what zlib holds outside the heap. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        inflater.end();
    }
}
