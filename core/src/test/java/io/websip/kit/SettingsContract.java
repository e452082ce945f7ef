package io.websip.kit;

import static io.websip.kit.KitOptions.DEFAULTS;

import io.websip.loop.EventLoop;
import io.websip.transport.Connection;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import io.websip.transport.socket.TransportBuilder;

/** What the suites share that are about the settings which all transports on real sockets have. */
public abstract class SettingsContract extends OctetContract {
    /** Makes a builder of the transport under test, with these wishes. */
    protected abstract TransportBuilder<?> newBuilder(KitOptions options);

    @Override
    protected final Transport newTransport(KitOptions options) {
        return newBuilder(options).build();
    }

    /** A builder with default options. */
    final TransportBuilder<?> builder() {
        return newBuilder(DEFAULTS);
    }

    /** The transport that is built; the suite closes it. */
    final Transport built(TransportBuilder<?> builder) {
        return closeLater(builder.build());
    }

    /** One that connects, with a loop of its own, and what it tells. */
    record Dialed(Connection connection, RecordingListener listener) {}

    final Dialed dial(TransportBuilder<?> builder, ServerAddress address) {
        Transport transport = built(builder);
        EventLoop loop = transport.newEventLoop();
        RecordingListener listener = listener(loop);
        return new Dialed(transport.connect(address, loop, listener), listener);
    }
}
