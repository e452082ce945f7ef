package io.websip.transport.fake;

import static io.websip.transport.fake.Recorder.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import io.websip.transport.Connection;
import io.websip.transport.ConnectionListener;
import io.websip.transport.ServerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FakeTransportTest extends NetworkTestBase {
    @Test
    void connectTellsNothingWithinTheCallAndThenOpens() {
        connect();
        assertThat(client.events()).isEmpty();

        loop.runReady();

        assertThat(client.events()).containsExactly("open");
        assertThat(server.events()).containsExactly("open");
        assertThat(network.connections()).hasSize(1);
    }

    @Test
    void messagesGoBothWaysWholeAndInOrder() {
        Connection connection = open();
        List<String> texts = IntStream.range(0, 100).mapToObj(Integer::toString).toList();

        texts.forEach(text -> assertThat(connection.send(bytes(text))).isTrue());
        loop.runReady();

        assertThat(server.events().subList(1, 101))
                .isEqualTo(texts.stream().map(t -> "message " + t).toList());
        assertThat(client.events().subList(1, 101))
                .isEqualTo(texts.stream().map(t -> "message re: " + t).toList());
        assertThat(accepted().delivered(Direction.TO_SERVER)).isEqualTo(100);
        assertThat(accepted().delivered(Direction.TO_CLIENT)).isEqualTo(100);
    }

    @Test
    void sendWithinTheListenerTellsNothingWithinTheCall() {
        List<String> order = new ArrayList<>();
        Connection[] connection = new Connection[1];
        connection[0] = transport.connect(ADDRESS, clientLoop, new ConnectionListener() {
            @Override
            public void onOpen() {
                connection[0].send(bytes("x"));
                connection[0].ping(bytes("p"));
                connection[0].abort();
                order.add("onOpen returns");
            }

            @Override
            public void onMessage(byte[] message) {
                order.add("message");
            }

            @Override
            public void onPong(byte[] payload) {
                order.add("pong");
            }

            @Override
            public void onClosed(Closure why) {
                order.add("closed");
            }
        });

        loop.runReady();

        assertThat(order).containsExactly("onOpen returns", "closed");
    }

    @Test
    void sendIsRefusedBeforeOpenAndAfterClose() {
        Connection connection = connect();
        assertThat(connection.send(bytes("early"))).isFalse();
        loop.runReady();
        assertThat(connection.send(bytes("in time"))).isTrue();
        connection.close(1000, "");
        assertThat(connection.send(bytes("late"))).isFalse();
        loop.runReady();
        assertThat(connection.send(bytes("too late"))).isFalse();

        assertThat(server.events()).containsExactly("open", "message in time", "closed with 1000");
    }

    @Test
    void sendIsRefusedOverTheCapUntilRoomIsMade() {
        FakeTransport narrow = new FakeTransport(network, 10);
        EventLoop narrowLoop = narrow.newEventLoop();
        Connection connection = narrow.connect(ADDRESS, narrowLoop, client.listener(narrowLoop));
        loop.runReady();

        assertThat(connection.send(bytes("1234567890"))).isTrue();
        assertThat(connection.send(bytes("x"))).isFalse();
        loop.runReady();
        assertThat(connection.send(bytes("y"))).isTrue();
        loop.runReady();

        assertThat(server.events()).containsExactly("open", "message 1234567890", "message y");
        narrow.close();
    }

    @Test
    void changeOfASentArrayDoesNotReachTheReceiver() {
        Connection connection = open();
        byte[] message = bytes("abc");
        connection.send(message);
        message[0] = 'X';
        loop.runReady();

        assertThat(server.events()).contains("message abc");
    }

    @Test
    void pingIsAnsweredWithoutTheHandlersHelp() {
        Connection connection = open();

        connection.ping(bytes("hello"));
        loop.runReady();

        assertThat(server.events()).containsExactly("open", "ping hello");
        assertThat(client.events()).containsExactly("open", "pong hello");
    }

    @Test
    void pongMayComeUnasked() {
        open();

        accepted().pong(bytes("alive"));
        loop.runReady();

        assertThat(client.events()).containsExactly("open", "pong alive");
    }

    @Test
    void pingDoesNothingUnlessOpen() {
        Connection connection = connect();
        connection.ping(bytes("early"));
        loop.runReady();
        connection.abort();
        connection.ping(bytes("late"));
        loop.runReady();

        assertThat(server.events()).noneMatch(event -> event.startsWith("ping"));
    }

    @Test
    void argumentsOutOfBoundsAreRefused() {
        Connection connection = open();
        FakeConnection accepted = accepted();

        assertThatThrownBy(() -> connection.ping(new byte[126])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> accepted.pong(new byte[126])).isInstanceOf(IllegalArgumentException.class);
        for (int code : new int[] {999, 1001, 1005, 1006, 2999, 5000}) {
            assertThatThrownBy(() -> connection.close(code, "")).isInstanceOf(IllegalArgumentException.class);
        }
        for (int code : new int[] {999, 1004, 1006, 1015, 5000}) {
            assertThatThrownBy(() -> accepted.close(code, "")).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> connection.close(1000, "é".repeat(62))).isInstanceOf(IllegalArgumentException.class);
        connection.ping(new byte[125]);
        connection.close(4999, "é".repeat(61));
    }

    @Test
    void loopMustBeOneThatThisTransportHasLent() {
        FakeTransport other = new FakeTransport(network);

        assertThatThrownBy(() -> other.connect(ADDRESS, clientLoop, client.listener(clientLoop)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was not lent by this transport");
    }

    @Test
    void nothingListensThere() {
        transport.connect(ServerAddress.parse("ws://nowhere.example.com"), clientLoop, client.listener(clientLoop));
        loop.runReady();

        assertThat(client.events())
                .singleElement()
                .asString()
                .startsWith("failed: java.net.ConnectException")
                .contains("ws://nowhere.example.com:80/");
    }

    @Test
    void twoAgentsAreTwoConnections() {
        EventLoop bobsLoop = transport.newEventLoop();
        Recorder bob = new Recorder();
        Connection alices = open();
        Connection bobs = transport.connect(ADDRESS, bobsLoop, bob.listener(bobsLoop));
        loop.runReady();

        bobs.send(bytes("from bob"));
        alices.abort();
        loop.runReady();

        assertThat(bob.events()).containsExactly("open", "message re: from bob");
        assertThat(endpoint.connections()).extracting(FakeConnection::id).containsExactly(2);
    }

    @Test
    void listenerOfAClosedLoopHearsNoMore() {
        open();
        accepted().send(bytes("lost"));
        clientLoop.close();
        loop.runReady();

        assertThat(client.events()).containsExactly("open");
    }

    @Test
    void throwOfAListenerHarmsNotTheConnectionButFailsTheTest() {
        AssertionError wrong = new AssertionError("wrong message");
        Connection connection = transport.connect(ADDRESS, clientLoop, new ConnectionListener() {
            @Override
            public void onOpen() {}

            @Override
            public void onMessage(byte[] message) {
                client.add("message");
                throw wrong;
            }

            @Override
            public void onPong(byte[] payload) {}

            @Override
            public void onClosed(Closure why) {}
        });
        loop.runReady();

        connection.send(bytes("one"));
        assertThatThrownBy(loop::runReady).hasCause(wrong).hasMessageContaining("agent-1: onMessage");
        loop.onUncaught(e -> client.add("uncaught"));
        connection.send(bytes("two"));
        loop.runReady();

        assertThat(client.events()).containsExactly("message", "message", "uncaught");
    }

    @Test
    void errorThatLeavesAListenerAndItsTaskIsReportedOnce() {
        LinkageError error = new LinkageError("broken class");
        ConnectionListener recording = client.listener(clientLoop);
        transport.connect(ADDRESS, clientLoop, new ConnectionListener() {
            @Override
            public void onOpen() {
                throw error;
            }

            @Override
            public void onMessage(byte[] message) {
                recording.onMessage(message);
            }

            @Override
            public void onPong(byte[] payload) {
                recording.onPong(payload);
            }

            @Override
            public void onClosed(Closure why) {
                recording.onClosed(why);
            }
        });

        assertThatThrownBy(loop::runReady).hasCause(error).hasNoSuppressedExceptions();
    }

    @Test
    void messagesMayBeSentFromManyThreads() throws InterruptedException {
        int each = 200;
        Connection connection = open();
        List<Thread> senders = new ArrayList<>();
        for (String sender : List.of("a", "b", "c", "d")) {
            Thread thread = new Thread(() ->
                    IntStream.range(0, each).forEach(n -> connection.send(bytes(sender + (1_000 + n)))));
            senders.add(thread);
            thread.start();
        }
        for (Thread sender : senders) {
            sender.join();
        }
        loop.runReady();

        assertThat(server.events()).hasSize(1 + 4 * each);
        for (String sender : List.of("a", "b", "c", "d")) {
            assertThat(server.events().stream().filter(e -> e.startsWith("message " + sender)))
                    .hasSize(each)
                    .isSorted();
        }
    }

    @Test
    void throwOfAHandlerHarmsNotTheConnectionButFailsTheTest() {
        IllegalStateException bug = new IllegalStateException("bug");
        ServerAddress address = ServerAddress.parse("ws://buggy.example.com");
        network.listen(address, (c, message) -> {
            c.send(message);
            throw bug;
        });
        Connection connection = transport.connect(address, clientLoop, client.listener(clientLoop));
        loop.runReady();

        connection.send(bytes("x"));
        assertThatThrownBy(loop::runReady).hasCause(bug);
        assertThat(client.events()).containsExactly("open", "message x");
    }

    @Test
    void closeOfTheTransportTellsEveryListenerAndTakesTheLoopsBack() {
        open();
        Connection attempt = connect();
        transport.close();
        transport.close();
        assertThat(client.events()).containsExactly("open");
        loop.advanceBy(Duration.ZERO);

        assertThat(client.events())
                .hasSize(3)
                .filteredOn(e -> e.startsWith("failed"))
                .hasSize(2);
        assertThat(server.events()).hasSize(2);
        assertThat(attempt.send(bytes("x"))).isFalse();
        assertThatThrownBy(transport::newEventLoop).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(this::connect).isInstanceOf(IllegalStateException.class);
        loop.execute(() -> client.add("the virtual loop goes on"));
        loop.runReady();
        assertThat(client.events()).hasSize(4);
    }

    @Test
    void transportMayBeClosedWithinATaskOfItsLoop() {
        open();
        clientLoop.execute(() -> {
            transport.close();
            client.add("returns");
        });
        loop.runReady();

        assertThat(client.events()).hasSize(3).element(1).isEqualTo("returns");
    }
}
