package io.websip.transport.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.dns.DnsAnswer;
import io.websip.dns.DnsException;
import io.websip.dns.NaptrRecord;
import io.websip.dns.SrvRecord;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DNS in virtual time: what it knows, when it answers, and what it is told to do wrong. */
class FakeDnsTest {
    private final VirtualEventLoop loop = new VirtualEventLoop();
    private final FakeDns dns = new FakeDns(loop);

    private <T> DnsAnswer<T> answer(CompletableFuture<DnsAnswer<T>> future) {
        loop.runReady();
        assertThat(future).isCompleted();
        return future.join();
    }

    @Test
    void knowsWhatItWasGivenInThatOrder() throws Exception {
        dns.naptr("example.com", 10, 50, "SIPS+D2W", "_sips._ws.example.com")
                .srv("_sips._ws.example.com", 1, 2, 443, "b.example.com")
                .srv("_sips._ws.example.com", 0, 2, 443, "a.example.com")
                .address("a.example.com", "192.0.2.1", "2001:db8::1");

        assertThat(answer(dns.naptr("example.com")).records())
                .containsExactly(new NaptrRecord(10, 50, "s", "SIPS+D2W", "", "_sips._ws.example.com"));
        assertThat(answer(dns.srv("_sips._ws.example.com")).records())
                .containsExactly(new SrvRecord(1, 2, 443, "b.example.com"), new SrvRecord(0, 2, 443, "a.example.com"));
        assertThat(answer(dns.addresses("a.example.com")).records())
                .containsExactly(InetAddress.getByName("192.0.2.1"), InetAddress.getByName("2001:db8::1"));
    }

    @Test
    void nothingElseExists() {
        dns.srv("example.com", 1, 1, 443, "a.example.com");

        assertThat(answer(dns.naptr("example.com")).records()).isEmpty();
        assertThat(answer(dns.addresses("example.com")).records()).isEmpty();
        assertThat(answer(dns.srv("a.example.com")).records()).isEmpty();
    }

    @Test
    void caseAndTheLastDotDoNotCount() {
        dns.srv("_SIP._ws.Example.com.", 1, 1, 80, "A.example.com.");

        assertThat(answer(dns.srv("_sip._ws.example.COM")).records())
                .containsExactly(new SrvRecord(1, 1, 80, "a.example.com"));
        assertThat(dns.queries()).containsExactly("SRV _sip._ws.example.com");
        assertThat(dns.queries("_SIP._ws.example.com.")).isEqualTo(1);
        dns.remove("_sip._WS.example.com");
        assertThat(answer(dns.srv("_sip._ws.example.com")).records()).isEmpty();
    }

    @Test
    void answerHoldsAsLongAsItsShortestRecord() {
        dns.ttl(Duration.ofSeconds(60))
                .address("a.example.com", "192.0.2.1")
                .ttl(Duration.ofSeconds(20))
                .address("a.example.com", "192.0.2.2");

        assertThat(answer(dns.addresses("a.example.com")).ttl()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void answerComesWithALaterTaskAndAfterTheDelay() {
        CompletableFuture<?> atOnce = dns.naptr("example.com");
        assertThat(atOnce).isNotDone();
        loop.runReady();
        assertThat(atOnce).isCompleted();

        CompletableFuture<?> late = dns.delay(Duration.ofSeconds(3)).naptr("example.com");
        loop.advanceBy(Duration.ofMillis(2_999));
        assertThat(late).isNotDone();
        assertThat(loop.pending()).singleElement().extracting(PendingTask::loop).isEqualTo(FakeDns.LOOP_NAME);
        loop.advanceBy(Duration.ofMillis(1));
        assertThat(late).isCompleted();
    }

    @Test
    void answerIsWhatExistsWhenItComes() {
        CompletableFuture<DnsAnswer<InetAddress>> future =
                dns.delay(Duration.ofSeconds(3)).addresses("a.example.com");
        dns.address("a.example.com", "192.0.2.1");
        loop.advanceBy(Duration.ofSeconds(3));

        assertThat(future.join().records()).hasSize(1);
    }

    @Test
    void failsUntilItIsHealed() {
        dns.fail("example.com").naptr("example.com", 1, 1, "SIPS+D2W", "a");
        CompletableFuture<?> failed = dns.naptr("EXAMPLE.com");
        loop.runReady();
        assertThatThrownBy(failed::join)
                .hasCauseInstanceOf(DnsException.class)
                .hasMessageContaining("NAPTR example.com");
        dns.heal("example.com");

        assertThat(answer(dns.naptr("example.com")).records()).hasSize(1);
    }

    @Test
    void silenceIsNoAnswerAndAnUnansweredQueryIsALeak() {
        CompletableFuture<?> silent = dns.silence("example.com").srv("example.com");
        loop.advanceBy(Duration.ofDays(1));

        assertThat(silent).isNotDone();
        assertThatThrownBy(dns::assertNoQueries)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("SRV example.com");
        silent.cancel(false);
        dns.assertNoQueries();
    }

    @Test
    void queryThatIsGivenUpLeavesNoTimer() {
        CompletableFuture<?> future = dns.delay(Duration.ofSeconds(3)).naptr("example.com");
        assertThatThrownBy(dns::assertNoQueries).hasMessageContaining("NAPTR example.com");
        future.cancel(false);

        loop.assertQuiet();
        dns.assertNoQueries();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.example.com", "192.0.2", "192.0.2.256", "::g", "1.2.3.4.5"})
    void addressThatIsNoneIsRefused(String ip) {
        assertThatThrownBy(() -> dns.address("a.example.com", ip))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + ip + "' is no IP address");
    }

    @Test
    void valuesOutOfTheirBoundsAreRefused() {
        Duration negative = Duration.ofSeconds(-1);

        assertThatThrownBy(() -> dns.ttl(negative)).hasMessageContaining("ttl").hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> dns.delay(negative)).hasMessageContaining("delay");
        assertThatThrownBy(() -> dns.srv("a", 65_536, 1, 443, "b")).hasMessageContaining("priority");
        assertThatThrownBy(() -> dns.srv("a", 1, -1, 443, "b")).hasMessageContaining("weight");
        assertThatThrownBy(() -> dns.srv("a", 1, 1, 65_536, "b")).hasMessageContaining("port");
        assertThatThrownBy(() -> dns.srv("a", 1, 1, 443, "b c")).hasMessageContaining("target");
        assertThatThrownBy(() -> dns.naptr("a", 1, 1, "x".repeat(256), "b")).hasMessageContaining("service");
    }
}
