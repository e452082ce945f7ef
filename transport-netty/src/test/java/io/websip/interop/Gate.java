package io.websip.interop;

import io.websip.kit.RawWebSocketServer;
import io.websip.loop.EventLoop;
import io.websip.transport.Connection;
import io.websip.transport.ConnectionListener;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;

/** A transport whose connections are refused until it is opened, so that a test says who is back first. */
final class Gate implements Transport {
    private final Transport transport;
    private volatile boolean open = true;

    Gate(Transport transport) {
        this.transport = transport;
    }

    void open() {
        open = true;
    }

    /** For connections to come; those that are there stay. */
    void shut() {
        open = false;
    }

    @Override
    public EventLoop newEventLoop() {
        return transport.newEventLoop();
    }

    @Override
    public Connection connect(ServerAddress server, EventLoop loop, ConnectionListener listener) {
        return transport.connect(open ? server : RawWebSocketServer.nobody(), loop, listener);
    }

    /** The transport is not its own. */
    @Override
    public void close() {}
}
