package io.websip.protocol;

import static io.websip.protocol.RegisteringBench.goOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.websip.UserAgent;
import io.websip.config.UserAgentConfigBuilder;
import io.websip.sip.SipMethod;
import io.websip.transport.Closure;
import io.websip.transport.fake.Fault;
import io.websip.transport.fake.sip.Answer;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that change while an agent has a good connection, or none: what it goes to, and what it leaves alone. */
class ChangingDnsTest {
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

    private void listenAt(String... ips) {
        for (String ip : ips) {
            farm.serverAt("wss://" + ip, ip, options -> {});
        }
    }

    private void two() {
        farm.dns.ttl(Duration.ofSeconds(20));
        farm.dns
                .srv(SRV, 10, 1, 443, "one.example.com")
                .srv(SRV, 20, 1, 443, "two.example.com")
                .address("one.example.com", "192.0.2.1")
                .address("two.example.com", "192.0.2.2");
        listenAt("192.0.2.1", "192.0.2.2", "192.0.2.5");
    }

    private void dead(String ip) {
        farm.get(ip).endpoint().onEveryConnection(Fault.unreachable());
    }

    private void alive(String ip) {
        farm.get(ip).endpoint().onEveryConnection();
    }

    /** Three targets of which each has the next higher priority number. */
    private void threeTargets() {
        two();
        farm.dns.srv(SRV, 30, 1, 443, "three.example.com").address("three.example.com", "192.0.2.3");
        listenAt("192.0.2.3");
    }

    /** At the second of two targets, since the first cannot be reached. */
    private void atSecond() {
        two();
        dead("192.0.2.1");
        farm.started(this::domain);
        assertThat(farm.news()).containsExactly("disconnected 192.0.2.1", "connected 192.0.2.2");
    }

    @Test
    void targetOfABetterPriorityThatHasMovedIsFound() {
        threeTargets();
        listenAt("192.0.2.4");
        dead("192.0.2.1");
        farm.started(this::domain);
        farm.news();
        farm.dns.remove("one.example.com").address("one.example.com", "192.0.2.4");
        farm.seconds(120);

        assertThat(farm.news()).containsExactly("disconnected 192.0.2.2", "connected 192.0.2.4");
        int queries = farm.dns.queries().size();
        farm.seconds(3_600);
        assertThat(farm.dns.queries()).as("nothing is asked at the best").hasSize(queries);
        assertThat(farm.news()).isEmpty();
    }

    @Test
    void betterTargetThatIsGoneIsTriedNoMore() {
        farm.dns.ttl(Duration.ofSeconds(20));
        two();
        dead("192.0.2.1");
        farm.started(this::domain);
        farm.dns.remove("one.example.com");
        farm.seconds(60);
        alive("192.0.2.1");
        farm.news();
        farm.seconds(3_600);

        assertThat(farm.news()).isEmpty();
        assertThat(farm.connections("192.0.2.2")).isEqualTo(1);
    }

    @Test
    void betterTargetIsTriedByTheOldAnswerWhereANewOneCannotBeHad() {
        threeTargets();
        dead("192.0.2.1");
        farm.started(this::domain);
        farm.news();
        farm.seconds(10);
        farm.dns.fail("example.com").fail(SRV);
        alive("192.0.2.1");
        farm.seconds(120);

        assertThat(farm.news()).containsExactly("disconnected 192.0.2.2", "connected 192.0.2.1");
    }

    /** The first target of the domain is busy for an hour, the others are dead, and then gone from DNS. */
    private void startAtBusyDomain(Consumer<UserAgentConfigBuilder> options) {
        threeTargets();
        farm.get("192.0.2.1").endpoint().onEveryConnection(Fault.refuse(503, Duration.ofHours(1)));
        dead("192.0.2.2");
        dead("192.0.2.3");
        goOn(farm.alice(b -> options.accept(b.dnsResolver(farm.dns).register(false)))
                .start());
        farm.seconds(1);
        farm.news();
        farm.dns.remove("two.example.com").remove("three.example.com");
    }

    private long refusals() {
        return farm.losses.stream()
                .filter(loss -> loss.why() instanceof Closure.Refused)
                .count();
    }

    @Test
    void uac15BetterServerThatAsksForTimeIsNotTriedByANewLookupEither() {
        farm.server("spare");
        startAtBusyDomain(b -> b.server("example.com", 5).server(ServerFarm.url("spare")));
        alive("192.0.2.1");
        farm.seconds(3_590);
        assertThat(farm.news()).isEmpty();

        farm.seconds(30);
        assertThat(farm.news()).containsExactly("disconnected spare", "connected 192.0.2.1");
    }

    @Test
    void uac15ServerThatAsksForTimeIsNotTriedByANewLookupEither() {
        startAtBusyDomain(b -> b.server("example.com"));
        assertThat(refusals()).isEqualTo(1);
        farm.seconds(3_500);
        assertThat(refusals()).isEqualTo(1);
        alive("192.0.2.1");
        farm.seconds(120);

        assertThat(farm.news()).endsWith("connected 192.0.2.1");
    }

    /** The server in use has left DNS (its target has another address now): the better one is returned to all the same. */
    @Test
    void betterIsReturnedToThoughTheServerInUseIsNoLongerNamed() {
        atSecond();
        farm.dns.remove("two.example.com").address("two.example.com", "192.0.2.5");
        farm.seconds(120); // the better one is tried in vain, by a new lookup
        alive("192.0.2.1");
        farm.seconds(3_600);
        assertThat(farm.news()).containsExactly("disconnected 192.0.2.2", "connected 192.0.2.1");
    }

    /** ... nor when the target in use is gone altogether. */
    @Test
    void betterIsReturnedToThoughTheServerInUseIsGoneFromDns() {
        atSecond();
        farm.dns.remove("two.example.com");
        farm.seconds(120);
        alive("192.0.2.1");
        farm.seconds(3_600);
        assertThat(farm.news()).containsExactly("disconnected 192.0.2.2", "connected 192.0.2.1");
    }

    /** The target in use is missing from DNS for a short while only. */
    @Test
    void betterIsReturnedToAfterTheServerInUseWasMissingForAWhile() {
        atSecond();
        farm.dns.remove("two.example.com");
        farm.seconds(60);
        farm.dns.address("two.example.com", "192.0.2.2");
        farm.seconds(60);
        alive("192.0.2.1");
        farm.seconds(3_600);
        assertThat(farm.news()).containsExactly("disconnected 192.0.2.2", "connected 192.0.2.1");
    }

    /** A server that asked for an hour, is missing from one DNS answer, and is back in the next. */
    @Test
    void uac15RetryAfterHoldsForAnAddressThatDnsDoesNotNameForAWhile() {
        two();
        farm.get("192.0.2.1").endpoint().onEveryConnection(Fault.refuse(503, Duration.ofHours(1)));
        farm.started(this::domain);
        assertThat(farm.news()).containsExactly("disconnected 192.0.2.1", "connected 192.0.2.2");
        farm.seconds(30);
        farm.dns.remove("one.example.com");
        farm.get("192.0.2.2").restart(); // connects anew; the answer is old, so that it looks up
        farm.seconds(30);
        farm.dns.address("one.example.com", "192.0.2.1");
        farm.seconds(30);
        alive("192.0.2.1");
        farm.get("192.0.2.2").restart();
        farm.seconds(60);
        assertThat(farm.news()).doesNotContain("connected 192.0.2.1");
        assertThat(farm.connections("192.0.2.1")).isZero();
    }

    /** 503 with Retry-After from the server in use, whose address has been missing from DNS meanwhile. */
    @Test
    void uac15ServerDoesNotLeaveItselfForItself() {
        two();
        dead("192.0.2.1");
        farm.started(b -> domain(b).register(true).registerExpires(Duration.ofSeconds(600)));
        farm.news();
        farm.dns.remove("two.example.com");
        farm.seconds(60);
        farm.dns.address("two.example.com", "192.0.2.2");
        farm.seconds(60);
        int before = farm.registers("192.0.2.2");
        farm.get("192.0.2.2").enqueue(SipMethod.REGISTER, Answer.status(503).header("Retry-After", "300"));
        farm.loop.runUntil(() -> farm.registers("192.0.2.2") == before + 1);
        farm.seconds(200);
        assertThat(farm.registers("192.0.2.2")).as("within its Retry-After").isEqualTo(before + 1);
    }

    /** Two SRV targets of different priority that have the same address. */
    @Test
    void uac15TwoTargetsAtOneAddressAreOneServer() {
        farm.dns.ttl(Duration.ofHours(1));
        farm.dns
                .srv(SRV, 10, 1, 443, "one.example.com")
                .srv(SRV, 20, 1, 443, "two.example.com")
                .address("one.example.com", "192.0.2.1")
                .address("two.example.com", "192.0.2.1");
        listenAt("192.0.2.1");
        farm.get("192.0.2.1").endpoint().onEveryConnection(Fault.refuse(503, Duration.ofMinutes(10)));
        goOn(farm.alice(this::domain).start());
        farm.seconds(1);
        assertThat(farm.news()).containsExactly("disconnected 192.0.2.1");
    }

    /** Lookup beside a good connection is under way: lost, stopped, closed. */
    @ParameterizedTest
    @ValueSource(strings = {"lost", "stop", "close", "transport", "unregister", "lostAndStop"})
    void lookupBesideAGoodConnection(String what) {
        two();
        dead("192.0.2.1");
        UserAgent alice = farm.started(b -> domain(b).register(true));
        farm.news();
        farm.seconds(15);
        farm.dns.delay(Duration.ofSeconds(3));
        int queries = farm.dns.queries().size();
        farm.loop.runUntil(() -> farm.dns.queries().size() > queries);
        farm.seconds(1);
        switch (what) {
            case "lost" -> {
                alive("192.0.2.1");
                farm.get("192.0.2.2").restart();
                farm.seconds(120);
                assertThat(alice.isRegistered()).isTrue();
                assertThat(farm.connections("192.0.2.1")).isEqualTo(1);
            }
            case "stop" -> {
                alice.stop().join();
                farm.dns.assertNoQueries();
                farm.network.assertNoConnections();
                farm.news();
                farm.seconds(100);
                assertThat(farm.news()).isEmpty();
            }
            case "close" -> alice.close();
            case "transport" -> {
                farm.transport.close();
                farm.seconds(30);
            }
            case "unregister" -> {
                alive("192.0.2.1");
                alice.unregister().join();
                farm.seconds(60);
                assertThat(alice.isRegistered()).isFalse();
                assertThat(farm.connections("192.0.2.1")).isEqualTo(1);
                assertThat(farm.registers("192.0.2.1")).isZero();
            }
            case "lostAndStop" -> {
                farm.get("192.0.2.2").restart();
                farm.seconds(1);
                alice.stop().join();
                farm.news();
                farm.seconds(60);
                assertThat(farm.news()).isEmpty();
            }
        }
    }

    /** Records change at random, servers come and go: the agent is at one live server in the end, and at the best once it has to look again. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void churn(long seed) {
        Random random = new Random(seed);
        farm.dns.ttl(Duration.ofSeconds(20));
        String[] ips = {"192.0.2.1", "192.0.2.2", "192.0.2.3"};
        String[] names = {"one.example.com", "two.example.com", "three.example.com"};
        boolean[] up = {true, true, true};
        boolean[] named = {true, true, true};
        for (int i = 0; i < 3; i++) {
            farm.dns.srv(SRV, 10 * (i + 1), 1, 443, names[i]).address(names[i], ips[i]);
        }
        listenAt(ips);
        UserAgent alice = farm.started(b -> domain(b).register(true));
        for (int n = 0; n < 60; n++) {
            int i = random.nextInt(3);
            switch (random.nextInt(4)) {
                case 0 -> {
                    up[i] = !up[i];
                    if (up[i]) {
                        alive(ips[i]);
                    } else {
                        dead(ips[i]);
                        farm.get(ips[i]).restart();
                    }
                }
                case 1 -> {
                    named[i] = !named[i];
                    if (named[i]) {
                        farm.dns.address(names[i], ips[i]);
                    } else {
                        farm.dns.remove(names[i]);
                    }
                }
                case 2 -> goOn(alice.sendMessage("bob", "x" + n));
                default -> {}
            }
            farm.seconds(1 + random.nextInt(50));
        }
        for (int i = 0; i < 3; i++) {
            alive(ips[i]);
            if (!named[i]) {
                farm.dns.address(names[i], ips[i]);
            }
        }
        farm.seconds(7_200);
        assertThat(alice.isRegistered()).isTrue();
        assertThat(Stream.of(ips).mapToInt(farm::connections).sum()).isEqualTo(1);
        Stream.of(ips).forEach(ip -> farm.get(ip).restart()); // the records are looked up anew
        farm.seconds(7_200);
        assertThat(alice.isRegistered()).isTrue();
        assertThat(Stream.of(ips).map(farm::connections)).containsExactly(1, 0, 0);
    }
}
