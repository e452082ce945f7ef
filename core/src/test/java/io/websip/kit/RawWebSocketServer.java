package io.websip.kit;

import io.websip.transport.ServerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Listens on a loopback port and hands each connection to the test. It has no thread: the test accepts, reads and writes.
 */
public final class RawWebSocketServer implements PeerServer {
    private static final int FULL_AFTER_MILLIS = 200;

    private final ServerSocket socket;
    private final @Nullable SSLContext tls;
    private final List<Socket> accepted = new ArrayList<>();
    private final Deque<Function<UpgradeRequest, String>> nextAnswers = new ArrayDeque<>();

    private Consumer<SSLSocket> tlsWishes = accepted -> {};

    private RawWebSocketServer(@Nullable SSLContext tls, int backlog) {
        this(tls, backlog, ipv4Loopback(), 0);
    }

    private RawWebSocketServer(@Nullable SSLContext tls, int backlog, InetAddress address, int port) {
        this.tls = tls;
        try {
            socket = new ServerSocket(port, backlog, address);
            socket.setSoTimeout((int) Await.CEILING.toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For ws. */
    public static RawWebSocketServer plain() {
        return new RawWebSocketServer(null, 200);
    }

    /** For wss. */
    public static RawWebSocketServer secure(SSLContext tls) {
        return new RawWebSocketServer(tls, 200);
    }

    /** For wss, where each socket is prepared before its handshake. */
    public static RawWebSocketServer secure(SSLContext tls, Consumer<SSLSocket> wishes) {
        RawWebSocketServer server = secure(tls);
        server.tlsWishes = wishes;
        return server;
    }

    /** For ws, at another address of the loopback interface; port 0 for any. */
    public static RawWebSocketServer at(InetAddress address, int port) {
        return new RawWebSocketServer(null, 200, address, port);
    }

    private static InetAddress ipv4Loopback() {
        try {
            return InetAddress.getByName("127.0.0.1");
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** One with whom no TCP connection comes about, because its queue is full and it does not accept. */
    public static RawWebSocketServer deaf() {
        RawWebSocketServer server = new RawWebSocketServer(null, 1);
        server.fillQueue();
        return server;
    }

    /** A port where nobody listens. */
    public static ServerAddress nobody() {
        try (RawWebSocketServer gone = plain()) {
            return gone.address();
        }
    }

    /** Its URL, by address. */
    @Override
    public ServerAddress address() {
        return address("127.0.0.1", "/");
    }

    /** Its URL, by a name of the loopback interface, and with a path. */
    public ServerAddress address(String host, String resource) {
        return ServerAddress.parse((tls == null ? "ws://" : "wss://") + host + ":" + socket.getLocalPort() + resource);
    }

    /** The next connection, with nothing read from it yet; over TLS, after the TLS handshake. */
    @Override
    public RawWebSocket accept() {
        Function<UpgradeRequest, String> answer =
                nextAnswers.isEmpty() ? UpgradeRequest::goodAnswer : nextAnswers.remove();
        try {
            Socket plain = socket.accept();
            accepted.add(plain);
            if (tls == null) {
                return new RawWebSocket(plain, answer);
            }
            plain.setSoTimeout((int) Await.CEILING.toMillis());
            var secure = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, socket.getLocalPort(), true);
            secure.setUseClientMode(false);
            tlsWishes.accept(secure);
            secure.startHandshake();
            return new RawWebSocket(secure, answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void refuseNext(int httpStatus) {
        nextAnswers.add(request -> "HTTP/1.1 " + httpStatus + " No\r\nContent-Length: 0\r\n\r\n");
    }

    @Override
    public void forgetSubprotocolNext() {
        nextAnswers.add(request -> UpgradeRequest.answer(
                "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Accept: " + request.acceptKey()));
    }

    @Override
    public void stayMuteNext() {
        nextAnswers.add(request -> "");
    }

    private void fillQueue() {
        try {
            while (connectsInTime()) {
                // One more waits in the queue.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean connectsInTime() throws IOException {
        Socket filler = new Socket();
        accepted.add(filler);
        try {
            filler.connect(new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort()), FULL_AFTER_MILLIS);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** Closes it and all that it has accepted. */
    @Override
    public void close() {
        try {
            for (Socket each : accepted) {
                each.close();
            }
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
