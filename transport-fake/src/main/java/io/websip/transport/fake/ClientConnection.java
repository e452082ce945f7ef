package io.websip.transport.fake;

import io.websip.transport.Closure;
import io.websip.transport.Connection;
import io.websip.transport.ConnectionListener;
import io.websip.transport.GuardedListener;
import io.websip.transport.socket.Frames;

/** The agent's end of a connection. Thread-safe. */
final class ClientConnection implements Connection {
    private final End end;

    ClientConnection(Wire wire, Pipe out, VirtualLoopView loop, ConnectionListener listener, long maxQueuedBytes) {
        ConnectionListener guarded = new GuardedListener(loop, new ReportingListener(loop, listener));
        this.end = new End(wire, out, new ToListener(wire, loop, guarded), maxQueuedBytes);
    }

    End end() {
        return end;
    }

    @Override
    public boolean send(byte[] message) {
        return end.send(message);
    }

    @Override
    public void ping(byte[] payload) {
        Frames.checkPing(payload);
        end.ping(payload);
    }

    @Override
    public void close(int code, String reason) {
        Frames.checkClose(code, reason);
        end.close(code, reason);
    }

    @Override
    public void abort() {
        end.abort();
    }

    private record ToListener(Wire wire, VirtualLoopView loop, ConnectionListener listener) implements End.Owner {
        @Override
        public void opened() {
            wire.handOver(loop, "onOpen", listener::onOpen);
        }

        @Override
        public void message(byte[] message) {
            wire.handOver(loop, "onMessage", () -> listener.onMessage(message));
        }

        @Override
        public void ping(byte[] payload) {}

        @Override
        public void pong(byte[] payload) {
            wire.handOver(loop, "onPong", () -> listener.onPong(payload));
        }

        @Override
        public void closed(Closure why) {
            wire.handOver(loop, "onClosed", () -> listener.onClosed(why));
        }
    }
}
