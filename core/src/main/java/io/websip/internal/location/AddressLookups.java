package io.websip.internal.location;

import io.websip.dns.DnsAnswer;
import io.websip.loop.EventLoop;
import io.websip.transport.ServerAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lookups of the addresses of a domain's targets, all at once. As soon as one has been found the others are awaited
 * only for a little while, so that the name server of one target cannot keep an agent from the others. Confined to the loop.
 */
final class AddressLookups {
    private static final Duration STRAGGLERS = Duration.ofSeconds(2);

    /** Addresses of more hosts are not looked up. */
    private static final int MAX_HOSTS = 16;

    /** More addresses of one host are not tried. */
    private static final int MAX_ADDRESSES = 8;

    private final Locator locator;
    private final String domain;
    private final List<SrvTarget> targets;
    private final Consumer<AddressLookups> done;
    private final Map<String, CompletableFuture<DnsAnswer<InetAddress>>> waiting = new LinkedHashMap<>();
    private final Map<String, List<InetAddress>> found = new LinkedHashMap<>();
    private Duration ttl = Duration.ofDays(1);
    private EventLoop.@Nullable Timer patience;
    private @Nullable Throwable failure;
    private boolean over;

    /** @param done told once, by a later task, unless cancelled */
    AddressLookups(Locator locator, String domain, List<SrvTarget> targets, Consumer<AddressLookups> done) {
        this.locator = locator;
        this.domain = domain;
        this.targets = targets;
        this.done = done;
    }

    void start() {
        List<String> hosts = targets.stream()
                .map(SrvTarget::host)
                .distinct()
                .limit(MAX_HOSTS)
                .toList();
        for (String host : hosts) {
            waiting.put(host, Answers.guarded(() -> locator.resolver().addresses(host)));
        }
        Map.copyOf(waiting)
                .forEach((host, future) -> Answers.whenDone(
                        future, locator.loop(), this, (answer, thrown) -> answered(host, answer, thrown)));
    }

    void cancel() {
        over = true;
        if (patience != null) {
            patience.cancel();
            patience = null;
        }
        waiting.values().forEach(future -> future.cancel(false));
        waiting.clear();
    }

    private void answered(String host, @Nullable DnsAnswer<InetAddress> answer, @Nullable Throwable thrown) {
        if (over || waiting.remove(host) == null) {
            return;
        }
        if (answer == null) {
            failure = failure == null ? thrown : failure;
        } else if (!answer.records().isEmpty()) {
            found.put(host, answer.records().stream().limit(MAX_ADDRESSES).toList());
            ttl = answer.ttl().compareTo(ttl) < 0 ? answer.ttl() : ttl;
        }
        if (waiting.isEmpty()) {
            end();
        } else if (!found.isEmpty() && patience == null) {
            patience = locator.loop().schedule(STRAGGLERS, this::end);
        }
    }

    private void end() {
        cancel();
        done.accept(this);
    }

    /** In the order of the targets; empty if none has an address. */
    List<LocatedServers.Server> servers() {
        Map<ServerAddress, LocatedServers.Server> servers = new LinkedHashMap<>();
        for (SrvTarget target : targets) {
            // The certificate is to be for the domain: who can forge DNS could name any target (RFC 3263 section 4.1).
            ServerAddress server = ServerAddress.parse((target.secure() ? "wss://" : "ws://") + domain);
            for (InetAddress address : found.getOrDefault(target.host(), List.of())) {
                ServerAddress located = server.at(address, target.port());
                servers.putIfAbsent(located, new LocatedServers.Server(located, target.tier()));
            }
        }
        return List.copyOf(servers.values());
    }

    /** How long all of this holds. */
    Duration ttl() {
        return ttl;
    }

    /** Why a lookup failed; null if none has. */
    @Nullable
    Throwable failure() {
        return failure;
    }
}
