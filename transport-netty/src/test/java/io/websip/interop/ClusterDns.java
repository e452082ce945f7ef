package io.websip.interop;

import io.websip.dns.DnsAnswer;
import io.websip.dns.DnsResolver;
import io.websip.dns.NaptrRecord;
import io.websip.dns.SrvRecord;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What DNS would say of a cluster: a weight for each node (RFC 2782), all on the loopback interface. */
final class ClusterDns implements DnsResolver {
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final List<SrvRecord> nodes = new ArrayList<>();

    ClusterDns(List<Kamailio> nodes, int... weights) {
        for (int i = 0; i < weights.length; i++) {
            this.nodes.add(new SrvRecord(1, weights[i], nodes.get(i).port(false), "localhost"));
        }
    }

    @Override
    public CompletableFuture<DnsAnswer<NaptrRecord>> naptr(String name) {
        return CompletableFuture.completedFuture(DnsAnswer.none());
    }

    @Override
    public CompletableFuture<DnsAnswer<SrvRecord>> srv(String name) {
        return CompletableFuture.completedFuture(
                name.startsWith("_sip._ws.") ? new DnsAnswer<>(nodes, LIFE) : DnsAnswer.none());
    }

    @Override
    public CompletableFuture<DnsAnswer<InetAddress>> addresses(String host) {
        return CompletableFuture.completedFuture(new DnsAnswer<>(List.of(InetAddress.getLoopbackAddress()), LIFE));
    }
}
