package io.websip.internal.server;

import io.websip.config.ReconnectPolicy;
import io.websip.config.Server;
import io.websip.internal.location.Locator;
import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The servers of an agent, and the choice among them: the highest weight of those that are not marked as failed, at random
 * among equals. Those of a domain count as one here: among them the order is that of DNS. Confined to the loop.
 */
public final class ServerPool {
    private final List<ServerSource> sources;
    private final ReconnectPolicy reconnect;
    private final RandomGenerator random;

    /**
     * A pool of which no server has failed.
     *
     * @param locator looks domains up
     * @param secured the domains that are spoken to by wss alone
     */
    public ServerPool(
            List<Server> servers,
            ReconnectPolicy reconnect,
            Locator locator,
            SecureDomains secured,
            RandomGenerator random) {
        this.reconnect = reconnect;
        this.random = random;
        List<ServerSource> all = new ArrayList<>(servers.size());
        for (Server server : servers) {
            int weight = server.weight();
            if (server instanceof Server.Domain of) {
                all.add(new DomainServer(
                        of.name(),
                        weight,
                        locator,
                        secured,
                        domain -> new Endpoint(ServerAddress.parse("wss://" + of.name()), weight, backoff(), domain),
                        address -> new Endpoint(address, weight, backoff())));
            } else if (server instanceof Server.Url url) {
                all.add(new FixedServer(new Endpoint(url.address(), weight, backoff())));
            }
        }
        this.sources = List.copyOf(all);
    }

    private Backoff backoff() {
        return new Backoff(reconnect.min(), reconnect.max(), random);
    }

    /** The one to try now; if all are marked, the one whose mark runs out first. */
    public Endpoint next(long now) {
        Endpoint best = best(source -> source.markLeft(now).isZero() ? source.next(now) : null);
        return best == null ? first(now).next(now) : best;
    }

    /** One other than this that may be tried now, the best; null if there is none. */
    @Nullable
    public Endpoint other(Endpoint than, long now) {
        return best(source -> source.other(than, now));
    }

    /** @param candidates what each source has to offer; null for nothing */
    private @Nullable Endpoint best(Function<ServerSource, @Nullable Endpoint> candidates) {
        List<Endpoint> best = new ArrayList<>();
        for (ServerSource source : sources) {
            Endpoint candidate = candidates.apply(source);
            if (candidate != null) {
                if (!best.isEmpty() && best.get(0).weight() < candidate.weight()) {
                    best.clear();
                }
                if (best.isEmpty() || best.get(0).weight() == candidate.weight()) {
                    best.add(candidate);
                }
            }
        }
        return switch (best.size()) {
            case 0 -> null;
            case 1 -> best.get(0);
            default -> best.get(random.nextInt(best.size()));
        };
    }

    /**
     * How a connection, or an attempt, has gone.
     *
     * @param why null if it has opened
     */
    public void heard(ServerAddress server, @Nullable Closure why) {
        for (ServerSource source : sources) {
            source.heard(server, why);
        }
    }

    /** How long until one may be tried; zero if one may be now. */
    public Duration untilNext(long now) {
        return first(now).markLeft(now);
    }

    /**
     * Of those of a higher weight, or of a better place in the DNS of its domain, the one to try; if all are marked, the one
     * whose mark runs out first; null if there is none.
     */
    @Nullable
    public Endpoint better(Endpoint than, long now) {
        Endpoint wanted = next(now);
        if (wanted.weight() > than.weight() && !wanted.isMarked(now)) {
            return wanted;
        }
        Endpoint best = null;
        for (ServerSource source : sources) {
            Endpoint better = source.weight() > than.weight() ? source.next(now) : source.better(than, now);
            if (better != null && (best == null || better.markLeft(now).compareTo(best.markLeft(now)) < 0)) {
                best = better;
            }
        }
        return best;
    }

    private ServerSource first(long now) {
        ServerSource first = sources.get(0);
        for (ServerSource source : sources) {
            if (source.markLeft(now).compareTo(first.markLeft(now)) < 0) {
                first = source;
            }
        }
        return first;
    }
}
