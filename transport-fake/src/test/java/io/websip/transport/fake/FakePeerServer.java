package io.websip.transport.fake;

import io.websip.kit.PeerServer;
import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A {@link FakeEndpoint} as the contract kit's server. */
final class FakePeerServer implements PeerServer, ServerHandler {
    private final FakeKit kit;
    private final FakeNetwork network;
    private final FakeEndpoint endpoint;
    private final Map<ServerConnection, FakePeer> peers = new HashMap<>();
    private int lastId;

    FakePeerServer(FakeKit kit, FakeNetwork network, String url) {
        this.kit = kit;
        this.network = network;
        this.endpoint = network.listen(url, this);
        endpoint.onEveryConnection(Fault.noPong()); // a peer says only what the test asks for
    }

    @Override
    public ServerAddress address() {
        return endpoint.address();
    }

    @Override
    public FakePeer accept() {
        if (next().isEmpty()) {
            kit.runReady(); // an agent connects on a loop of its own
        }
        FakeConnection next = next().orElseThrow(() -> new AssertionError("no connection to accept"));
        lastId = next.id();
        return peer(next);
    }

    private Optional<FakeConnection> next() {
        return network.connections().stream()
                .filter(each -> each.id() > lastId && each.server().equals(address()))
                .findFirst();
    }

    private FakePeer peer(ServerConnection connection) {
        return peers.computeIfAbsent(connection, c -> new FakePeer(kit, (FakeConnection) c));
    }

    @Override
    public void refuseNext(int httpStatus) {
        endpoint.onNextConnection(Fault.refuse(httpStatus));
    }

    @Override
    public void forgetSubprotocolNext() {
        endpoint.onNextConnection(Fault.noSubprotocol());
    }

    @Override
    public void stayMuteNext() {
        endpoint.onNextConnection(Fault.silentHandshake());
    }

    @Override
    public void onOpen(ServerConnection connection) {
        peer(connection).heardOpening();
    }

    @Override
    public void onMessage(ServerConnection connection, byte[] message) {
        peer(connection).heardMessage(message);
    }

    @Override
    public void onPing(ServerConnection connection, byte[] payload) {
        peer(connection).heardPing(payload);
    }

    @Override
    public void onClosed(ServerConnection connection, Closure why) {
        peer(connection).heardEnd(why);
    }

    @Override
    public void close() {
        endpoint.connections().forEach(FakeConnection::abort);
        endpoint.close();
    }
}
