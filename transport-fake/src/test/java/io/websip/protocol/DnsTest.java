package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.failure;
import static io.websip.protocol.RegisteringBench.goOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.NotReadyException;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.transport.fake.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of an agent whose server is a domain: several targets, and records that change (RFC 3263, RFC 2782). */
class DnsTest {
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

    /** Three targets of which the first two have the lower priority number. */
    private void threeTargets() {
        farm.dns
                .srv(SRV, 10, 1, 443, "one.example.com")
                .srv(SRV, 20, 1, 443, "two.example.com")
                .srv(SRV, 30, 1, 443, "three.example.com")
                .address("one.example.com", "192.0.2.1")
                .address("two.example.com", "192.0.2.2")
                .address("three.example.com", "192.0.2.3");
        listenAt("192.0.2.1", "192.0.2.2", "192.0.2.3");
    }

    @Test
    void targetsAreTriedByPriorityWithoutAPause() {
        threeTargets();
        farm.get("192.0.2.1").endpoint().onEveryConnection(Fault.unreachable());
        farm.get("192.0.2.2").endpoint().onEveryConnection(Fault.refuse(503));
        Duration before = farm.loop.elapsed();
        farm.started(this::domain);

        assertThat(farm.news())
                .containsExactly("disconnected 192.0.2.1", "disconnected 192.0.2.2", "connected 192.0.2.3");
        assertThat(farm.loop.elapsed()).isEqualTo(before);
    }

    /** Names of containers have underscores. */
    @Test
    void aTargetMayHaveAnUnderscore() {
        farm.dns.srv(SRV, 10, 1, 443, "node_1.example.com").address("node_1.example.com", "192.0.2.1");
        listenAt("192.0.2.1");
        farm.started(this::domain);
        assertThat(farm.news()).containsExactly("connected 192.0.2.1");
    }

    @Test
    void lostTargetIsLeftForTheNextWithoutANewLookup() {
        threeTargets();
        farm.started(this::domain);
        int queries = farm.dns.queries().size();
        farm.get("192.0.2.1").endpoint().onEveryConnection(Fault.unreachable());
        farm.get("192.0.2.1").restart();

        assertThat(farm.news()).containsExactly("connected 192.0.2.1", "disconnected 192.0.2.1", "connected 192.0.2.2");
        assertThat(farm.dns.queries()).hasSize(queries);
    }

    @Test
    void targetOfABetterPriorityIsReturnedTo() {
        threeTargets();
        farm.get("192.0.2.1").endpoint().onEveryConnection(Fault.unreachable());
        farm.get("192.0.2.2").endpoint().onEveryConnection(Fault.unreachable());
        farm.started(b -> domain(b).register(true));
        farm.news();
        farm.get("192.0.2.2").endpoint().onEveryConnection();
        farm.seconds(5);
        assertThat(farm.news()).containsExactly("disconnected 192.0.2.3", "connected 192.0.2.2", "registered");

        farm.get("192.0.2.1").endpoint().onEveryConnection();
        farm.seconds(60);
        assertThat(farm.news()).containsExactly("disconnected 192.0.2.2", "connected 192.0.2.1", "registered");
        farm.seconds(3_600);
        assertThat(farm.news()).isEmpty();
        assertThat(farm.connections("192.0.2.1")).isEqualTo(1);
        assertThat(farm.connections("192.0.2.2") + farm.connections("192.0.2.3"))
                .isZero();
    }

    @Test
    void targetOfTheSamePriorityIsNoBetter() {
        farm.dns
                .srv(SRV, 10, 1, 443, "one.example.com")
                .srv(SRV, 10, 9, 443, "two.example.com")
                .address("one.example.com", "192.0.2.1")
                .address("two.example.com", "192.0.2.2");
        listenAt("192.0.2.1", "192.0.2.2");
        farm.get("192.0.2.2").endpoint().onEveryConnection(Fault.unreachable());
        farm.started(this::domain);
        farm.get("192.0.2.2").endpoint().onEveryConnection();
        farm.news();
        farm.seconds(600);

        assertThat(farm.news()).isEmpty();
        assertThat(farm.connections("192.0.2.1")).isEqualTo(1);
    }

    @Test
    void allAddressesOfATargetAreTriedBeforeTheNextTarget() {
        farm.dns
                .srv(SRV, 10, 1, 443, "one.example.com")
                .srv(SRV, 20, 1, 443, "two.example.com")
                .address("one.example.com", "192.0.2.1", "2001:db8::1")
                .address("two.example.com", "192.0.2.2");
        listenAt("192.0.2.2");
        farm.started(this::domain);

        assertThat(farm.news())
                .containsExactly("disconnected 192.0.2.1", "disconnected 2001:db8:0:0:0:0:0:1", "connected 192.0.2.2");
    }

    @Test
    void amongEqualsTheShareIsThatOfTheWeight() {
        farm.dns
                .srv(SRV, 10, 90, 443, "one.example.com")
                .srv(SRV, 10, 10, 443, "two.example.com")
                .address("one.example.com", "192.0.2.1")
                .address("two.example.com", "192.0.2.2");
        listenAt("192.0.2.1", "192.0.2.2");
        for (int i = 0; i < 100; i++) {
            farm.agent("user" + i, this::domain).start().join();
        }

        assertThat(farm.connections("192.0.2.1")).isBetween(80, 98);
        assertThat(farm.connections("192.0.2.2")).isEqualTo(100 - farm.connections("192.0.2.1"));
    }

    @Test
    void whenAllHaveFailedEachWaitsForItself() {
        threeTargets();
        List.of("192.0.2.1", "192.0.2.2", "192.0.2.3")
                .forEach(ip -> farm.get(ip).endpoint().onEveryConnection(Fault.unreachable()));
        CompletableFuture<Void> started = farm.alice(this::domain).start();

        assertThat(failure(started)).isInstanceOf(NotReadyException.class).hasMessageContaining("192.0.2.3");
        assertThat(farm.lastLoss().retryIn())
                .hasValueSatisfying(
                        pause -> assertThat(pause).isBetween(Duration.ofMillis(900), Duration.ofSeconds(2)));
        farm.seconds(600);
        assertThat(farm.losses).as("pauses double up to 30 s for each of three").hasSizeBetween(63, 150);
    }

    @Test
    void targetWithoutAddressIsPassedOver() {
        farm.dns
                .srv(SRV, 10, 1, 443, "gone.example.com")
                .srv(SRV, 20, 1, 443, "failing.example.com")
                .srv(SRV, 30, 1, 443, "two.example.com")
                .fail("failing.example.com")
                .address("two.example.com", "192.0.2.2");
        listenAt("192.0.2.2");
        farm.started(this::domain);

        assertThat(farm.news()).containsExactly("connected 192.0.2.2");
    }

    @Test
    void silentNameServerOfOneTargetHoldsTheOthersUpForTwoSecondsOnly() {
        farm.dns
                .srv(SRV, 10, 1, 443, "silent.example.com")
                .srv(SRV, 20, 1, 443, "two.example.com")
                .silence("silent.example.com")
                .address("two.example.com", "192.0.2.2");
        listenAt("192.0.2.2");
        goOn(farm.alice(this::domain).start());

        assertThat(farm.untilNews()).isEqualTo(Duration.ofSeconds(2));
        assertThat(farm.news()).containsExactly("connected 192.0.2.2");
        farm.dns.assertNoQueries();
    }

    @Test
    void recordsAreLookedUpAgainAtTheReconnectAfterTheirTime() {
        farm.dns.ttl(Duration.ofSeconds(60)).srv(SRV, 1, 1, 443, "one.example.com");
        farm.dns.ttl(Duration.ofSeconds(600)).address("one.example.com", "192.0.2.1");
        listenAt("192.0.2.1", "192.0.2.2");
        farm.started(this::domain);
        farm.dns.remove("one.example.com").address("one.example.com", "192.0.2.2");

        farm.seconds(50);
        farm.get("192.0.2.1").restart();
        farm.seconds(5);
        assertThat(farm.news())
                .as("they hold still")
                .containsExactly("connected 192.0.2.1", "disconnected 192.0.2.1", "connected 192.0.2.1");
        int before = farm.dns.queries(SRV);
        farm.seconds(60);
        assertThat(farm.dns.queries(SRV)).as("nothing is asked while connected").isEqualTo(before);

        farm.get("192.0.2.1").restart();
        farm.seconds(5);
        assertThat(farm.news()).containsExactly("disconnected 192.0.2.1", "connected 192.0.2.2");
        assertThat(farm.dns.queries(SRV)).isEqualTo(before + 1);
    }

    @Test
    void addressThatIsStillThereKeepsItsMark() {
        farm.dns.ttl(Duration.ofSeconds(20));
        threeTargets();
        farm.started(b -> domain(b).reconnect(Duration.ofSeconds(600), Duration.ofSeconds(600)));
        farm.get("192.0.2.1").endpoint().onEveryConnection(Fault.unreachable());
        farm.get("192.0.2.1").restart();
        farm.seconds(30);
        farm.news();
        farm.get("192.0.2.2").endpoint().onEveryConnection(Fault.unreachable());
        farm.get("192.0.2.2").restart();
        farm.loop.runReady();

        assertThat(farm.news()).containsExactly("disconnected 192.0.2.2", "connected 192.0.2.3");
        assertThat(farm.dns.queries(SRV)).isEqualTo(2);
    }

    @Test
    void recordsWithoutALifeCannotMakeAnAgentAskAllTheTime() {
        farm.dns.ttl(Duration.ZERO);
        threeTargets();
        List.of("192.0.2.1", "192.0.2.2", "192.0.2.3")
                .forEach(ip -> farm.get(ip).endpoint().onEveryConnection(Fault.unreachable()));
        start(b -> b.reconnect(Duration.ofMillis(100), Duration.ofMillis(200)));
        farm.seconds(100);

        assertThat(farm.losses).hasSizeGreaterThan(500);
        assertThat(farm.dns.queries(SRV)).isBetween(5, 11);
    }

    @Test
    void recordsWithALongLifeAreAskedForAgainAfterAnHour() {
        farm.dns.ttl(Duration.ofDays(7));
        threeTargets();
        farm.started(this::domain);
        farm.seconds(3_590);
        farm.get("192.0.2.1").restart();
        farm.loop.runReady();
        assertThat(farm.dns.queries(SRV)).isEqualTo(1);
        farm.seconds(20); // it is back at the first
        farm.get("192.0.2.1").restart();
        farm.loop.runReady();
        assertThat(farm.dns.queries(SRV)).isEqualTo(2);
    }

    @Test
    void oldAnswerHoldsWhereANewOneCannotBeHad() {
        farm.dns.ttl(Duration.ofSeconds(20));
        threeTargets();
        farm.started(this::domain);
        farm.dns.fail("example.com").fail(SRV);
        farm.seconds(30);
        farm.get("192.0.2.1").restart();

        assertThat(farm.news()).containsExactly("connected 192.0.2.1", "disconnected 192.0.2.1", "connected 192.0.2.2");
        assertThat(farm.dns.queries(SRV)).isEqualTo(2);
    }

    @Test
    void oldAnswerHoldsWhereDnsIsSilentToo() {
        farm.dns.ttl(Duration.ofSeconds(20));
        threeTargets();
        farm.started(this::domain);
        farm.news();
        farm.dns.silence("example.com");
        farm.seconds(30);
        farm.get("192.0.2.1").restart();
        farm.loop.runReady();
        farm.news();

        assertThat(farm.untilNews()).isEqualTo(Duration.ofSeconds(15));
        assertThat(farm.news()).containsExactly("connected 192.0.2.1");
    }

    @Test
    void domainOfHigherWeightIsReturnedTo() {
        farm.dns.fail("example.com").fail(SRV);
        farm.dns.ttl(Duration.ofSeconds(20));
        threeTargets();
        farm.server("spare");
        goOn(farm.alice(b -> b.server("example.com", 5)
                        .server(ServerFarm.url("spare"))
                        .dnsResolver(farm.dns)
                        .register(false))
                .start());
        farm.loop.runReady();
        assertThat(farm.news()).containsExactly("disconnected example.com", "connected spare");

        farm.dns.heal("example.com").heal(SRV);
        farm.seconds(60);
        assertThat(farm.connections("192.0.2.1")).isEqualTo(1);
        assertThat(farm.connections("spare")).isZero();
    }
}
