package io.websip.transport.socket;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a transport was built with. Immutable; {@code toString} has no secret.
 *
 * @param connectTimeout for lookup and TCP, with the proxy's part if there is one
 * @param handshakeTimeout for TLS and the upgrade
 * @param closeTimeout for the peer's close frame after ours
 * @param maxMessageBytes the longest message that is received
 * @param maxQueuedBytes how much may wait to be written on one connection
 * @param tls for wss
 * @param upgrade the application's headers in the upgrade request
 * @param lookup finds the addresses of host names
 * @param proxy null for none
 * @param compression whether permessage-deflate is offered
 */
public record TransportSettings(
        Duration connectTimeout,
        Duration handshakeTimeout,
        Duration closeTimeout,
        int maxMessageBytes,
        int maxQueuedBytes,
        TlsOptions tls,
        UpgradeHeaders upgrade,
        HostLookup lookup,
        @Nullable ProxyServer proxy,
        boolean compression) {}
