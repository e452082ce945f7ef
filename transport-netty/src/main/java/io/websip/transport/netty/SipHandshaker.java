package io.websip.transport.netty;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.websip.transport.ServerAddress;
import io.websip.transport.socket.TransportSettings;
import io.websip.transport.socket.UpgradeHeaders;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Netty's handshake for the subprotocol {@code sip} (RFC 7118 section 4.1), with each broken rule named, and the codecs
 * that follow it: strict, masked with strong keys, and without close frames of their own.
 */
final class SipHandshaker extends WebSocketClientHandshaker13 {
    private static final String SUBPROTOCOL = "sip";

    /** For {@link URI}, which knows no host with an underscore; the Host header is ours. */
    private static final String STAND_IN = "ws://server.invalid";

    private final String host;
    private final UpgradeHeaders extra;
    private final @Nullable Deflate deflate;

    SipHandshaker(ServerAddress server, TransportSettings settings) {
        super(
                URI.create(STAND_IN + server.resource()),
                WebSocketVersion.V13,
                SUBPROTOCOL,
                false,
                new DefaultHttpHeaders(),
                settings.maxMessageBytes());
        this.host = hostAndPort(server);
        this.extra = settings.upgrade();
        this.deflate = settings.compression() ? new Deflate() : null;
    }

    private static String hostAndPort(ServerAddress server) {
        boolean usual = server.port() == (server.secure() ? 443 : 80);
        return usual ? server.host() : server.host() + ":" + server.port();
    }

    @Override
    protected FullHttpRequest newHandshakeRequest() {
        FullHttpRequest request = super.newHandshakeRequest();
        request.headers().set(HttpHeaderNames.HOST, host);
        // Only a browser owes an Origin (RFC 6455 section 4.1), and a server may well refuse one that it does not know.
        request.headers().remove(HttpHeaderNames.ORIGIN);
        if (deflate != null) {
            request.headers().set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, Deflate.OFFER);
        }
        for (UpgradeHeaders.Header each : extra.all()) {
            request.headers().add(each.name(), each.value());
        }
        return request;
    }

    @Override
    protected void verify(FullHttpResponse response) {
        HttpHeaders headers = response.headers();
        demand(
                headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true),
                "Upgrade is not websocket (RFC 6455 section 4.1)");
        demand(
                headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true),
                "Connection is not Upgrade (RFC 6455 section 4.1)");
        try {
            super.verify(response);
        } catch (WebSocketHandshakeException e) {
            throw new WebSocketHandshakeException(
                    "Sec-WebSocket-Accept does not answer our key (RFC 6455 section 4.1)", e);
        }
        List<String> extensions = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS);
        demand(
                extensions.isEmpty() || (deflate != null && deflate.accept(String.join(",", extensions))),
                "Sec-WebSocket-Extensions was not offered (RFC 6455 section 4.1)");
        List<String> subprotocols = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
        demand(!subprotocols.isEmpty(), "Sec-WebSocket-Protocol is missing, sip was demanded (RFC 7118 section 4.1)");
        demand(subprotocols.equals(List.of(SUBPROTOCOL)), "Sec-WebSocket-Protocol is not sip (RFC 7118 section 4.1)");
    }

    private static void demand(boolean kept, String rule) {
        if (!kept) {
            throw new WebSocketHandshakeException(rule);
        }
    }

    @Override
    protected WebSocketFrameDecoder newWebsocketDecoder() {
        return new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(false)
                .allowMaskMismatch(false)
                .allowExtensions(deflate != null && deflate.isAgreed())
                .maxFramePayloadLength(maxFramePayloadLength())
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build());
    }

    @Override
    protected WebSocketFrameEncoder newWebSocketEncoder() {
        return new WebSocket13FrameEncoder(new MaskKeys());
    }

    /** What stands between frames and messages, once the handshake is done. */
    void addMessageCodecs(ChannelPipeline pipeline) {
        if (deflate != null) {
            deflate.addTo(pipeline, maxFramePayloadLength());
        }
        pipeline.addLast(new WebSocketFrameAggregator(maxFramePayloadLength()));
    }
}
