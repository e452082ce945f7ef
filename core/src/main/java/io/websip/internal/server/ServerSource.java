package io.websip.internal.server;

import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the servers that an agent was given, and the endpoints that it stands for. Confined to the loop. */
sealed interface ServerSource permits FixedServer, DomainServer {
    /** The one with the highest is wanted most. */
    int weight();

    /** What may be tried, the first of those that are not marked at first; at least one. */
    List<Endpoint> endpoints(long now);

    /** The first other than this, and known to be another, that may be tried now; null if there is none. */
    @Nullable
    Endpoint other(Endpoint than, long now);

    /** Of those that are preferred to this one of its own, the one that may be tried first; null if there is none. */
    @Nullable
    Endpoint better(Endpoint than, long now);

    /**
     * How a connection, or an attempt, has gone.
     *
     * @param why null if it has opened
     */
    default void heard(ServerAddress server, @Nullable Closure why) {}

    /** The first that is not marked; if all are, the one whose mark runs out first. */
    default Endpoint next(long now) {
        return firstOf(endpoints(now), now);
    }

    /** How long until one may be tried; zero if one may be now. */
    default Duration markLeft(long now) {
        return next(now).markLeft(now);
    }

    /** The one whose mark runs out first, or the first that has none. */
    static Endpoint firstOf(List<Endpoint> endpoints, long now) {
        Endpoint first = endpoints.get(0);
        for (Endpoint endpoint : endpoints) {
            if (endpoint.markLeft(now).compareTo(first.markLeft(now)) < 0) {
                first = endpoint;
            }
        }
        return first;
    }
}
