package io.websip.kit;

import io.websip.loop.EventLoop;
import io.websip.transport.Connection;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/**
 * What the themed suites share: the transport under test, the server that is its peer, and after each test the check that every
 * listener was told its connection's end exactly once and last.
 */
@Timeout(60)
public abstract class TransportContract {
    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
    private final List<RecordingListener> listeners = new ArrayList<>();

    /** Makes the transport under test; the suite closes it. */
    protected abstract Transport newTransport(KitOptions options);

    /** Makes a server to which the transport under test can connect; a transport without sockets brings its own. */
    protected PeerServer newServer() {
        return RawWebSocketServer.plain();
    }

    /** Waits for what the transport or its loop brings about; an adapter in virtual time runs its loop instead. */
    protected void await(String what, BooleanSupplier condition) {
        Await.until(what, condition);
    }

    /** One connection and its two ends. */
    record Session(Connection connection, EventLoop loop, RecordingListener listener, Peer peer) {}

    final Transport transport(KitOptions options) {
        return closeLater(newTransport(options));
    }

    final PeerServer server() {
        return closeLater(newServer());
    }

    /** An address where nobody listens. */
    final ServerAddress nobody() {
        try (PeerServer gone = newServer()) {
            return gone.address();
        }
    }

    final <T extends AutoCloseable> T closeLater(T resource) {
        toClose.push(resource);
        return resource;
    }

    final RecordingListener listener(EventLoop loop) {
        RecordingListener listener = new RecordingListener(loop, this::await);
        listeners.add(listener);
        return listener;
    }

    /** A listener whose connect failed, so that nothing will be told. */
    final void forget(RecordingListener listener) {
        listeners.remove(listener);
    }

    /** Starts to connect, with a loop of its own. */
    final RecordingListener connect(Transport transport, ServerAddress address) {
        EventLoop loop = transport.newEventLoop();
        RecordingListener listener = listener(loop);
        transport.connect(address, loop, listener);
        return listener;
    }

    /** An open connection with default options. */
    final Session open() {
        return open(KitOptions.DEFAULTS);
    }

    /** An open connection. */
    final Session open(KitOptions options) {
        Transport transport = transport(options);
        return open(transport, transport.newEventLoop(), server());
    }

    /** A further open connection. */
    final Session open(Transport transport, EventLoop loop, PeerServer server) {
        return open(transport, loop, server, listener(loop));
    }

    /** A further open connection, with a prepared listener. */
    final Session open(Transport transport, EventLoop loop, PeerServer server, RecordingListener listener) {
        Connection connection = transport.connect(server.address(), loop, listener);
        Peer peer = server.accept();
        peer.welcome();
        listener.awaitOpen();
        return new Session(connection, loop, listener, peer);
    }

    /** Runs something on the loop and returns once it is done, together with all that was given before. */
    final void onLoop(EventLoop loop, Runnable task) {
        CountDownLatch done = new CountDownLatch(1);
        List<Throwable> thrown = new ArrayList<>();
        loop.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException | AssertionError e) {
                thrown.add(e);
            } finally {
                done.countDown();
            }
        });
        await("a task on the loop", () -> done.getCount() == 0);
        if (!thrown.isEmpty()) {
            throw new AssertionError("a task on the loop failed", thrown.get(0));
        }
    }

    @AfterEach
    void everyListenerWasToldItsEnd() throws Exception {
        while (!toClose.isEmpty()) {
            toClose.pop().close();
        }
        for (RecordingListener listener : listeners) {
            listener.awaitClosed();
        }
        for (RecordingListener listener : listeners) {
            listener.assertPromisesKept();
        }
    }
}
