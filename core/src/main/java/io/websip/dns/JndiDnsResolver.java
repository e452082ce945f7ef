package io.websip.dns;

import io.websip.text.Visible;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Looks names up by the JDK's own DNS client, that of JNDI (module {@code jdk.naming.dns}, which an image made by jlink has
 * only if it was asked for).
 *
 * <p>Since it blocks, it is called on up to four daemon threads, made when they are needed and gone after a second
 * without work: there is nothing to close. A query is given up after 7 s for each of the name servers; when 1,000 wait,
 * further ones fail at once. JNDI does not tell how long a record holds, so each is taken to do for 60 s.
 *
 * <p>Thread-safe.
 */
public final class JndiDnsResolver implements DnsResolver {
    private static final Duration TTL = Duration.ofSeconds(60);
    private static final int MAX_THREADS = 4;
    private static final int MAX_WAITING = 1_000;
    private static final long IDLE_SECONDS = 1;
    private static final AtomicInteger THREADS = new AtomicInteger();
    private static final JndiDnsResolver SYSTEM = new JndiDnsResolver("dns:", true);

    private final String servers;
    private final boolean system;
    private final ThreadPoolExecutor pool;

    private JndiDnsResolver(String servers, boolean system) {
        this.servers = servers;
        this.system = system;
        this.pool = new ThreadPoolExecutor(
                MAX_THREADS,
                MAX_THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING),
                JndiDnsResolver::thread);
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * That of this machine: NAPTR and SRV records come from its name servers, addresses from {@link InetAddress}, so that
     * its hosts file counts as for every other program.
     */
    public static JndiDnsResolver system() {
        return SYSTEM;
    }

    /**
     * One that asks this name server for everything, addresses too.
     *
     * @param url such as {@code dns://192.0.2.53}, with a port where it is not 53; several are separated by spaces
     * @throws IllegalArgumentException if one does not begin with {@code dns://}
     */
    public static JndiDnsResolver at(String url) {
        StringTokenizer all = new StringTokenizer(url, " ");
        do {
            String one = all.hasMoreTokens() ? all.nextToken() : "";
            if (!one.toLowerCase(Locale.ROOT).startsWith("dns://")) {
                throw new IllegalArgumentException("name server '" + Visible.line(one) + "' must start with dns://");
            }
        } while (all.hasMoreTokens());
        return new JndiDnsResolver(url, false);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "websip-dns-" + THREADS.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader()); // it outlives whoever has asked first
        return thread;
    }

    @Override
    public CompletableFuture<DnsAnswer<NaptrRecord>> naptr(String name) {
        return ask("NAPTR", name, () -> answer(parsed(JndiQuery.ask(servers, "NAPTR", name), RecordText::naptr)));
    }

    @Override
    public CompletableFuture<DnsAnswer<SrvRecord>> srv(String name) {
        return ask("SRV", name, () -> answer(parsed(JndiQuery.ask(servers, "SRV", name), RecordText::srv)));
    }

    /** {@inheritDoc} Those of IPv4 come first, as in the JDK itself. */
    @Override
    public CompletableFuture<DnsAnswer<InetAddress>> addresses(String host) {
        return ask("addresses", host, () -> {
            if (system) {
                return answer(List.of(InetAddress.getAllByName(host)));
            }
            List<InetAddress> addresses =
                    new ArrayList<>(parsed(JndiQuery.ask(servers, "A", host), RecordText::address));
            addresses.addAll(parsed(JndiQuery.ask(servers, "AAAA", host), RecordText::address));
            return answer(addresses);
        });
    }

    private static <T> DnsAnswer<T> answer(List<T> records) {
        return new DnsAnswer<>(records, TTL);
    }

    private <T> CompletableFuture<DnsAnswer<T>> ask(String type, String name, Callable<DnsAnswer<T>> blocking) {
        CompletableFuture<DnsAnswer<T>> future = new CompletableFuture<>();
        try {
            pool.execute(() -> {
                if (!future.isDone()) { // nobody wants it any more
                    complete(future, type + " of " + name, blocking);
                }
            });
        } catch (RejectedExecutionException e) {
            future.completeExceptionally(new DnsException(MAX_WAITING + " DNS lookups wait, which is the limit"));
        }
        return future;
    }

    private static <T> void complete(
            CompletableFuture<DnsAnswer<T>> future, String what, Callable<DnsAnswer<T>> blocking) {
        try {
            future.complete(blocking.call());
        } catch (UnknownHostException e) {
            future.completeExceptionally(new DnsException(what + " are unknown: " + e.getMessage(), e));
        } catch (Exception | LinkageError e) { // whatever bytes of a name server may make of the JDK's client
            future.completeExceptionally(new DnsException(what + " could not be looked up: " + e, e));
        }
    }

    private static <T> List<T> parsed(List<String> records, Function<String, Optional<T>> parser) {
        return records.stream().map(parser).flatMap(Optional::stream).toList();
    }
}
