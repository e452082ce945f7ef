package io.websip.transport.jetty;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's connector, whose sockets tell the {@link Attempt} that they are for when TCP is over. Above them, Jetty loses that now
 * and then: where the server hangs up within its part of the TLS handshake, while ours is being written.
 */
final class WatchfulConnector extends ClientConnector {
    @Override
    public void connect(SocketAddress address, Map<String, Object> context) {
        Attempt attempt = Attempt.in(context);
        if (attempt != null) {
            attempt.connecting();
        }
        super.connect(address, context);
    }

    @Override
    protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
        return new Socket((SocketChannel) channel, selector, key, getScheduler());
    }

    @Override
    protected Connection newConnection(EndPoint endPoint, Map<String, Object> context) throws IOException {
        if (endPoint instanceof Socket socket) {
            socket.isFor(Attempt.in(context));
        }
        return super.newConnection(endPoint, context);
    }

    private static final class Socket extends SocketChannelEndPoint {
        private volatile @Nullable Attempt attempt;
        private volatile int number; // among the attempt's connections

        Socket(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
            super(channel, selector, key, scheduler);
        }

        void isFor(@Nullable Attempt owner) {
            number = owner == null ? 0 : owner.connection();
            attempt = owner;
        }

        @Override
        public int fill(ByteBuffer buffer) throws IOException {
            int read = super.fill(buffer);
            if (read < 0) {
                over(null);
            }
            return read;
        }

        @Override
        public void onClose(@Nullable Throwable cause) {
            super.onClose(cause);
            over(cause);
        }

        private void over(@Nullable Throwable cause) {
            Attempt mine = attempt;
            if (mine != null) {
                mine.over(number, cause == null ? new EOFException("the server has ended the connection") : cause);
            }
        }
    }
}
