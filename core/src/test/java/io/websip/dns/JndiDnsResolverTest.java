package io.websip.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.kit.Await;
import io.websip.kit.TinyDns;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's DNS client, against a name server on a loopback socket. */
class JndiDnsResolverTest {
    private final TinyDns server;
    private final JndiDnsResolver resolver;

    JndiDnsResolverTest() throws IOException {
        server = new TinyDns();
        resolver = JndiDnsResolver.at(server.url());
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void naptrRecords() {
        server.naptr("example.com", 10, 50, "s", "SIPS+D2W", "", "_sips._ws.example.com")
                .naptr("example.com", 20, 60, "u", "E2U+sip", "!^(.*)$!sip:\\1@a b!", "")
                .start();

        assertThat(resolver.naptr("example.com").join().records())
                .containsExactlyInAnyOrder(
                        new NaptrRecord(10, 50, "s", "SIPS+D2W", "", "_sips._ws.example.com"),
                        new NaptrRecord(20, 60, "u", "E2U+sip", "!^(.*)$!sip:\\1@a b!", "."));
    }

    @Test
    void srvRecords() {
        server.srv("_sips._ws.example.com", 10, 60, 443, "one.example.com")
                .srv("_sips._ws.example.com", 20, 0, 8443, "")
                .start();
        DnsAnswer<SrvRecord> answer = resolver.srv("_sips._ws.example.com").join();

        assertThat(answer.records())
                .containsExactlyInAnyOrder(
                        new SrvRecord(10, 60, 443, "one.example.com"), new SrvRecord(20, 0, 8443, "."));
        assertThat(answer.ttl()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void addressesOfIpv4ThenIpv6() throws IOException {
        server.address("edge.example.com", "2001:db8::1")
                .address("edge.example.com", "192.0.2.1")
                .address("edge.example.com", "192.0.2.2")
                .start();

        List<InetAddress> addresses =
                resolver.addresses("edge.example.com").join().records();
        assertThat(addresses.subList(0, 2))
                .containsExactlyInAnyOrder(InetAddress.getByName("192.0.2.1"), InetAddress.getByName("192.0.2.2"));
        assertThat(addresses.subList(2, 3)).containsExactly(InetAddress.getByName("2001:db8::1"));
    }

    @Test
    void nameThatDoesNotExistAndRecordsThatDoNotAreAnswers() throws IOException {
        server.address("example.com", "192.0.2.1").start();

        assertThat(resolver.naptr("gone.example.com").join().records()).isEmpty();
        assertThat(resolver.srv("gone.example.com").join().records()).isEmpty();
        assertThat(resolver.addresses("gone.example.com").join().records()).isEmpty();
        assertThat(resolver.naptr("example.com").join().records()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5})
    void errorOfTheNameServerIsAFailureThatNamesTheQuery(int code) {
        server.code("_sips._ws.example.com", code).start();

        assertThatThrownBy(() -> resolver.srv("_sips._ws.example.com").join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(DnsException.class)
                .hasMessageContaining("SRV of _sips._ws.example.com");
    }

    @Test
    void recordsThatMakeNoSenseAreLeftOut() throws IOException {
        server.srv("_sips._ws.example.com", 1, 1, 443, "good.example.com")
                .srv("_sips._ws.example.com", 1, 1, 443, "a/b.example.com")
                .srv("_sips._ws.example.com", 1, 1, 443, "a b.example.com")
                .start();

        assertThat(resolver.srv("_sips._ws.example.com").join().records())
                .containsExactly(new SrvRecord(1, 1, 443, "good.example.com"));
    }

    /** An SRV record of no data, a name that points to itself, a length beyond the end, and nothing at all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "c00c 0021 0001 0000012c 0000",
                "c00c 0021 0001 0000012c 0008 0001 0001 01bb c027",
                "c00c 0021 0001 0000012c ffff 0001",
                "c00c 0021 0001 0000012c 0007 0001 0001 01bb 3f",
                ""
            })
    void hostileBytesEndInAnAnswerOrAFailure(String hex) {
        String digits = hex.replace(" ", "");
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        server.garbage("a.example.com", bytes).start();
        CompletableFuture<DnsAnswer<SrvRecord>> future = resolver.srv("a.example.com");
        Await.until("the answer", future::isDone);

        if (future.isCompletedExceptionally()) {
            assertThatThrownBy(future::join).hasCauseInstanceOf(DnsException.class);
        } else {
            assertThat(future.join().records())
                    .allMatch(record -> record.target().equals("."));
        }
    }

    /** JNDI would ask whatever server a name that is a URL leads it to. */
    @ParameterizedTest
    @ValueSource(strings = {"ldap://127.0.0.1/a", "dns://127.0.0.1/a", "rmi:a", "java:comp", "a/b", "", "a b"})
    void nameThatIsNoneIsAskedOfNobody(String name) {
        server.start();

        assertThatThrownBy(() -> resolver.srv(name).join()).hasCauseInstanceOf(DnsException.class);
        assertThatThrownBy(() -> resolver.addresses(name).join()).hasCauseInstanceOf(DnsException.class);
        assertThat(server.queries()).isEmpty();
    }

    @Test
    void lookupThatIsGivenUpBeforeItsTurnIsNotMade() {
        List<CompletableFuture<?>> futures = new ArrayList<>();
        for (int i = 0; i < 200; i++) { // four are under way, and unanswered since the server is not started
            futures.add(resolver.srv("n" + i + ".example.com"));
        }
        futures.forEach(future -> future.cancel(false));
        server.start();
        resolver.srv("last.example.com").join();

        List<String> asked = server.queries().stream().distinct().toList();
        assertThat(asked).hasSizeLessThanOrEqualTo(5).contains("33 last.example.com");
    }

    @Test
    void moreThanAThousandWaitingLookupsFailAtOnce() {
        List<CompletableFuture<?>> futures = new ArrayList<>();
        for (int i = 0; i < 1_004; i++) { // four are under way, and unanswered since the server is not started
            futures.add(resolver.srv("n" + i + ".example.com"));
        }
        assertThat(futures).noneMatch(CompletableFuture::isDone);

        assertThatThrownBy(() -> resolver.srv("last.example.com").join())
                .hasCauseInstanceOf(DnsException.class)
                .hasMessageContaining("1000");
        futures.forEach(future -> future.cancel(false));
    }

    @Test
    void threadsAreDaemonsAndGoneWhenNobodyAsks() {
        server.srv("a.example.com", 1, 1, 443, "b.example.com").start();
        resolver.srv("a.example.com").join();
        List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("websip-dns-"))
                .toList();

        assertThat(threads).isNotEmpty().allMatch(Thread::isDaemon);
        Await.until("the threads are gone", () -> threads.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void systemResolverFindsAddressesAsTheJdkDoes() throws IOException {
        assertThat(DnsResolver.system().addresses("localhost").join().records())
                .containsExactly(InetAddress.getAllByName("localhost"));
    }

    @Test
    void unknownAddressIsAFailureThatNamesTheHost() {
        assertThatThrownBy(() -> DnsResolver.system().addresses("gone.invalid").join())
                .hasCauseInstanceOf(DnsException.class)
                .hasMessageContaining("gone.invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "192.0.2.53", "ldap://192.0.2.53", "dns://192.0.2.53 ldap://192.0.2.54"})
    void nameServerThatIsNoneIsRefused(String url) {
        assertThatThrownBy(() -> JndiDnsResolver.at(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must start with dns://");
    }
}
