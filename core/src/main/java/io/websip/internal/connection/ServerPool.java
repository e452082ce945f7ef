package io.websip.internal.connection;

import io.websip.internal.location.Locator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The servers of an agent, and the choice among them: the highest weight of those that are not marked as failed, at random
 * among equals. Those of a domain count as one here: among them the order is that of DNS. Confined to the loop.
 */
final class ServerPool {
    private final List<ServerSource> sources = new ArrayList<>();
    private final ReconnectSettings reconnect;
    private final RandomGenerator random;

    /** @param locator looks domains up */
    ServerPool(List<ServerSettings> servers, ReconnectSettings reconnect, Locator locator, RandomGenerator random) {
        this.reconnect = reconnect;
        this.random = random;
        for (ServerSettings server : servers) {
            int weight = server.weight();
            if (server instanceof ServerSettings.OfDomain of) {
                sources.add(new DomainServer(
                        of.domain(),
                        weight,
                        locator,
                        domain -> new Endpoint(of.address(), weight, backoff(), domain),
                        address -> new Endpoint(address, weight, backoff())));
            } else if (server instanceof ServerSettings.Fixed fixed) {
                sources.add(new FixedServer(new Endpoint(fixed.address(), weight, backoff())));
            }
        }
    }

    private Backoff backoff() {
        return new Backoff(reconnect.min(), reconnect.max(), random);
    }

    /** The one to try now; if all are marked, the one whose mark runs out first. */
    Endpoint next(long now) {
        List<ServerSource> best = new ArrayList<>();
        for (ServerSource source : sources) {
            if (source.markLeft(now).isZero()) {
                if (!best.isEmpty() && best.get(0).weight() < source.weight()) {
                    best.clear();
                }
                if (best.isEmpty() || best.get(0).weight() == source.weight()) {
                    best.add(source);
                }
            }
        }
        ServerSource chosen = switch (best.size()) {
            case 0 -> first(now);
            case 1 -> best.get(0);
            default -> best.get(random.nextInt(best.size()));
        };
        return chosen.next(now);
    }

    /** How long until one may be tried; zero if one may be now. */
    Duration untilNext(long now) {
        return first(now).markLeft(now);
    }

    /** Whether one other than this may be tried now. */
    boolean hasOther(Endpoint than, long now) {
        return sources.stream().anyMatch(source -> source.hasOther(than, now));
    }

    /** How long until one of a higher weight may be tried; null if there is none. */
    @Nullable
    Duration untilBetter(Endpoint than, long now) {
        Duration least = null;
        for (ServerSource source : sources) {
            if (source.weight() > than.weight()) {
                Duration left = source.markLeft(now);
                least = least == null || left.compareTo(least) < 0 ? left : least;
            }
        }
        return least;
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
