package io.websip.transport.fake;

import static io.websip.transport.fake.Recorder.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.transport.Connection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClosingTest extends NetworkTestBase {
    private static final String RESET = "failed: java.io.IOException: connection reset by peer";
    private static final String ABORTED = "failed: java.io.IOException: the connection was aborted";
    private static final String GIVEN_UP = "failed: java.io.IOException: the attempt was given up";

    @Test
    void clientClosesAfterWhatItHadSent() {
        Connection connection = open();

        connection.send(bytes("last"));
        connection.close(3000, "bye");
        assertThat(client.events()).containsExactly("open");
        loop.runReady();

        assertThat(server.events()).containsExactly("open", "message last", "closed with 3000 (bye)");
        assertThat(client.events()).endsWith("closed with 3000 (bye)");
        loop.assertQuiet();
        network.assertNoConnections();
    }

    @Test
    void serverClosesAfterWhatItHadSent() {
        open();

        accepted().send(bytes("last"));
        accepted().close(1001, "going away");
        loop.runReady();

        assertThat(client.events()).containsExactly("open", "message last", "closed with 1001 (going away)");
        assertThat(server.events()).containsExactly("open", "closed with 1001 (going away)");
        loop.assertQuiet();
    }

    @Test
    void closeFrameWithoutACodeIs1005() {
        open();
        accepted().close(1005, "");
        loop.runReady();

        assertThat(client.events()).containsExactly("open", "closed with 1005");
    }

    @Test
    void bothCloseAtOnce() {
        Connection connection = open();
        FakeConnection accepted = accepted();

        connection.close(3000, "client");
        accepted.close(3001, "server");
        loop.runReady();

        assertThat(client.events()).containsExactly("open", "closed with 3001 (server)");
        assertThat(server.events()).containsExactly("open", "closed with 3000 (client)");
        loop.assertQuiet();
    }

    @Test
    void onlyTheFirstCloseCounts() {
        Connection connection = open();
        connection.close(3000, "first");
        connection.close(3001, "second");
        loop.runReady();
        connection.close(3002, "third");
        connection.abort();
        loop.runReady();

        assertThat(client.events()).containsExactly("open", "closed with 3000 (first)");
    }

    @Test
    void messagesStillComeWhileTheCloseFrameIsUnderWay() {
        network.latency(Duration.ofMillis(50));
        Connection connection = open();
        accepted().send(bytes("crossing"));
        connection.close(1000, "");
        loop.advanceBy(Duration.ofMillis(100));

        assertThat(client.events()).containsExactly("open", "message crossing", "closed with 1000");
    }

    @Test
    void answerToACloseFrameIsAwaitedForABoundedTime() {
        Connection connection = open();
        accepted().apply(Fault.halfOpen());

        connection.close(3000, "bye");
        loop.advanceBy(End.CLOSE_TIMEOUT.minusNanos(1));
        assertThat(client.events()).containsExactly("open");
        loop.advanceBy(Duration.ofNanos(1));

        assertThat(client.events()).containsExactly("open", "closed with 3000 (bye)");
        loop.assertQuiet();
    }

    @Test
    void abortCutsACloseShort() {
        network.latency(Duration.ofSeconds(1));
        Connection connection = open();
        connection.close(1000, "");
        connection.abort();
        loop.runReady();

        assertThat(client.events()).containsExactly("open", ABORTED);
        loop.advanceBy(Duration.ofSeconds(1));
        assertThat(server.events()).containsExactly("open", RESET);
        loop.assertQuiet();
    }

    @Test
    void abortLosesWhatIsUnderWay() {
        Connection connection = open();
        connection.send(bytes("lost"));
        connection.abort();
        assertThat(client.events()).containsExactly("open");
        loop.runReady();

        assertThat(client.events()).containsExactly("open", ABORTED);
        assertThat(server.events()).containsExactly("open", RESET);
    }

    @Test
    void serverAborts() {
        open();
        FakeConnection accepted = accepted();
        accepted.abort();
        assertThat(accepted.isOpen()).isFalse();
        assertThat(accepted.send(bytes("x"))).isFalse();
        loop.runReady();

        assertThat(client.events()).containsExactly("open", RESET);
        assertThat(server.events()).containsExactly("open", ABORTED);
    }

    @Test
    void attemptIsGivenUpByClose() {
        connect().close(1000, "");
        loop.runReady();

        assertThat(client.events()).containsExactly(GIVEN_UP);
        assertThat(server.events()).isEmpty();
        loop.assertQuiet();
    }

    @Test
    void attemptIsGivenUpWhileTheAnswerIsUnderWay() {
        network.latency(Duration.ofSeconds(1));
        Connection connection = connect();
        loop.advanceBy(Duration.ofSeconds(1));
        connection.abort();
        loop.advanceBy(Duration.ofSeconds(2));

        assertThat(client.events()).containsExactly(ABORTED);
        assertThat(server.events()).containsExactly("open", RESET);
        loop.assertQuiet();
    }

    @Test
    void endpointThatStopsListeningKeepsItsConnections() {
        Connection connection = open();
        connect();
        endpoint.close();
        endpoint.close();
        connection.send(bytes("x"));
        loop.runReady();

        assertThat(client.events())
                .contains("open", "message re: x")
                .anyMatch(event -> event.startsWith("failed: java.net.ConnectException"));
        network.listen(ADDRESS, (c, message) -> {});
        assertThatThrownBy(() -> network.listen(ADDRESS, (c, message) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("listens on wss://sip.example.com:443/ws already");
    }

    @Test
    void connectionsLeftBehindAreNamed() {
        open();
        assertThatThrownBy(network::assertNoConnections)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("connection 1 to wss://sip.example.com:443/ws");
    }
}
