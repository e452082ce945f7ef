package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.failure;
import static io.websip.protocol.RegisteringBench.goOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.NotReadyException;
import io.websip.UserAgent;
import io.websip.config.ReconnectPolicy;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.dns.DnsAnswer;
import io.websip.dns.DnsException;
import io.websip.dns.DnsResolver;
import io.websip.dns.NaptrRecord;
import io.websip.dns.SrvRecord;
import io.websip.transport.Closure;
import io.websip.transport.fake.Fault;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DNS that fails, is silent or hostile, and agents that are stopped meanwhile. */
class DnsFailureTest {
    private static final String SRV = "_sips._wss.example.com";

    private final ServerFarm farm = new ServerFarm();

    @AfterEach
    void nothingIsLeft() {
        farm.close();
    }

    private UserAgentConfigBuilder domain(UserAgentConfigBuilder builder) {
        return builder.server("example.com")
                .dnsResolver(farm.dns)
                .register(false)
                .connectTimeout(Duration.ofSeconds(15));
    }

    private void start(Consumer<UserAgentConfigBuilder> options) {
        goOn(farm.alice(b -> options.accept(domain(b))).start());
        farm.loop.runReady();
    }

    private void listenAt(String... ips) {
        for (String ip : ips) {
            farm.serverAt("wss://" + ip, ip, options -> {});
        }
    }

    private void oneTarget() {
        farm.dns.srv(SRV, 10, 1, 443, "one.example.com").address("one.example.com", "192.0.2.1");
        listenAt("192.0.2.1");
    }

    private Closure.Failed lastFailure() {
        return (Closure.Failed) farm.lastLoss().why();
    }

    @Test
    void domainWithoutRecordsIsAnEventThatNamesIt() {
        CompletableFuture<Void> started = farm.alice(this::domain).start();

        assertThat(failure(started)).isInstanceOf(NotReadyException.class).hasMessageContaining("example.com");
        assertThat(farm.news()).containsExactly("disconnected example.com");
        assertThat(farm.lastLoss().server()).hasToString("wss://example.com:443/");
        assertThat(lastFailure().cause())
                .isInstanceOf(DnsException.class)
                .hasMessageContaining("no server of example.com");
        assertThat(farm.lastLoss().retryIn())
                .hasValueSatisfying(pause -> assertThat(pause).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2)));
    }

    @Test
    void failedLookupsHavePausesThatDouble() {
        farm.dns.fail("example.com").fail(SRV);
        start(b -> b.reconnect(ReconnectPolicy.between(Duration.ofSeconds(2), Duration.ofSeconds(30))));
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            pauses.add(farm.untilNews());
        }

        long[] upper = {2, 4, 8, 16, 30, 30};
        for (int i = 0; i < upper.length; i++) {
            assertThat(pauses.get(i)).isBetween(Duration.ofMillis(500 * upper[i]), Duration.ofMillis(1_000 * upper[i]));
        }
        assertThat(lastFailure().cause()).hasMessageContaining("example.com").hasMessageContaining("NAPTR");
    }

    @Test
    void failedQueryIsNoReasonToGuessOrToTakeWs() {
        farm.dns
                .fail("_sips._ws.example.com")
                .srv("_sip._ws.example.com", 1, 1, 80, "edge.example.com")
                .address("edge.example.com", "192.0.2.1")
                .address("example.com", "192.0.2.1");
        farm.serverAt("ws://192.0.2.1", "192.0.2.1", options -> {});
        start(b -> {});

        assertThat(farm.news()).containsExactly("disconnected example.com");
        assertThat(lastFailure().cause()).hasMessageContaining("_sips._ws.example.com");
    }

    @Test
    void failedNaptrQueryLetsSrvOfWssBeTaken() {
        oneTarget();
        farm.dns.fail("example.com");
        farm.started(this::domain);

        assertThat(farm.news()).containsExactly("connected 192.0.2.1");
    }

    @Test
    void silentDnsEndsWithTheConnectTimeout() {
        farm.dns.silence("example.com");
        goOn(farm.alice(b -> domain(b).connectTimeout(Duration.ofSeconds(4))).start());

        assertThat(farm.untilNews()).isEqualTo(Duration.ofSeconds(4));
        assertThat(lastFailure().cause())
                .hasMessageContaining("NAPTR example.com")
                .hasMessageContaining("within 4 s");
        farm.dns.assertNoQueries();
    }

    @Test
    void timeOfALookupIsNotTakenFromTheConnection() {
        oneTarget();
        farm.dns.delay(Duration.ofSeconds(4));
        farm.get("192.0.2.1").endpoint().onEveryConnection(Fault.silentHandshake());
        goOn(farm.alice(this::domain).start());

        assertThat(farm.untilNews()).as("NAPTR, SRV, addresses, connection").isEqualTo(Duration.ofSeconds(12 + 15));
        assertThat(farm.news()).startsWith("disconnected 192.0.2.1");
    }

    @Test
    void failedDomainLetsAUrlBeTriedAtOnce() {
        farm.server("spare");
        farm.started(b -> domain(b).server(ServerFarm.url("spare")).random(new java.util.Random(3)));

        assertThat(farm.news()).endsWith("connected spare");
    }

    @Test
    void wantedDomainIsReturnedToWhenDnsIsBackAfterManyFailures() {
        oneTarget();
        farm.dns.fail(SRV);
        farm.server("spare");
        farm.started(b ->
                b.server("example.com", 10).server(ServerFarm.url("spare"), 1).dnsResolver(farm.dns));
        farm.seconds(600);
        assertThat(farm.dns.queries(SRV)).as("asked again and again").isGreaterThan(3);
        assertThat(farm.news()).containsExactly("disconnected example.com", "connected spare", "registered");
        farm.dns.heal(SRV);
        farm.seconds(600);

        assertThat(farm.news()).containsExactly("disconnected spare", "connected 192.0.2.1", "registered");
        assertThat(farm.connections("spare")).isZero();
    }

    @Test
    void boundedTriesEnd() {
        start(b -> b.reconnect(ReconnectPolicy.between(Duration.ofSeconds(1), Duration.ofSeconds(2))
                .attempts(2)));
        farm.seconds(3_600);

        assertThat(farm.losses).hasSize(3);
        assertThat(farm.lastLoss().retryIn()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void stopDuringALookupLeavesNothing(int answersBefore) {
        oneTarget();
        farm.dns.delay(Duration.ofSeconds(1));
        UserAgent alice = farm.alice(this::domain);
        CompletableFuture<Void> started = alice.start();
        farm.loop.advanceBy(Duration.ofMillis(1_000L * answersBefore + 500));
        assertThat(alice.isConnected()).isEqualTo(answersBefore == 3);
        alice.stop().join();

        assertThat(started).isDone();
        assertThat(farm.news()).endsWith("disconnected " + (answersBefore == 3 ? "192.0.2.1" : "example.com"));
        farm.dns.assertNoQueries();
        farm.network.assertNoConnections();
        farm.loop.assertQuiet();
    }

    @Test
    void stopDuringASilentLookupLeavesNothing() {
        oneTarget();
        farm.dns.silence("one.example.com");
        UserAgent alice = farm.alice(this::domain);
        goOn(alice.start());
        farm.seconds(3);
        alice.stop().join();

        farm.dns.assertNoQueries();
        farm.loop.assertQuiet();
    }

    @Test
    void stopDuringThePauseAfterALookupLeavesNothing() {
        UserAgent alice = farm.alice(this::domain);
        goOn(alice.start());
        farm.loop.runReady();
        alice.stop().join();

        farm.loop.assertQuiet();
    }

    @Test
    void agentMayBeStoppedAndStartedDuringALookup() {
        oneTarget();
        farm.dns.delay(Duration.ofSeconds(1));
        UserAgent alice = farm.alice(this::domain);
        goOn(alice.start());
        farm.loop.advanceBy(Duration.ofMillis(500));
        goOn(alice.stop());
        alice.start().join();

        assertThat(alice.isConnected()).isTrue();
    }

    @Test
    void transportThatIsClosedDuringALookupEndsIt() {
        oneTarget();
        farm.dns.delay(Duration.ofSeconds(1));
        UserAgent alice = farm.alice(this::domain);
        CompletableFuture<Void> started = alice.start();
        CompletableFuture<?> sent = alice.sendMessage("bob", "hello");
        farm.loop.advanceBy(Duration.ofMillis(500));
        farm.transport.close();
        farm.seconds(10);

        assertThat(sent).isCompletedExceptionally();
        assertThat(started).isCompletedExceptionally();
        assertThat(alice.stop()).succeedsWithin(Duration.ZERO);
    }

    @Test
    void hostileNumberOfRecordsIsCut() {
        for (int i = 0; i < 2_000; i++) {
            farm.dns.srv(SRV, 1, 1, 443, "host" + i + ".example.com");
            for (int j = 0; j < 20; j++) {
                farm.dns.address("host" + i + ".example.com", "10." + i / 256 + "." + i % 256 + "." + j);
            }
        }
        start(b -> b.reconnect(ReconnectPolicy.never()));
        farm.seconds(60);

        assertThat(farm.dns.queries()).hasSizeLessThanOrEqualTo(2 + 16);
        assertThat(farm.losses).hasSize(32);
    }

    @Test
    void resolverThatThrowsIsAFailureLikeAnother() {
        DnsResolver broken = new DnsResolver() {
            @Override
            public CompletableFuture<DnsAnswer<NaptrRecord>> naptr(String name) {
                throw new IllegalStateException("broken");
            }

            @Override
            public CompletableFuture<DnsAnswer<SrvRecord>> srv(String name) {
                return CompletableFuture.failedFuture(new RuntimeException("broken too"));
            }

            @Override
            public CompletableFuture<DnsAnswer<InetAddress>> addresses(String host) {
                throw new AssertionError("not asked after failures");
            }
        };
        start(b -> b.dnsResolver(broken));

        assertThat(farm.news()).containsExactly("disconnected example.com");
        assertThat(lastFailure().cause()).hasMessageContaining("example.com").hasMessageContaining("broken");
    }

    @Test
    void answersMayComeFromAnyThreadAndTheAgentStaysOnItsLoop() {
        listenAt("192.0.2.1");
        farm.dns.address("example.com", "192.0.2.1");
        List<Runnable> answers = new ArrayList<>();
        DnsResolver elsewhere = new DnsResolver() {
            @Override
            public CompletableFuture<DnsAnswer<NaptrRecord>> naptr(String name) {
                return answer(DnsAnswer.none());
            }

            @Override
            public CompletableFuture<DnsAnswer<SrvRecord>> srv(String name) {
                return answer(
                        new DnsAnswer<>(List.of(new SrvRecord(1, 1, 443, "example.com")), Duration.ofSeconds(60)));
            }

            @Override
            public CompletableFuture<DnsAnswer<InetAddress>> addresses(String host) {
                return farm.dns.addresses(host);
            }

            private <T> CompletableFuture<DnsAnswer<T>> answer(DnsAnswer<T> answer) {
                CompletableFuture<DnsAnswer<T>> future = new CompletableFuture<>();
                answers.add(() -> future.complete(answer));
                return future;
            }
        };
        goOn(farm.alice(b -> domain(b).dnsResolver(elsewhere)).start());
        farm.loop.runReady();
        CompletableFuture.runAsync(answers.get(0)).join();
        assertThat(answers).as("nothing goes on before the loop runs").hasSize(1);
        farm.loop.runReady();
        CompletableFuture.runAsync(answers.get(1)).join();
        assertThat(farm.dns.queries()).isEmpty();
        farm.loop.runReady();

        assertThat(farm.news()).containsExactly("connected 192.0.2.1");
    }
}
