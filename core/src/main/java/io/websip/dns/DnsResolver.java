package io.websip.dns;

import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;

/**
 * Looks up in DNS what a SIP client needs to find the servers of a domain (RFC 3263). Where nothing else is said an agent
 * uses {@link #system()}.
 *
 * <p>Thread-safe. No method blocks. A future completes on any thread, within bounded time: with an answer, which is empty
 * where the name or such records do not exist, or exceptionally if there is none, by preference with a {@link DnsException}.
 * An agent that does not need an answer any more cancels the future. Answers need not be kept: an agent does it.
 *
 * <p>What is in the records is checked by the agent; a resolver leaves out only what it cannot make sense of.
 */
public interface DnsResolver {
    /** The NAPTR records of a name. */
    CompletableFuture<DnsAnswer<NaptrRecord>> naptr(String name);

    /** The SRV records of a name such as {@code _sips._wss.example.com}. */
    CompletableFuture<DnsAnswer<SrvRecord>> srv(String name);

    /** The addresses of a host, from A and AAAA records, those to be tried first at the front. */
    CompletableFuture<DnsAnswer<InetAddress>> addresses(String host);

    /** That of this machine, by the JDK: see {@link JndiDnsResolver#system()}. */
    static DnsResolver system() {
        return JndiDnsResolver.system();
    }
}
