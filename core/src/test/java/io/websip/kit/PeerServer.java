package io.websip.kit;

import io.websip.transport.ServerAddress;

/**
 * Takes the connections of the transport under test and hands each to the test. {@link RawWebSocketServer} is one on a
 * socket.
 */
public interface PeerServer extends AutoCloseable {
    /** Its URL; once it is closed, nobody listens there. */
    ServerAddress address();

    /** The next connection, which is yet to be welcomed. */
    Peer accept();

    /** The next connection will be welcomed with this HTTP status. To be told before the client starts to connect. */
    void refuseNext(int httpStatus);

    /** The next connection will be welcomed without a subprotocol. To be told before the client starts to connect. */
    void forgetSubprotocolNext();

    /** The next connection will get no answer at all. To be told before the client starts to connect. */
    void stayMuteNext();

    @Override
    void close();
}
