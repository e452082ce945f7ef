package io.websip.transport.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.proxy.ProxyConnectionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.websip.transport.ServerAddress;
import io.websip.transport.socket.Redirection;
import io.websip.transport.socket.TransportSettings;

/**
 * The opening handshake on a socket that is connected (RFC 6455 section 4.1): TLS if wanted, the upgrade request, and the
 * judgement on its answer. Confined to the loop.
 */
final class UpgradeHandler extends ChannelInboundHandlerAdapter {
    private final Opening opening;
    private final ServerAddress server;
    private final SipHandshaker handshaker;

    UpgradeHandler(Opening opening, ServerAddress server, TransportSettings settings) {
        this.opening = opening;
        this.server = server;
        this.handshaker = new SipHandshaker(server, settings);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (!server.secure()) {
            handshaker.handshake(ctx.channel());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!opening.isAt(ctx.channel())) {
            return;
        }
        if (event instanceof ProxyConnectionEvent) {
            opening.reached();
        } else if (event instanceof SslHandshakeCompletionEvent tls) {
            if (tls.isSuccess()) {
                handshaker.handshake(ctx.channel());
            } else {
                opening.failedTls(tls.cause());
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        try {
            if (!opening.isAt(ctx.channel())) {
                return;
            }
            if (msg instanceof HttpObject http && http.decoderResult().isFailure()) {
                opening.noHttp(http.decoderResult().cause());
                return;
            }
            if (msg instanceof HttpResponse response) {
                judge(ctx, response);
            }
        } finally {
            ReferenceCountUtil.release(msg);
        }
    }

    /** Judges by the head alone: a body may never end, and what Netty takes for the body of a 101 may be frames. */
    private void judge(ChannelHandlerContext ctx, HttpResponse response) {
        HttpResponseStatus status = response.status();
        if (status.code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
            upgrade(ctx, response);
        } else if (status.codeClass() != HttpStatusClass.INFORMATIONAL) {
            String retryAfter = response.headers().get(HttpHeaderNames.RETRY_AFTER);
            String location = response.headers().get(HttpHeaderNames.LOCATION);
            opening.refused(
                    status.code(), Redirection.reason(status.code(), status.reasonPhrase(), location), retryAfter);
        }
    }

    private void upgrade(ChannelHandlerContext ctx, HttpResponse response) {
        try {
            handshaker.finishHandshake(
                    ctx.channel(),
                    new DefaultFullHttpResponse(
                            response.protocolVersion(),
                            response.status(),
                            Unpooled.EMPTY_BUFFER,
                            response.headers(),
                            EmptyHttpHeaders.INSTANCE));
        } catch (WebSocketHandshakeException e) {
            String rule = e.getMessage();
            opening.refused(response.status().code(), rule == null ? "handshake is wrong" : rule, null);
            return;
        }
        FrameHandler frames = opening.newFrameHandler();
        handshaker.addMessageCodecs(ctx.pipeline());
        ctx.pipeline().addLast(frames).remove(this);
        opening.done(frames);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (opening.isAt(ctx.channel())) {
            opening.broke(cause);
        }
    }
}
