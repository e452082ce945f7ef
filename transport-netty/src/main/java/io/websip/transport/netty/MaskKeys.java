package io.websip.transport.netty;

import io.netty.handler.codec.http.websocketx.WebSocketFrameMaskGenerator;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Masking keys from a strong source of entropy, as RFC 6455 section 5.3 demands; Netty's own come from a fast generator
 * that can be foretold. Drawn in blocks, because one draw costs more than masking a small message. One per connection,
 * confined to its loop.
 */
final class MaskKeys implements WebSocketFrameMaskGenerator {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEYS_PER_DRAW = 64;

    private final byte[] bytes = new byte[KEYS_PER_DRAW * Integer.BYTES];
    private final ByteBuffer keys = ByteBuffer.wrap(bytes).position(bytes.length);

    @Override
    public int nextMask() {
        if (!keys.hasRemaining()) {
            RANDOM.nextBytes(bytes);
            keys.rewind();
        }
        return keys.getInt();
    }
}
