package io.websip.internal.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The servers of an agent, and the choice among them: the highest weight of those that are not marked as failed, at random
 * among equals. Confined to the loop.
 */
final class ServerPool {
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final RandomGenerator random;

    ServerPool(List<ServerSettings> servers, ReconnectSettings reconnect, RandomGenerator random) {
        this.random = random;
        for (ServerSettings server : servers) {
            Backoff backoff = new Backoff(reconnect.min(), reconnect.max(), random);
            endpoints.add(new Endpoint(server.address(), server.weight(), backoff));
        }
    }

    /** The one to try now; if all are marked, the one whose mark runs out first. */
    Endpoint next(long now) {
        List<Endpoint> best = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            if (!endpoint.isMarked(now)) {
                if (!best.isEmpty() && best.get(0).weight() < endpoint.weight()) {
                    best.clear();
                }
                if (best.isEmpty() || best.get(0).weight() == endpoint.weight()) {
                    best.add(endpoint);
                }
            }
        }
        return switch (best.size()) {
            case 0 -> first(now);
            case 1 -> best.get(0);
            default -> best.get(random.nextInt(best.size()));
        };
    }

    /** How long until one may be tried; zero if one may be now. */
    Duration untilNext(long now) {
        return first(now).markLeft(now);
    }

    /** Whether one other than this may be tried now. */
    boolean hasOther(Endpoint than, long now) {
        return endpoints.stream().anyMatch(endpoint -> endpoint != than && !endpoint.isMarked(now));
    }

    /** How long until one of a higher weight may be tried; null if there is none. */
    @Nullable
    Duration untilBetter(Endpoint than, long now) {
        Duration least = null;
        for (Endpoint endpoint : endpoints) {
            if (endpoint.weight() > than.weight()) {
                Duration left = endpoint.markLeft(now);
                least = least == null || left.compareTo(least) < 0 ? left : least;
            }
        }
        return least;
    }

    private Endpoint first(long now) {
        Endpoint first = endpoints.get(0);
        for (Endpoint endpoint : endpoints) {
            if (endpoint.markLeft(now).compareTo(first.markLeft(now)) < 0) {
                first = endpoint;
            }
        }
        return first;
    }
}
