package io.websip.kit;

import static io.websip.kit.KitOptions.DEFAULTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import io.websip.transport.Transport;
import io.websip.transport.socket.HostLookup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Names with several addresses, addresses of either family, and lookups that fail or take their time. */
public abstract class AddressesContract extends SettingsContract {
    private static final InetAddress FIRST = address("127.0.0.1");
    private static final InetAddress SECOND = address("127.0.0.2");

    @Test
    void theNextAddressIsTriedWhereOneRefuses() {
        RawWebSocketServer live = closeLater(RawWebSocketServer.at(SECOND, 0));
        opens(names(FIRST, SECOND), DEFAULTS, live);
    }

    @Test
    void theNextAddressIsTriedWhereOneIsSilentForItsShareOfTheTime() {
        RawWebSocketServer deaf = closeLater(RawWebSocketServer.deaf());
        RawWebSocketServer live =
                closeLater(RawWebSocketServer.at(SECOND, deaf.address().port()));
        opens(names(FIRST, SECOND), DEFAULTS.withConnectTimeout(Duration.ofSeconds(2)), live);
    }

    @Test
    void theFirstAddressIsTakenWhereItAnswers() {
        RawWebSocketServer live = closeLater(RawWebSocketServer.at(FIRST, 0));
        closeLater(RawWebSocketServer.at(SECOND, live.address().port()));
        opens(names(FIRST, SECOND), DEFAULTS, live);
    }

    @Test
    void anAddressThatAnswersButRefusesTheUpgradeIsTheAnswer() {
        RawWebSocketServer busy = closeLater(RawWebSocketServer.at(FIRST, 0));
        closeLater(RawWebSocketServer.at(SECOND, busy.address().port()));
        Dialed dialed = dial(builder().hostLookup(names(FIRST, SECOND)), named(busy));
        RawWebSocket peer = busy.accept();
        peer.readRequest();
        peer.write("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
        assertThat(dialed.listener().awaitClosed()).isEqualTo(new Closure.Refused(503, "Busy"));
    }

    @Test
    void noAddressThatAnswersFailsAndNamesTheServer() {
        ServerAddress address = ServerAddress.parse(
                "ws://sip.example.test:" + RawWebSocketServer.nobody().port() + "/");
        Dialed dialed = dial(builder().hostLookup(names(FIRST, SECOND)), address);
        assertThat(dialed.listener().awaitClosed(Closure.Failed.class).cause())
                .hasMessageContaining(address.toString());
    }

    @Test
    void anAttemptMayBeGivenUpBetweenTwoAddresses() {
        RawWebSocketServer deaf = closeLater(RawWebSocketServer.deaf());
        Dialed dialed = dial(builder().hostLookup(names(FIRST, SECOND)), named(deaf));
        dialed.connection().abort();
        dialed.listener().awaitClosed(Closure.Failed.class);
    }

    @Test
    void anIpv6AddressIsReached() {
        InetAddress loopback = address("::1");
        Assumptions.assumeTrue(isThere(loopback), "this machine has no IPv6 on its loopback interface");
        RawWebSocketServer server = closeLater(RawWebSocketServer.at(loopback, 0));
        int port = server.address().port();
        Dialed dialed = dial(builder(), ServerAddress.parse("ws://[::1]:" + port + "/"));
        assertThat(server.accept().open().header("Host")).isEqualTo("[::1]:" + port);
        dialed.listener().awaitOpen();
    }

    @Test
    void anIpv6AddressThatIsDeadIsFollowedByAnIpv4AddressThatLives() {
        RawWebSocketServer live = closeLater(RawWebSocketServer.at(FIRST, 0));
        opens(names(address("::1"), FIRST), DEFAULTS, live);
    }

    @Test
    void aLookupThatFindsNothingOrThrowsFailsAndNamesTheServer() {
        ServerAddress address = ServerAddress.parse("ws://sip.example.test:5062/");
        List<HostLookup> broken = List.of(
                host -> List.of(),
                host -> {
                    throw new UnknownHostException(host);
                },
                host -> {
                    throw new IllegalStateException("out of order");
                });
        for (HostLookup each : broken) {
            Dialed dialed = dial(builder().hostLookup(each), address);
            assertThat(dialed.listener().awaitClosed(Closure.Failed.class).cause())
                    .hasMessageContaining(address.toString());
        }
    }

    @Test
    void aLookupThatTakesItsTimeDoesNotHoldTheLoopUp() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        RawWebSocketServer server = rawServer();
        Transport transport = built(builder().hostLookup(host -> {
            asked.countDown();
            awaitUninterrupted(answer);
            return List.of(FIRST);
        }));
        EventLoop loop = transport.newEventLoop();
        RecordingListener listener = listener(loop);
        transport.connect(named(server), loop, listener);
        awaitUninterrupted(asked);
        onLoop(loop, () -> assertThat(answer.getCount()).isOne());
        answer.countDown();
        server.accept().open();
        listener.awaitOpen();
    }

    private void opens(HostLookup lookup, KitOptions options, RawWebSocketServer live) {
        Dialed dialed = dial(newBuilder(options).hostLookup(lookup), named(live));
        UpgradeRequest request = live.accept().open();
        dialed.listener().awaitOpen();
        assertThat(request.header("Host"))
                .isEqualTo("sip.example.test:" + live.address().port());
    }

    private static HostLookup names(InetAddress... addresses) {
        return host -> {
            assertThat(host).isEqualTo("sip.example.test");
            return List.of(addresses);
        };
    }

    private static ServerAddress named(RawWebSocketServer server) {
        return server.address("sip.example.test", "/");
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isThere(InetAddress address) {
        try (ServerSocket probe = new ServerSocket(0, 1, address)) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        Await.until("a latch", () -> latch.getCount() == 0);
    }
}
