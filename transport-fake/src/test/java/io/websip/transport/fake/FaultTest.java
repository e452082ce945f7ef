package io.websip.transport.fake;

import static io.websip.transport.fake.Direction.TO_CLIENT;
import static io.websip.transport.fake.Direction.TO_SERVER;
import static io.websip.transport.fake.Recorder.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.transport.Connection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultTest extends NetworkTestBase {
    private static final String CUT = "failed: java.io.IOException: the connection was cut";
    private static final Duration LATENCY = Duration.ofMillis(50);

    @Test
    void refusedWithAStatus() {
        endpoint.onNextConnection(Fault.refuse(503));
        connect();
        loop.runReady();

        assertThat(client.events()).containsExactly("refused with HTTP 503 (refused by wss://sip.example.com:443/ws)");
        assertThat(server.events()).isEmpty();
        loop.assertQuiet();
    }

    @Test
    void noSubprotocolAgreed() {
        endpoint.onNextConnection(Fault.noSubprotocol());
        connect();
        loop.runReady();

        assertThat(client.events()).singleElement().asString().startsWith("refused with HTTP 101 (no subprotocol");
        assertThat(server.events()).isEmpty();
    }

    @Test
    void unreachableThoughItListens() {
        endpoint.onNextConnection(Fault.unreachable());
        connect();
        loop.runReady();

        assertThat(client.events()).singleElement().asString().startsWith("failed: java.net.ConnectException");
    }

    @Test
    void silentHandshakeLastsUntilItIsGivenUp() {
        endpoint.onNextConnection(Fault.silentHandshake());
        Connection connection = connect();
        loop.advanceBy(Duration.ofDays(1));
        assertThat(client.events()).isEmpty();

        connection.abort();
        loop.runReady();

        assertThat(client.events()).hasSize(1);
        assertThat(server.events()).isEmpty();
    }

    @Test
    void latencyTakesItsTimeInEachDirection() {
        endpoint.onNextConnection(Fault.latency(LATENCY));
        Connection connection = connect();
        loop.advanceBy(LATENCY.multipliedBy(2).minusNanos(1));
        assertThat(client.events()).isEmpty();
        loop.advanceBy(Duration.ofNanos(1));
        assertThat(client.events()).containsExactly("open");

        connection.send(bytes("x"));
        loop.advanceBy(LATENCY);
        assertThat(server.events()).containsExactly("open", "message x");
        assertThat(client.events()).containsExactly("open");
        loop.advanceBy(LATENCY);
        assertThat(client.events()).containsExactly("open", "message re: x");
    }

    @Test
    void latencyThatSinksKeepsTheOrder() {
        Connection connection = open();
        accepted().apply(Fault.latency(LATENCY));
        connection.send(bytes("slow"));
        accepted().apply(Fault.latency(Duration.ZERO));
        connection.send(bytes("fast"));
        loop.runReady();
        assertThat(server.events()).containsExactly("open");

        loop.advanceBy(LATENCY);

        assertThat(server.events()).containsExactly("open", "message slow", "message fast");
    }

    @Test
    void networksLatencyHoldsForLaterConnections() {
        network.latency(LATENCY);
        connect();
        loop.runUntil(() -> client.events().contains("open"));

        assertThat(loop.elapsed()).isEqualTo(LATENCY.multipliedBy(2));
        assertThatThrownBy(() -> network.latency(LATENCY.negated())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void cutAfterAMessageToTheServerLosesTheAnswer() {
        endpoint.onNextConnection(Fault.cutAfter(TO_SERVER, 2));
        Connection connection = open();

        connection.send(bytes("1"));
        loop.runReady();
        connection.send(bytes("2"));
        connection.send(bytes("3"));
        loop.runReady();

        assertThat(server.events()).containsExactly("open", "message 1", "message 2", CUT);
        assertThat(client.events()).containsExactly("open", "message re: 1", CUT);
        assertThat(connection.send(bytes("4"))).isFalse();
        loop.assertQuiet();
    }

    @Test
    void cutAfterAMessageToTheClient() {
        Connection connection = open();
        accepted().apply(Fault.cutAfter(TO_CLIENT, 1));

        connection.send(bytes("1"));
        connection.send(bytes("2"));
        loop.runReady();

        assertThat(client.events()).containsExactly("open", "message re: 1", CUT);
        assertThat(server.events()).endsWith(CUT);
    }

    @Test
    void cutAfterNoneBreaksAsSoonAsItIsOpen() {
        endpoint.onNextConnection(Fault.cutAfter(TO_CLIENT, 0));
        connect();
        loop.runReady();

        assertThat(client.events()).containsExactly("open", CUT);
        assertThat(server.events()).containsExactly("open", CUT);
    }

    @Test
    void stalledMessagesArriveInOrderOnceReleased() {
        Connection connection = open();
        FakeConnection accepted = accepted();
        connection.send(bytes("1"));
        accepted.apply(Fault.stall(TO_SERVER));
        assertThat(connection.send(bytes("2"))).isTrue();
        connection.ping(bytes("p"));
        loop.advanceBy(Duration.ofHours(1));
        assertThat(server.events()).containsExactly("open");
        loop.assertQuiet();

        accepted.release();
        connection.send(bytes("3"));
        accepted.release();
        loop.runReady();

        assertThat(server.events()).containsExactly("open", "message 1", "message 2", "ping p", "message 3");
    }

    @Test
    void stallOfOneDirectionLeavesTheOtherAlone() {
        Connection connection = open();
        accepted().apply(Fault.stall(TO_CLIENT));
        connection.send(bytes("x"));
        loop.runReady();
        assertThat(server.events()).endsWith("message x");
        assertThat(client.events()).containsExactly("open");

        accepted().release();
        loop.runReady();
        assertThat(client.events()).endsWith("message re: x");
    }

    @Test
    void stallFillsUpToTheCap() {
        Connection connection = open();
        FakeConnection accepted = accepted();
        accepted.apply(Fault.stall(TO_SERVER));
        accepted.apply(Fault.stall(TO_CLIENT));
        byte[] half = new byte[FakeTransport.DEFAULT_MAX_QUEUED_BYTES / 2];

        assertThat(connection.send(half)).isTrue();
        assertThat(connection.send(half)).isTrue();
        assertThat(connection.send(bytes("x"))).isFalse();
        assertThat(accepted.send(half)).isTrue();
        assertThat(accepted.send(half)).isTrue();
        assertThat(accepted.send(bytes("x"))).isFalse();
    }

    @Test
    void halfOpenTellsNobodyAndDeliversNothing() {
        Connection connection = open();
        FakeConnection accepted = accepted();
        connection.send(bytes("under way"));
        accepted.apply(Fault.halfOpen());

        assertThat(connection.send(bytes("x"))).isTrue();
        assertThat(accepted.send(bytes("y"))).isTrue();
        connection.ping(bytes("p"));
        accepted.release();
        loop.advanceBy(Duration.ofDays(1));

        assertThat(client.events()).containsExactly("open");
        assertThat(server.events()).containsExactly("open");
        assertThat(accepted.isOpen()).isTrue();
        connection.abort();
        loop.runReady();
        assertThat(client.events()).hasSize(2);
        assertThat(server.events()).containsExactly("open");
    }

    @Test
    void garbageArrivesAsAMessage() {
        endpoint.onNextConnection(Fault.garbage(TO_CLIENT, new byte[] {0, (byte) 0xff, '\r'}));
        open();
        accepted().apply(Fault.garbage(TO_SERVER, bytes("\u0001")));
        loop.runReady();

        assertThat(client.events()).startsWith("open", "message \0\u00ff\r");
        assertThat(server.events()).startsWith("open", "message \u0001");
    }

    @Test
    void faultsOfTheNextConnectionAreTakenOneByOneBeforeThoseOfEvery() {
        endpoint.onEveryConnection(Fault.refuse(500));
        endpoint.onNextConnection(Fault.refuse(401));
        endpoint.onNextConnection();
        connect();
        connect();
        connect();
        connect();
        loop.runReady();

        assertThat(client.events())
                .extracting(event -> event.replaceAll(" \\(.*", ""))
                .containsExactlyInAnyOrder(
                        "refused with HTTP 401", "open", "refused with HTTP 500", "refused with HTTP 500");
        endpoint.onEveryConnection();
        connect();
        loop.runReady();
        assertThat(client.events()).endsWith("open");
    }

    @Test
    void faultsMayBeCombined() {
        endpoint.onNextConnection(Fault.latency(LATENCY), Fault.refuse(503), Fault.unreachable());
        connect();
        loop.advanceBy(LATENCY);
        assertThat(client.events()).isEmpty();
        loop.advanceBy(LATENCY);

        assertThat(client.events()).singleElement().asString().startsWith("refused with HTTP 503");
    }

    @Test
    void faultOfAnEndedConnectionDoesNothing() {
        Connection connection = open();
        FakeConnection accepted = accepted();
        connection.abort();
        loop.runReady();
        accepted.apply(Fault.garbage(TO_CLIENT, bytes("x")));
        accepted.apply(Fault.cutAfter(TO_CLIENT, 0));
        loop.runReady();

        assertThat(client.events()).hasSize(2);
        assertThat(server.events()).hasSize(2);
    }

    @Test
    void faultsAreValues() {
        assertThat(Fault.garbage(TO_CLIENT, bytes("x"))).isEqualTo(Fault.garbage(TO_CLIENT, bytes("x")));
        assertThatThrownBy(() -> Fault.refuse(101)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fault.refuse(600)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fault.latency(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fault.cutAfter(TO_CLIENT, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Fault.Garbage(TO_CLIENT, "\u0100")).isInstanceOf(IllegalArgumentException.class);
    }
}
