package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static io.websip.protocol.ServerFarm.url;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.config.ReconnectPolicy;
import io.websip.transport.Closure;
import io.websip.transport.fake.Fault;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that does not let us in: each refusal is told, and those that will last are not asked again soon (WS-02). */
class RefusedHandshakeTest {
    private static final Duration MIN = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofSeconds(600);

    private final ServerFarm farm = new ServerFarm();

    @AfterEach
    void nothingIsLeft() {
        farm.close();
    }

    private void startAgainst(Fault refusal) {
        farm.server("main").endpoint().onEveryConnection(refusal);
        goOn(farm.alice(b -> b.server(url("main")).reconnect(ReconnectPolicy.between(MIN, MAX)))
                .start());
        farm.loop.runReady();
    }

    private int status() {
        return ((Closure.Refused) farm.lastLoss().why()).httpStatus();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 400, 401, 403, 404, 407, 410})
    void ws02PermanentRefusalGetsTheLongestPauseAtOnce(int status) {
        startAgainst(Fault.refuse(status));

        assertThat(status()).isEqualTo(status);
        assertThat(farm.lastLoss().retryIn().orElseThrow()).isBetween(MAX.dividedBy(2), MAX);
        farm.seconds(6_000);
        assertThat(farm.losses).hasSizeBetween(10, 20);
    }

    @Test
    void ws01NoSubprotocolIsPermanentToo() {
        startAgainst(Fault.noSubprotocol());

        assertThat(status()).isEqualTo(101);
        assertThat(farm.lastLoss().retryIn().orElseThrow()).isBetween(MAX.dividedBy(2), MAX);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void ws02PassingRefusalGetsTheShortPause(int status) {
        startAgainst(Fault.refuse(status));

        assertThat(status()).isEqualTo(status);
        assertThat(farm.lastLoss().retryIn().orElseThrow()).isBetween(MIN.dividedBy(2), MIN);
    }

    @Test
    void uac15RetryAfterHoldsWhereItIsLongerThanThePause() {
        startAgainst(Fault.refuse(503, Duration.ofSeconds(300)));

        assertThat(farm.lastLoss().retryIn()).contains(Duration.ofSeconds(300));
        assertThat(((Closure.Refused) farm.lastLoss().why()).retryAfter()).contains(Duration.ofSeconds(300));
        farm.get("main").endpoint().onEveryConnection();
        assertThat(farm.untilNews()).isEqualTo(Duration.ofSeconds(300));
        assertThat(farm.news()).endsWith("connected main", "registered");
    }

    @Test
    void uac15RetryAfterShorterThanThePauseChangesNothing() {
        startAgainst(Fault.refuse(403, Duration.ofSeconds(1)));

        assertThat(farm.lastLoss().retryIn().orElseThrow()).isBetween(MAX.dividedBy(2), MAX);
    }

    @Test
    void uac15RetryAfterOfOneServerLeavesTheOtherToBeTriedAtOnce() {
        farm.server("main").endpoint().onNextConnection(Fault.refuse(503, Duration.ofSeconds(300)));
        farm.server("spare").endpoint().onNextConnection(Fault.refuse(503));
        goOn(farm.alice(b -> b.server(url("main"), 1).server(url("spare"))).start());
        farm.seconds(200);
        assertThat(farm.connections("spare")).isEqualTo(1);
        farm.seconds(110);

        assertThat(farm.connections("main")).as("once its time is over").isEqualTo(1);
    }

    @Test
    void refusalByOneServerLetsTheOtherBeTriedAtOnce() {
        farm.server("main").endpoint().onEveryConnection(Fault.refuse(403));
        farm.server("spare");
        farm.started(b -> b.server(url("main"), 1).server(url("spare")));

        assertThat(farm.news()).containsExactly("disconnected main", "connected spare", "registered");
    }

    @Test
    void boundedTriesOfARefusedServerEndInAnEventWithTheStatus() {
        farm.server("main").endpoint().onEveryConnection(Fault.refuse(403));
        goOn(farm.alice(b -> b.server(url("main"))
                        .reconnect(ReconnectPolicy.between(MIN, MAX).attempts(2)))
                .start());
        farm.seconds(36_000);

        assertThat(farm.losses).hasSize(3);
        assertThat(status()).isEqualTo(403);
        assertThat(farm.lastLoss().retryIn()).isEmpty();
    }

    @Test
    void silentHandshakeEndsWithTheConnectTimeout() {
        farm.server("main").endpoint().onEveryConnection(Fault.silentHandshake());
        goOn(farm.alice(b -> b.server(url("main")).connectTimeout(Duration.ofSeconds(4)))
                .start());

        assertThat(farm.untilNews()).isEqualTo(Duration.ofSeconds(4));
        assertThat(farm.lastLoss().why())
                .isInstanceOfSatisfying(
                        Closure.Failed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOf(SocketTimeoutException.class)
                                .hasMessageContaining("main.example.com")
                                .hasMessageContaining("within 4 s"));
    }
}
