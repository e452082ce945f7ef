package io.websip.transport.netty;

import java.time.Duration;

/** What a transport was built with. Immutable; the sizes are in bytes of payload. */
record NettySettings(
        Duration connectTimeout,
        Duration handshakeTimeout,
        Duration closeTimeout,
        int maxMessageBytes,
        int maxQueuedBytes) {

    static final NettySettings DEFAULTS =
            new NettySettings(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(5), 1 << 20, 1 << 20);

    NettySettings withConnectTimeout(Duration timeout) {
        return new NettySettings(
                positive("connectTimeout", timeout), handshakeTimeout, closeTimeout, maxMessageBytes, maxQueuedBytes);
    }

    NettySettings withHandshakeTimeout(Duration timeout) {
        return new NettySettings(
                connectTimeout, positive("handshakeTimeout", timeout), closeTimeout, maxMessageBytes, maxQueuedBytes);
    }

    NettySettings withCloseTimeout(Duration timeout) {
        return new NettySettings(
                connectTimeout, handshakeTimeout, positive("closeTimeout", timeout), maxMessageBytes, maxQueuedBytes);
    }

    NettySettings withMaxMessageBytes(int bytes) {
        return new NettySettings(
                connectTimeout, handshakeTimeout, closeTimeout, positive("maxMessageBytes", bytes), maxQueuedBytes);
    }

    NettySettings withMaxQueuedBytes(int bytes) {
        return new NettySettings(
                connectTimeout, handshakeTimeout, closeTimeout, maxMessageBytes, positive("maxQueuedBytes", bytes));
    }

    static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + " but must be at least 1");
        }
        return value;
    }

    private static Duration positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " is " + value + " but must be longer than zero");
        }
        return value;
    }
}
