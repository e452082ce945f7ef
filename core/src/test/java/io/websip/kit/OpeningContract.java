package io.websip.kit;

import static io.websip.kit.KitOptions.DEFAULTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import io.websip.transport.Connection;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a connection opens, and the ways in which it does not. {@link HandshakeContract} has those that need octets of HTTP. */
public abstract class OpeningContract extends TransportContract {
    @Test
    void tellsNothingBeforeConnectReturns() {
        Transport transport = transport(DEFAULTS);
        EventLoop loop = transport.newEventLoop();
        RecordingListener listener = listener(loop);
        ServerAddress nobody = nobody();
        onLoop(loop, () -> listener.hearsNothingDuring(() -> transport.connect(nobody, loop, listener)));
        listener.awaitClosed(Closure.Failed.class);
    }

    @Test
    void sendIsFalseUntilOpenAndTrueFromWithinOnOpen() {
        Transport transport = transport(DEFAULTS);
        EventLoop loop = transport.newEventLoop();
        PeerServer server = server();
        List<Connection> connection = new ArrayList<>();
        RecordingListener listener = listener(loop);
        listener.whenOpen(
                () -> assertThat(connection.get(0).send(new byte[] {'a'})).isTrue());
        connection.add(transport.connect(server.address(), loop, listener));
        Peer peer = server.accept();
        assertThat(connection.get(0).send(new byte[] {'b'})).isFalse();
        connection.get(0).ping(new byte[] {'c'});
        peer.welcome();
        assertThat(peer.read().asText()).isEqualTo("a");
    }

    @Test
    void connectSaysWhichLoopItWants() {
        Transport transport = transport(DEFAULTS);
        EventLoop foreign = transport(DEFAULTS).newEventLoop();
        EventLoop closed = transport.newEventLoop();
        closed.close();
        ServerAddress nobody = nobody();
        RecordingListener listener = listener(foreign);
        forget(listener);
        assertThatIllegalArgumentException().isThrownBy(() -> transport.connect(nobody, foreign, listener));
        assertThatIllegalStateException().isThrownBy(() -> transport.connect(nobody, closed, listener));
    }

    @Test
    void oneLoopServesTwoConnections() {
        Transport transport = transport(DEFAULTS);
        EventLoop loop = transport.newEventLoop();
        PeerServer server = server();
        Session one = open(transport, loop, server);
        Session two = open(transport, loop, server);
        one.peer().send(Frame.text("to one"));
        two.peer().send(Frame.text("to two"));
        assertThat(one.listener().awaitTexts(1)).containsExactly("to one");
        assertThat(two.listener().awaitTexts(1)).containsExactly("to two");
    }

    // ---- no connection ----

    @Test
    void aRefusedConnectionFailsAndNamesTheAddress() {
        ServerAddress nobody = nobody();
        RecordingListener listener = connect(transport(DEFAULTS), nobody);
        assertThat(listener.awaitClosed(Closure.Failed.class).cause()).hasMessageContaining(nobody.toString());
        assertThat(listener.wasOpened()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 302, 400, 401, 403, 404, 407, 426, 500, 503})
    void anotherHttpStatusIsRefused(int status) {
        PeerServer server = server();
        server.refuseNext(status);
        RecordingListener listener = connect(transport(DEFAULTS), server.address());
        server.accept().welcome();
        assertThat(listener.awaitClosed(Closure.Refused.class).httpStatus()).isEqualTo(status);
        assertThat(listener.wasOpened()).isFalse();
    }

    @Test
    void aServerThatForgetsTheSubprotocolIsRefusedWith101() {
        PeerServer server = server();
        server.forgetSubprotocolNext();
        RecordingListener listener = connect(transport(DEFAULTS), server.address());
        server.accept().welcome();
        Closure.Refused refused = listener.awaitClosed(Closure.Refused.class);
        assertThat(refused.httpStatus()).isEqualTo(101);
        assertThat(refused.reason()).containsIgnoringCase("protocol");
        assertThat(listener.wasOpened()).isFalse();
    }

    // ---- given up ----

    @Test
    void closeGivesAnAttemptUp() {
        givesUp(connection -> connection.close(1000, ""));
    }

    @Test
    void abortGivesAnAttemptUp() {
        givesUp(Connection::abort);
    }

    private void givesUp(Consumer<Connection> end) {
        PeerServer server = server();
        server.stayMuteNext();
        Transport transport = transport(DEFAULTS);
        EventLoop loop = transport.newEventLoop();
        RecordingListener listener = listener(loop);
        Connection connection = transport.connect(server.address(), loop, listener);
        Peer peer = server.accept();
        peer.welcome();
        end.accept(connection);
        listener.awaitClosed(Closure.Failed.class);
        assertThat(peer.endsWithoutAnotherByte()).isTrue();
        assertThat(listener.wasOpened()).isFalse();
    }

    @Test
    void anAttemptGivenUpAtOnceIsToldItsEnd() {
        PeerServer server = server();
        Transport transport = transport(DEFAULTS);
        EventLoop loop = transport.newEventLoop();
        RecordingListener listener = listener(loop);
        onLoop(loop, () -> {
            Connection connection = transport.connect(server.address(), loop, listener);
            listener.hearsNothingDuring(connection::abort);
        });
        listener.awaitClosed(Closure.Failed.class);
    }

    @Test
    void aClosedTransportNeitherConnectsNorLendsLoops() {
        Transport transport = transport(DEFAULTS);
        EventLoop loop = transport.newEventLoop();
        RecordingListener listener = listener(loop);
        ServerAddress nobody = nobody();
        transport.close();
        assertThatIllegalStateException().isThrownBy(transport::newEventLoop);
        assertThatIllegalStateException().isThrownBy(() -> transport.connect(nobody, loop, listener));
        forget(listener);
    }
}
