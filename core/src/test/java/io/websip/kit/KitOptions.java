package io.websip.kit;

import io.websip.transport.socket.TransportBuilder;
import java.time.Duration;

/**
 * How the kit wants a transport to be built.
 *
 * @param connectTimeout for lookup and TCP
 * @param handshakeTimeout for TLS and upgrade
 * @param closeTimeout for the peer's close frame after ours
 * @param maxMessageBytes the longest message to receive
 * @param maxQueuedBytes how much may wait to be written
 * @param trustKitCa whether to trust {@link KitCertificates#ca()} and nothing else; if not, the JDK's trust store
 */
public record KitOptions(
        Duration connectTimeout,
        Duration handshakeTimeout,
        Duration closeTimeout,
        int maxMessageBytes,
        int maxQueuedBytes,
        boolean trustKitCa) {

    /** A time-out that a test waits for. */
    public static final Duration SHORT = Duration.ofMillis(300);

    /** Generous times, 1 MiB in both directions. */
    public static final KitOptions DEFAULTS =
            new KitOptions(Await.CEILING, Await.CEILING, Await.CEILING, 1 << 20, 1 << 20, false);

    public KitOptions withConnectTimeout(Duration timeout) {
        return new KitOptions(timeout, handshakeTimeout, closeTimeout, maxMessageBytes, maxQueuedBytes, trustKitCa);
    }

    public KitOptions withHandshakeTimeout(Duration timeout) {
        return new KitOptions(connectTimeout, timeout, closeTimeout, maxMessageBytes, maxQueuedBytes, trustKitCa);
    }

    public KitOptions withCloseTimeout(Duration timeout) {
        return new KitOptions(connectTimeout, handshakeTimeout, timeout, maxMessageBytes, maxQueuedBytes, trustKitCa);
    }

    public KitOptions withMaxMessageBytes(int bytes) {
        return new KitOptions(connectTimeout, handshakeTimeout, closeTimeout, bytes, maxQueuedBytes, trustKitCa);
    }

    public KitOptions withMaxQueuedBytes(int bytes) {
        return new KitOptions(connectTimeout, handshakeTimeout, closeTimeout, maxMessageBytes, bytes, trustKitCa);
    }

    public KitOptions trustingKitCa() {
        return new KitOptions(connectTimeout, handshakeTimeout, closeTimeout, maxMessageBytes, maxQueuedBytes, true);
    }

    /** Where trust is not the transport's to set. */
    public KitOptions trustingItsOwn() {
        return new KitOptions(connectTimeout, handshakeTimeout, closeTimeout, maxMessageBytes, maxQueuedBytes, false);
    }

    /** The builder of a transport on real sockets, with these wishes. */
    public <B extends TransportBuilder<B>> B applyTo(B builder) {
        builder.connectTimeout(connectTimeout)
                .handshakeTimeout(handshakeTimeout)
                .closeTimeout(closeTimeout)
                .maxMessageBytes(maxMessageBytes)
                .maxQueuedBytes(maxQueuedBytes);
        return trustKitCa ? builder.trust(KitCertificates.ca()) : builder;
    }
}
