package io.websip.kit;

import static io.websip.kit.KitOptions.DEFAULTS;

import io.websip.loop.EventLoop;
import io.websip.transport.Connection;
import io.websip.transport.Transport;

/**
 * What the suites share that look at octets: their peer is a {@link RawWebSocket}, so they are for transports that speak
 * RFC 6455 over TCP.
 */
public abstract class OctetContract extends TransportContract {
    /** One connection and its two ends. */
    record RawSession(Connection connection, EventLoop loop, RecordingListener listener, RawWebSocket peer) {}

    final RawWebSocketServer rawServer() {
        return closeLater(RawWebSocketServer.plain());
    }

    /** An open connection with default options. */
    final RawSession openRaw() {
        return openRaw(DEFAULTS);
    }

    /** An open connection. */
    final RawSession openRaw(KitOptions options) {
        return openRaw(transport(options), rawServer());
    }

    /** A further open connection, with a loop of its own. */
    final RawSession openRaw(Transport transport, RawWebSocketServer server) {
        EventLoop loop = transport.newEventLoop();
        RecordingListener listener = listener(loop);
        Connection connection = transport.connect(server.address(), loop, listener);
        RawWebSocket peer = server.accept();
        peer.open();
        listener.awaitOpen();
        return new RawSession(connection, loop, listener, peer);
    }
}
