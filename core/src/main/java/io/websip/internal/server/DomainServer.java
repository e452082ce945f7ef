package io.websip.internal.server;

import io.websip.dns.DnsException;
import io.websip.internal.location.LocatedServers;
import io.websip.internal.location.Locator;
import io.websip.internal.location.Lookup;
import io.websip.internal.log.GuardedLogger;
import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a domain. They are looked up when one is to be tried for the first time, and again when one is to be tried
 * after the time that the answer holds; where that fails, the old answer goes on to hold. Confined to the loop.
 */
public final class DomainServer implements ServerSource {
    /** Who is told of a lookup, by one call. */
    public interface Seeker {
        /** The one to try now. */
        void found(Endpoint endpoint);

        /** There is none to try. */
        void notFound(DnsException why);
    }

    private static final System.Logger LOG = GuardedLogger.of("io.websip.connection");

    /** An answer holds so long at least, so that a record without a life cannot make us ask all the time. */
    private static final Duration MIN_TTL = Duration.ofSeconds(10);

    /** And no longer, since records are moved in a hurry at times. */
    private static final Duration MAX_TTL = Duration.ofHours(1);

    /** So many are remembered that DNS names no longer: one may be in use, or have asked for time. */
    private static final int MAX_UNNAMED = 64;

    /** No exception has more causes, but one that is its own. */
    private static final int MAX_CAUSES = 16;

    private final String domain;
    private final int weight;
    private final Locator locator;
    private final SecureDomains secured;
    private final EventLoop loop;
    private final Function<ServerAddress, Endpoint> newEndpoint;
    private final Endpoint unlocated;
    private List<Endpoint> named = List.of(); // by the last answer
    private final Map<ServerAddress, Place> places = new LinkedHashMap<>(); // of those that were found last, or lately
    private boolean guessed; // of the last answer
    private boolean warned;
    private long freshUntil;

    /** @param tier the lower, the better, by the answer that named it last */
    private record Place(Endpoint endpoint, int tier) {}

    /**
     * Knows nothing yet.
     *
     * @param secured of a domain in it, only wss is used
     * @param unlocated stands for the domain until it is looked up; its marks are those of failed lookups
     * @param newEndpoint makes that of an address
     */
    DomainServer(
            String domain,
            int weight,
            Locator locator,
            SecureDomains secured,
            Function<DomainServer, Endpoint> unlocated,
            Function<ServerAddress, Endpoint> newEndpoint) {
        this.domain = domain;
        this.weight = weight;
        this.locator = locator;
        this.secured = secured;
        this.loop = locator.loop();
        this.unlocated = unlocated.apply(this);
        this.newEndpoint = newEndpoint;
    }

    @Override
    public int weight() {
        return weight;
    }

    /** Nothing is looked up for servers that may not be tried yet. */
    @Override
    public List<Endpoint> endpoints(long now) {
        List<Endpoint> found = found();
        if (found.isEmpty()) {
            return List.of(unlocated);
        }
        return mayBeLookedUpAnew(now) && other(unlocated, now) != null ? List.of(unlocated) : found;
    }

    /** Those of the last answer that may be used. */
    private List<Endpoint> found() {
        boolean secureOnly = secured.has(domain);
        return secureOnly && !named.stream().allMatch(DomainServer::isSecure)
                ? named.stream().filter(DomainServer::isSecure).toList()
                : named;
    }

    private static boolean isSecure(Endpoint endpoint) {
        return endpoint.address().secure();
    }

    private int tier(Endpoint endpoint) {
        Place place = places.get(endpoint.address());
        return place == null ? Integer.MAX_VALUE : place.tier();
    }

    private boolean mayBeLookedUpAnew(long now) {
        return freshUntil - now <= 0 && !unlocated.isMarked(now);
    }

    @Override
    public @Nullable Endpoint other(Endpoint than, long now) {
        List<Endpoint> found = found();
        if (found.isEmpty()) {
            return unlocated.isMarked(now) ? null : unlocated;
        }
        return found.stream()
                .filter(endpoint -> endpoint != than && !endpoint.isMarked(now))
                .findFirst()
                .orElse(null);
    }

    @Override
    public @Nullable Endpoint better(Endpoint than, long now) {
        Place mine = places.get(than.address());
        if (mine == null || mine.endpoint() != than) {
            return null;
        }
        List<Endpoint> better = found().stream()
                .filter(endpoint -> tier(endpoint) < mine.tier())
                .toList();
        if (better.isEmpty()) {
            return null;
        }
        Endpoint first = ServerSource.firstOf(better, now);
        return mayBeLookedUpAnew(now) && !first.isMarked(now) ? unlocated : first;
    }

    /** Looks the domain up; the seeker is told by a later task, unless the lookup is cancelled. */
    public Lookup locate(Seeker seeker) {
        LOG.log(System.Logger.Level.DEBUG, "looking for the servers of {0}", domain);
        boolean secureOnly = secured.has(domain);
        return (secureOnly ? locator.secure() : locator).locate(domain, new Lookup.Outcome() {
            @Override
            public void located(LocatedServers located) {
                keep(located);
                if (found().isEmpty()) {
                    notLocated(new DnsException("DNS knows no server of " + domain));
                    return;
                }
                seeker.found(ServerSource.firstOf(found(), loop.nanoTime()));
            }

            @Override
            public void notLocated(DnsException why) {
                if (found().isEmpty()) {
                    seeker.notFound(secured.has(domain) && !locator.secureOnly() ? secureOnly(why) : why);
                    return;
                }
                LOG.log(System.Logger.Level.DEBUG, "{0}; what was known of {1} goes on to hold", why, domain);
                unlocated.failed(new Closure.Failed(why), Duration.ZERO, loop.nanoTime());
                seeker.found(ServerSource.firstOf(found(), loop.nanoTime()));
            }
        });
    }

    private DnsException secureOnly(DnsException why) {
        return new DnsException(why.getMessage() + "; ws is not used, since " + secured.why(domain), why);
    }

    /** By TLS, or by whatever else: whoever can drop packets could else lead us to ws. */
    @Override
    public void heard(ServerAddress server, @Nullable Closure why) {
        if (!server.host().equals(domain)) {
            return;
        }
        if (server.secure()) {
            if (isAnswer(why)) {
                secured.add(domain);
            }
        } else if (why == null && guessed && !warned) {
            warned = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} is used without TLS, at {1}: DNS names no server of it, and nothing answers wss there"
                            + " (requireTls forbids it)",
                    domain,
                    server);
        }
    }

    private static boolean isAnswer(@Nullable Closure why) {
        if (!(why instanceof Closure.Failed failed)) {
            return true;
        }
        Throwable each = failed.cause();
        for (int depth = 0; each != null && depth < MAX_CAUSES; depth++) {
            if (each instanceof SSLException) {
                return true; // such as a certificate that is not trusted
            }
            each = each.getCause();
        }
        return false;
    }

    /** An address that was known before keeps its marks, also where an answer between the two did not name it. */
    private void keep(LocatedServers located) {
        Map<ServerAddress, Place> named = new LinkedHashMap<>();
        for (LocatedServers.Server server : located.servers()) {
            ServerAddress address = server.address();
            named.computeIfAbsent(address, a -> new Place(endpointOf(a), server.tier()));
        }
        this.named = named.values().stream().map(Place::endpoint).toList();
        guessed = located.guessed();
        places.keySet().removeAll(named.keySet());
        for (Iterator<Place> eldest = places.values().iterator(); places.size() > MAX_UNNAMED; ) {
            eldest.next();
            eldest.remove();
        }
        places.putAll(named);
        Duration ttl = located.ttl();
        Duration holds = ttl.compareTo(MIN_TTL) < 0 ? MIN_TTL : ttl.compareTo(MAX_TTL) > 0 ? MAX_TTL : ttl;
        freshUntil = loop.nanoTime() + holds.toNanos();
        unlocated.proven();
    }

    private Endpoint endpointOf(ServerAddress address) {
        Place known = places.get(address);
        return known == null ? newEndpoint.apply(address) : known.endpoint();
    }
}
