package io.websip.transport.fake;

import io.websip.dns.DnsAnswer;
import io.websip.dns.DnsException;
import io.websip.dns.DnsResolver;
import io.websip.dns.NaptrRecord;
import io.websip.dns.SrvRecord;
import io.websip.loop.EventLoop;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * DNS within memory and virtual time, for {@code UserAgentConfigBuilder.dnsResolver}: it knows the records that it is
 * given, and nothing else exists. It fails, or is slow or silent, only when told to.
 *
 * <pre>{@code
 * FakeDns dns = new FakeDns(network.loop())
 *         .srv("_sips._wss.example.com", 10, 1, 443, "edge.example.com")
 *         .address("edge.example.com", "192.0.2.1");
 * network.listen("wss://192.0.2.1", handler);
 * }</pre>
 *
 * <p>Names are compared without regard to case, with or without a dot at their end. An answer comes with a later task of
 * the loop, never within the call that asks. Thread-safe.
 */
public final class FakeDns implements DnsResolver {
    /** How {@link PendingTask#loop} calls it: the answers under way are its tasks. */
    public static final String LOOP_NAME = "dns";

    private static final Pattern IPV4 =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

    private enum Mood {
        SOUND,
        FAILING,
        SILENT
    }

    private record Entry(Object record, Duration ttl) {}

    private final EventLoop loop;
    // Below: guarded by this.
    private final Map<String, List<Entry>> entries = new HashMap<>();
    private final Map<String, Mood> moods = new HashMap<>();
    private final List<String> queries = new ArrayList<>();
    private final Map<CompletableFuture<?>, String> unanswered = new LinkedHashMap<>();
    private Duration ttl = Duration.ofMinutes(5);
    private Duration delay = Duration.ZERO;

    /** DNS without a record. */
    public FakeDns(VirtualEventLoop loop) {
        this.loop = loop.newNamedView(LOOP_NAME);
    }

    // ------------------------------------------------------------------------------------------------ what exists

    /**
     * How long the records hold that are added from now on, five minutes at first.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public synchronized FakeDns ttl(Duration life) {
        ttl = notNegative("ttl", life);
        return this;
    }

    /**
     * Adds a NAPTR record with the flag {@code s} and no rule, as those of SIP servers are.
     *
     * @throws IllegalArgumentException as {@link NaptrRecord}
     */
    public FakeDns naptr(String name, int order, int preference, String service, String replacement) {
        return record(name, new NaptrRecord(order, preference, "s", service, "", replacement));
    }

    /**
     * Adds an SRV record.
     *
     * @throws IllegalArgumentException as {@link SrvRecord}
     */
    public FakeDns srv(String name, int priority, int weight, int port, String target) {
        return record(name, new SrvRecord(priority, weight, port, target));
    }

    /**
     * Adds addresses of a host, A or AAAA records.
     *
     * @param ips such as {@code 192.0.2.1} or {@code 2001:db8::1}, in the order in which they will be given
     * @throws IllegalArgumentException if one is no IP address
     */
    public FakeDns address(String host, String... ips) {
        for (String ip : ips) {
            add(host, "addresses", literal(ip));
        }
        return this;
    }

    /** Adds a record of any content. */
    public FakeDns record(String name, NaptrRecord record) {
        return add(name, "NAPTR", record);
    }

    /** Adds a record of any content. */
    public FakeDns record(String name, SrvRecord record) {
        return add(name, "SRV", record);
    }

    private synchronized FakeDns add(String name, String type, Object record) {
        entries.computeIfAbsent(question(type, name), key -> new ArrayList<>()).add(new Entry(record, ttl));
        return this;
    }

    /** Takes all records of the name away. */
    public synchronized FakeDns remove(String name) {
        entries.keySet().removeIf(question -> question.endsWith(" " + normal(name)));
        return this;
    }

    // --------------------------------------------------------------------------------------------- what goes wrong

    /**
     * How long each answer takes from now on, zero at first.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public synchronized FakeDns delay(Duration time) {
        delay = notNegative("delay", time);
        return this;
    }

    /** Queries for the name, of whatever type, fail from now on, as by SERVFAIL. */
    public FakeDns fail(String name) {
        return mood(name, Mood.FAILING);
    }

    /** Queries for the name, of whatever type, are never answered from now on. */
    public FakeDns silence(String name) {
        return mood(name, Mood.SILENT);
    }

    /** Queries for the name are answered again from now on. */
    public FakeDns heal(String name) {
        return mood(name, Mood.SOUND);
    }

    private synchronized FakeDns mood(String name, Mood mood) {
        moods.put(normal(name), mood);
        return this;
    }

    // ---------------------------------------------------------------------------------------------- what was asked

    /** The queries so far, such as {@code SRV _sips._wss.example.com}, {@code NAPTR ...} or {@code addresses ...}. */
    public synchronized List<String> queries() {
        return List.copyOf(queries);
    }

    /** How many queries there were, of any type, for the name. */
    public synchronized int queries(String name) {
        return (int) queries.stream()
                .filter(query -> query.endsWith(" " + normal(name)))
                .count();
    }

    /**
     * Fails if a query has neither been answered nor been given up.
     *
     * @throws AssertionError with the list
     */
    public synchronized void assertNoQueries() {
        if (!unanswered.isEmpty()) {
            throw new AssertionError("left behind: " + unanswered.values());
        }
    }

    @Override
    public CompletableFuture<DnsAnswer<NaptrRecord>> naptr(String name) {
        return ask("NAPTR", name, NaptrRecord.class);
    }

    @Override
    public CompletableFuture<DnsAnswer<SrvRecord>> srv(String name) {
        return ask("SRV", name, SrvRecord.class);
    }

    @Override
    public CompletableFuture<DnsAnswer<InetAddress>> addresses(String host) {
        return ask("addresses", host, InetAddress.class);
    }

    private synchronized <T> CompletableFuture<DnsAnswer<T>> ask(String type, String name, Class<T> kind) {
        String question = question(type, name);
        queries.add(question);
        CompletableFuture<DnsAnswer<T>> future = new CompletableFuture<>();
        unanswered.put(future, question);
        future.whenComplete((answer, thrown) -> over(future));
        Mood mood = moods.getOrDefault(normal(name), Mood.SOUND);
        if (mood != Mood.SILENT) {
            EventLoop.Timer timer = loop.schedule(delay, () -> {
                if (mood == Mood.FAILING) {
                    future.completeExceptionally(new DnsException("the name server failed for " + question));
                } else {
                    future.complete(answer(question, kind));
                }
            });
            future.whenComplete((answer, thrown) -> timer.cancel()); // nobody waits for it any more
        }
        return future;
    }

    private synchronized void over(CompletableFuture<?> future) {
        unanswered.remove(future);
    }

    private synchronized <T> DnsAnswer<T> answer(String question, Class<T> kind) {
        List<Entry> found = entries.getOrDefault(question, List.of());
        Duration least = found.stream().map(Entry::ttl).min(Duration::compareTo).orElse(Duration.ZERO);
        return new DnsAnswer<>(found.stream().map(Entry::record).map(kind::cast).toList(), least);
    }

    private static String question(String type, String name) {
        return type + " " + normal(name);
    }

    private static String normal(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static Duration notNegative(String what, Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative, but is " + time);
        }
        return time;
    }

    private static InetAddress literal(String ip) {
        if (!IPV4.matcher(ip).matches() && ip.indexOf(':') < 0) {
            throw new IllegalArgumentException("'" + ip + "' is no IP address"); // the JDK would look it up as a name
        }
        try {
            return InetAddress.getByName(ip);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + ip + "' is no IP address", e);
        }
    }
}
