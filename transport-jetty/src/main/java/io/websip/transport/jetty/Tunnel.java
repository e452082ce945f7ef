package io.websip.transport.jetty;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Promise;

/**
 * An HTTP proxy that is sent a CONNECT for ws too: one that takes part in HTTP would not let an upgrade through.
 *
 * <p>Jetty writes through the tunnel as soon as the proxy has answered, which a near one does before the thread that has
 * written the CONNECT knows that it is written; the upgrade request failed then with a WritePendingException. So it is waited
 * for that here.
 */
final class Tunnel extends HttpProxy {
    /** The CONNECT is with the proxy, since that has answered; what is waited for is a thread that has a few steps to go. */
    private static final long PATIENCE_SECONDS = 1;

    Tunnel(String host, int port) {
        super(host, port);
    }

    @Override
    public boolean requiresTunnel(Origin server) {
        return true;
    }

    @Override
    public ClientConnectionFactory newClientConnectionFactory(ClientConnectionFactory factory) {
        return super.newClientConnectionFactory(new AfterConnect(factory));
    }

    /** Makes two connections on one socket: that to the proxy, and, when the CONNECT is written, that through it. */
    private static final class AfterConnect extends ClientConnectionFactory.Wrapper {
        private static final String KEY = AfterConnect.class.getName();

        AfterConnect(ClientConnectionFactory factory) {
            super(factory);
        }

        @Override
        public org.eclipse.jetty.io.Connection newConnection(EndPoint socket, Map<String, Object> context)
                throws IOException {
            if (context.get(KEY) instanceof ToProxy toProxy && toProxy.isOn(socket)) {
                toProxy.awaitWritten();
            } else {
                @SuppressWarnings("unchecked")
                Promise<Connection> promise = (Promise<Connection>) context.get(Connection.PROMISE_CONTEXT_KEY);
                context.put(Connection.PROMISE_CONTEXT_KEY, new Promise.Wrapper<>(promise) {
                    @Override
                    public void succeeded(Connection connection) {
                        ToProxy toProxy = new ToProxy(socket, connection);
                        context.put(KEY, toProxy);
                        super.succeeded(toProxy);
                    }
                });
            }
            return super.newConnection(socket, context);
        }
    }

    /** The connection on which CONNECT is sent, once more where the proxy wants credentials. */
    private static final class ToProxy implements Connection {
        private final EndPoint socket;
        private final Connection connection;
        private volatile CompletableFuture<Void> written = CompletableFuture.completedFuture(null);

        ToProxy(EndPoint socket, Connection connection) {
            this.socket = socket;
            this.connection = connection;
        }

        /** That of another socket went to an address of the proxy that has failed. */
        boolean isOn(EndPoint other) {
            EndPoint each = other;
            while (each != socket && each instanceof EndPoint.Wrapper wrapper) {
                each = wrapper.unwrap(); // that of TLS
            }
            return each == socket;
        }

        @Override
        public void send(Request request, Response.CompleteListener listener) {
            CompletableFuture<Void> sent = new CompletableFuture<>();
            written = sent;
            connection.send(request.onRequestSuccess(r -> sent.complete(null)), listener);
        }

        void awaitWritten() throws IOException {
            try {
                written.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while CONNECT was being written");
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException("the proxy has answered a CONNECT that is not written", e);
            }
        }

        @Override
        public void close() {
            connection.close();
        }

        @Override
        public boolean isClosed() {
            return connection.isClosed();
        }

        @Override
        public SocketAddress getLocalSocketAddress() {
            return connection.getLocalSocketAddress();
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return connection.getRemoteSocketAddress();
        }

        @Override
        public EndPoint.SslSessionData getSslSessionData() {
            return connection.getSslSessionData();
        }
    }
}
