package io.websip.transport.fake;

import io.websip.loop.EventLoop;
import io.websip.transport.Connection;
import io.websip.transport.ServerAddress;
import org.junit.jupiter.api.AfterEach;

/** A server that echoes, and a client that can connect to it. */
abstract class NetworkTestBase {
    static final ServerAddress ADDRESS = ServerAddress.parse("wss://sip.example.com/ws");

    final VirtualEventLoop loop = new VirtualEventLoop();
    final FakeNetwork network = new FakeNetwork(loop);
    final FakeTransport transport = new FakeTransport(network);
    final EventLoop clientLoop = transport.newEventLoop();
    final Recorder client = new Recorder();
    final Recorder server = new Recorder();
    final FakeEndpoint endpoint =
            network.listen(ADDRESS, server.handler(loop, received -> received.answer("re: " + received.text())));

    Connection connect() {
        return transport.connect(ADDRESS, clientLoop, client.listener(clientLoop));
    }

    /** Connects and waits for the handshake; the events of both sides start with "open". */
    Connection open() {
        Connection connection = connect();
        loop.runUntil(() -> client.events().contains("open"));
        loop.runReady();
        return connection;
    }

    FakeConnection accepted() {
        return endpoint.connections().get(0);
    }

    @AfterEach
    void nothingIsLeftToRunOnceTheTransportIsClosed() {
        transport.close();
        loop.advanceBy(End.CLOSE_TIMEOUT);
        network.assertNoConnections();
        loop.assertQuiet();
    }
}
