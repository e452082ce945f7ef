package io.websip.transport.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Lets pass the one reserved bit that permessage-deflate gives a meaning: the first, on the first frame of a message (RFC
 * 7692 section 6). Netty's decoder checks none once there is an extension.
 */
final class ReservedBits extends ChannelInboundHandlerAdapter {
    static final int COMPRESSED = 0b100;

    @Override
    public void channelRead(ChannelHandlerContext context, Object msg) {
        if (msg instanceof WebSocketFrame frame && frame.rsv() != 0 && !isCompressed(frame)) {
            ReferenceCountUtil.release(msg);
            context.fireExceptionCaught(new CorruptedWebSocketFrameException(
                    WebSocketCloseStatus.PROTOCOL_ERROR, "reserved bits " + frame.rsv() + " have no meaning here"));
        } else {
            context.fireChannelRead(msg);
        }
    }

    private static boolean isCompressed(WebSocketFrame frame) {
        return frame.rsv() == COMPRESSED
                && (frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame);
    }
}
