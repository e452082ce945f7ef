package io.websip.transport.netty;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketClientExtension;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateClientExtensionHandshaker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection's permessage-deflate (RFC 7692): the offer, the judgement on the answer, the codecs. Confined to the loop. */
final class Deflate {
    /** Without parameters: the JDK's zlib knows no other window than that of 15 bits. */
    static final String OFFER = "permessage-deflate";

    private static final int LEVEL = 6;
    private static final int WINDOW_BITS = 15;

    private final PerMessageDeflateClientExtensionHandshaker netty =
            new PerMessageDeflateClientExtensionHandshaker(LEVEL, false, WINDOW_BITS, true, false, 0);
    private @Nullable WebSocketClientExtension agreed;

    /** Whether the server's Sec-WebSocket-Extensions accepts the offer as it was made. */
    boolean accept(String answer) {
        List<WebSocketExtensionData> extensions = WebSocketExtensionUtil.extractExtensions(answer);
        agreed = extensions.size() == 1 ? netty.handshakeExtension(extensions.get(0)) : null;
        return agreed != null;
    }

    /** Whether the server took the offer. */
    boolean isAgreed() {
        return agreed != null;
    }

    /** Puts the codecs behind that of the frames, if the server took the offer. */
    void addTo(ChannelPipeline pipeline, int maxMessageBytes) {
        if (agreed != null) {
            pipeline.addLast(new ReservedBits())
                    .addLast(new Inflating(maxMessageBytes))
                    .addLast(agreed.newExtensionEncoder());
        }
    }
}
