package io.websip.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.config.ReconnectPolicy;
import io.websip.config.Server;
import io.websip.dns.DnsAnswer;
import io.websip.dns.DnsException;
import io.websip.dns.DnsResolver;
import io.websip.dns.NaptrRecord;
import io.websip.dns.SrvRecord;
import io.websip.internal.fixture.ManualLoop;
import io.websip.internal.location.Locator;
import io.websip.transport.ServerAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Which server is tried next, among URLs and domains of several weights, marked and not. */
class ServerPoolTest {
    private static final Duration MIN = Duration.ofSeconds(10);

    private final ManualLoop loop = new ManualLoop();
    private final RandomGenerator random = new SplittableRandom(11);
    private List<String> addresses = List.of("192.0.2.1", "192.0.2.2");
    private boolean dnsFails;
    private int lookups;

    private ServerPool pool(Server... servers) {
        return new ServerPool(
                List.of(servers),
                ReconnectPolicy.between(MIN, MIN.multipliedBy(100)),
                new Locator(new Addresses(), loop, random, true, Duration.ofSeconds(15)),
                new SecureDomains(false),
                random);
    }

    private static Server url(String host, int weight) {
        return new Server.Url(ServerAddress.parse("ws://" + host), weight);
    }

    private static Server domain(int weight) {
        return new Server.Domain("example.com", weight);
    }

    private long now() {
        return loop.nanoTime();
    }

    private void fail(Endpoint endpoint, Duration time) {
        endpoint.failed(null, time, now());
    }

    private static String name(Endpoint endpoint) {
        ServerAddress server = endpoint.address();
        return server.address().map(InetAddress::getHostAddress).orElse(server.host());
    }

    /** Looks the domain up that the pool gives next. */
    private List<String> locate(ServerPool pool) {
        List<String> outcome = new ArrayList<>();
        DomainServer domain = Objects.requireNonNull(pool.next(now()).domain());
        domain.locate(new DomainServer.Seeker() {
            @Override
            public void found(Endpoint endpoint) {
                outcome.add(name(endpoint));
            }

            @Override
            public void notFound(DnsException why) {
                outcome.add(why.getMessage());
            }
        });
        loop.settle();
        return outcome;
    }

    // ------------------------------------------------------------------------------------------------------ URLs

    @Test
    void highestWeightIsNext() {
        assertThat(name(pool(url("a", 1), url("b", 5), url("c", 3)).next(now())))
                .isEqualTo("b");
    }

    @Test
    void amongEqualsAllGetTheirTurn() {
        ServerPool pool = pool(url("a", 1), url("b", 1), url("c", 0));
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            seen.add(name(pool.next(now())));
        }

        assertThat(seen).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void markedOneIsPassedOverUntilItsMarkHasRunOut() {
        ServerPool pool = pool(url("a", 5), url("b", 1));
        fail(pool.next(now()), Duration.ofSeconds(60));
        assertThat(name(pool.next(now()))).isEqualTo("b");
        assertThat(pool.untilNext(now())).isZero();
        loop.advance(Duration.ofSeconds(60));

        assertThat(name(pool.next(now()))).isEqualTo("a");
    }

    @Test
    void whenAllAreMarkedTheOneWhoseMarkRunsOutFirst() {
        ServerPool pool = pool(url("a", 5), url("b", 1));
        fail(pool.next(now()), Duration.ofSeconds(60));
        fail(pool.next(now()), Duration.ofSeconds(20));

        assertThat(name(pool.next(now()))).isEqualTo("b");
        assertThat(pool.untilNext(now())).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void otherIsOneThatIsNotMarked() {
        ServerPool pool = pool(url("a", 5), url("b", 1));
        Endpoint a = pool.next(now());
        assertThat(pool.other(a, now())).isNotNull();
        fail(a, MIN);
        Endpoint b = pool.next(now());
        assertThat(pool.other(b, now())).isNull();
        assertThat(pool(url("a", 5)).other(a, now())).as("of another pool").isNotNull();
    }

    @Test
    void betterIsOneOfAHigherWeight() {
        ServerPool pool = pool(url("a", 5), url("b", 3), url("c", 1));
        Endpoint a = pool.next(now());
        assertThat(pool.better(a, now())).isNull();
        fail(a, Duration.ofSeconds(60));
        Endpoint b = pool.next(now());
        assertThat(untilBetter(pool, b)).isEqualTo(Duration.ofSeconds(60));
        fail(b, Duration.ofSeconds(30));

        assertThat(untilBetter(pool, pool.next(now()))).isEqualTo(Duration.ofSeconds(30));
    }

    // --------------------------------------------------------------------------------------------------- domains

    @Test
    void domainIsOneToLookUpUntilItHasBeen() {
        ServerPool pool = pool(domain(5), url("b", 1));
        Endpoint unlocated = pool.next(now());

        assertThat(unlocated.domain()).isNotNull();
        assertThat(unlocated.address()).hasToString("wss://example.com:443/");
        assertThat(unlocated.weight()).isEqualTo(5);
        assertThat(locate(pool)).containsExactly("192.0.2.1");
        assertThat(pool.next(now()).domain()).isNull();
        assertThat(name(pool.next(now()))).isEqualTo("192.0.2.1");
    }

    @Test
    void domainCountsAsOneAmongEquals() {
        addresses = List.of("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4");
        ServerPool pool = pool(domain(1), url("b", 1));
        while (pool.next(now()).domain() == null) {
            assertThat(name(pool.next(now()))).isIn("b", "example.com");
        }
        locateOnce(pool);
        int url = 0;
        for (int i = 0; i < 1_000; i++) {
            String name = name(pool.next(now()));
            assertThat(name).isIn("b", "192.0.2.1");
            url += name.equals("b") ? 1 : 0;
        }

        assertThat(url).isBetween(400, 600);
    }

    private void locateOnce(ServerPool pool) {
        DomainServer domain = null;
        while (domain == null) {
            domain = pool.next(now()).domain();
        }
        domain.locate(new DomainServer.Seeker() {
            @Override
            public void found(Endpoint endpoint) {}

            @Override
            public void notFound(DnsException why) {
                throw new AssertionError(why);
            }
        });
        loop.settle();
    }

    @Test
    void addressesOfADomainAreTriedInTheirOrder() {
        ServerPool pool = pool(domain(1));
        locate(pool);
        fail(pool.next(now()), Duration.ofSeconds(20));
        assertThat(name(pool.next(now()))).isEqualTo("192.0.2.2");
        fail(pool.next(now()), Duration.ofSeconds(60));
        assertThat(pool.untilNext(now())).isEqualTo(Duration.ofSeconds(20));
        loop.advance(Duration.ofSeconds(20));

        assertThat(name(pool.next(now()))).isEqualTo("192.0.2.1");
    }

    @Test
    void otherOfTheSameDomainIsAnother() {
        ServerPool pool = pool(domain(1));
        locate(pool);
        Endpoint first = pool.next(now());
        assertThat(pool.other(first, now())).isNotNull();
        fail(first, MIN);
        fail(pool.next(now()), MIN);

        assertThat(pool.other(first, now())).isNull();
    }

    /** Else an agent would leave its only server for itself. */
    @Test
    void answerThatIsOldIsNoOther() {
        addresses = List.of("192.0.2.1");
        ServerPool pool = pool(domain(1));
        locate(pool);
        Endpoint only = pool.next(now());
        loop.advance(Duration.ofHours(2));

        assertThat(pool.next(now()).domain()).isNotNull();
        assertThat(pool.other(only, now())).isNull();
    }

    @Test
    void oldAnswerIsAskedForAgainAndMarksStay() {
        ServerPool pool = pool(domain(1));
        locate(pool);
        fail(pool.next(now()), Duration.ofSeconds(200));
        loop.advance(Duration.ofSeconds(100)); // the records hold for 60 s
        addresses = List.of("192.0.2.1", "192.0.2.3");

        assertThat(locate(pool)).containsExactly("192.0.2.3");
        assertThat(lookups).isEqualTo(2);
    }

    @Test
    void oldAnswerWhoseServersAreAllMarkedIsNotAskedForYet() {
        ServerPool pool = pool(domain(1));
        locate(pool);
        fail(pool.next(now()), Duration.ofSeconds(200));
        fail(pool.next(now()), Duration.ofSeconds(300));
        loop.advance(Duration.ofSeconds(100));

        assertThat(pool.next(now()).domain()).isNull();
        assertThat(pool.untilNext(now())).isEqualTo(Duration.ofSeconds(100));
        loop.advance(Duration.ofSeconds(100));
        assertThat(pool.next(now()).domain()).isNotNull();
    }

    @Test
    void failedLookupMarksTheDomain() {
        dnsFails = true;
        ServerPool pool = pool(domain(5), url("b", 1));

        assertThat(locate(pool)).singleElement().asString().contains("example.com");
        fail(pool.next(now()), MIN); // as a flow does with what it could not reach
        assertThat(name(pool.next(now()))).isEqualTo("b");
        loop.advance(MIN);
        assertThat(pool.next(now()).domain()).isNotNull();
    }

    @Test
    void failedLookupLeavesWhatWasKnownAndIsNotRepeatedAtOnce() {
        ServerPool pool = pool(domain(5));
        locate(pool);
        loop.advance(Duration.ofSeconds(100));
        dnsFails = true;

        assertThat(locate(pool)).containsExactly("192.0.2.1");
        assertThat(pool.next(now()).domain()).isNull();
        loop.advance(MIN);
        assertThat(pool.next(now()).domain()).isNotNull();
    }

    @Test
    void afterASuccessTheNextFailedLookupIsTheFirst() {
        dnsFails = true;
        ServerPool pool = pool(domain(5));
        for (int i = 0; i < 5; i++) {
            locate(pool);
            fail(pool.next(now()), Duration.ZERO);
            loop.advance(pool.untilNext(now()));
        }
        dnsFails = false;
        locate(pool);
        loop.advance(Duration.ofSeconds(100));
        dnsFails = true;
        locate(pool);
        assertThat(pool.next(now()).domain()).isNull();
        loop.advance(MIN);

        assertThat(pool.next(now()).domain()).isNotNull();
    }

    @Test
    void cancelledLookupTellsNobody() {
        ServerPool pool = pool(domain(5));
        DomainServer domain = Objects.requireNonNull(pool.next(now()).domain());
        domain.locate(new DomainServer.Seeker() {
                    @Override
                    public void found(Endpoint endpoint) {
                        throw new AssertionError("found " + endpoint);
                    }

                    @Override
                    public void notFound(DnsException why) {
                        throw new AssertionError(why);
                    }
                })
                .cancel();
        loop.advance(Duration.ofMinutes(1));

        assertThat(loop.isQuiet()).isTrue();
    }

    /** Knows addresses only, of whatever host, for a minute. */
    private final class Addresses implements DnsResolver {
        @Override
        public CompletableFuture<DnsAnswer<NaptrRecord>> naptr(String name) {
            lookups++;
            return dnsFails
                    ? CompletableFuture.failedFuture(new DnsException("no answer for " + name))
                    : CompletableFuture.completedFuture(DnsAnswer.none());
        }

        @Override
        public CompletableFuture<DnsAnswer<SrvRecord>> srv(String name) {
            return CompletableFuture.completedFuture(DnsAnswer.none());
        }

        @Override
        public CompletableFuture<DnsAnswer<InetAddress>> addresses(String host) {
            return CompletableFuture.completedFuture(
                    new DnsAnswer<>(addresses.stream().map(Addresses::literal).toList(), Duration.ofMinutes(1)));
        }

        private static InetAddress literal(String ip) {
            try {
                return InetAddress.getByName(ip);
            } catch (UnknownHostException e) {
                throw new AssertionError(ip, e);
            }
        }
    }

    private Duration untilBetter(ServerPool pool, Endpoint than) {
        return Objects.requireNonNull(pool.better(than, now())).markLeft(now());
    }
}
