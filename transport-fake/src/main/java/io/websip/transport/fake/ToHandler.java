package io.websip.transport.fake;

import io.websip.transport.Closure;

/** The owner of a server's end: hands over to the handler what happens on one connection, once it has been accepted. */
final class ToHandler implements End.Owner {
    private final Wire wire;
    private final VirtualLoopView loop;
    private final ServerConnection connection;
    private final ServerHandler handler;
    private boolean accepted; // guarded by the network's lock

    ToHandler(Wire wire, VirtualLoopView loop, ServerConnection connection, ServerHandler handler) {
        this.wire = wire;
        this.loop = loop;
        this.connection = connection;
        this.handler = handler;
    }

    @Override
    public void opened() {
        accepted = true;
        wire.handOver(loop, "server's onOpen", () -> handler.onOpen(connection));
    }

    @Override
    public void message(byte[] message) {
        wire.handOver(loop, "server's onMessage", () -> handler.onMessage(connection, message));
    }

    @Override
    public void ping(byte[] payload) {
        wire.handOver(loop, "server's onPing", () -> handler.onPing(connection, payload));
    }

    @Override
    public void pong(byte[] payload) {}

    @Override
    public void closed(Closure why) {
        if (accepted) {
            wire.handOver(loop, "server's onClosed", () -> handler.onClosed(connection, why));
        }
    }
}
