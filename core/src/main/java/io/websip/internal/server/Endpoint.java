package io.websip.internal.server;

import io.websip.transport.Closure;
import io.websip.transport.ServerAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An address to connect to, and what is remembered of it: how often it has failed in a row, and until when it is marked as
 * failed. That of a domain stands for it until the domain has been looked up. Confined to the loop.
 */
public final class Endpoint {
    /** No mark is longer: 30 days, whatever a server demands. */
    private static final Duration MAX_MARK = Duration.ofDays(30);

    /** The bounds of the pause after which a server that does not register the agent is tried again. */
    private static final Duration USELESS_MIN = Duration.ofSeconds(30);

    private static final Duration USELESS_MAX = Duration.ofMinutes(30);

    private final ServerAddress address;
    private final int weight;
    private final Backoff backoff;
    private @Nullable Backoff uselessness;
    private final @Nullable DomainServer domain;
    private boolean marked;
    private long markedUntil;
    private boolean asked;
    private long askedUntil; // by the server itself, while its connection may still be open

    Endpoint(ServerAddress address, int weight, Backoff backoff) {
        this(address, weight, backoff, null);
    }

    /** @param domain to be looked up before there is an endpoint to connect to; null for none */
    Endpoint(ServerAddress address, int weight, Backoff backoff, @Nullable DomainServer domain) {
        this.address = address;
        this.weight = weight;
        this.backoff = backoff;
        this.domain = domain;
    }

    /** Of a domain that is still to be looked up: what it most likely will be. */
    public ServerAddress address() {
        return address;
    }

    /** What is to be looked up for an endpoint to connect to; null if this is one. */
    @Nullable
    public DomainServer domain() {
        return domain;
    }

    int weight() {
        return weight;
    }

    /** How much of the mark is left; zero if it is not marked. */
    public Duration markLeft(long now) {
        marked &= markedUntil - now > 0;
        asked &= askedUntil - now > 0;
        long left = marked ? markedUntil - now : 0;
        return Duration.ofNanos(asked ? Math.max(left, askedUntil - now) : left);
    }

    public boolean isMarked(long now) {
        return !markLeft(now).isZero();
    }

    /**
     * It has failed, and is not to be tried for a while.
     *
     * @param why null if it is not the connection that failed
     * @param atLeast what the server has demanded, such as by Retry-After; zero for nothing
     */
    public void failed(@Nullable Closure why, Duration atLeast, long now) {
        Duration pause = isPermanent(why) ? backoff.longest() : backoff.next();
        marked = true;
        markedUntil = now + pause.toNanos();
        avoid(atLeast, now);
        if (why instanceof Closure.Refused refused) {
            refused.retryAfter().ifPresent(time -> avoid(time, now));
        }
    }

    /** The server does not want to be asked again before the time has passed; the connection to it may stay. */
    public void avoid(Duration time, long now) {
        long until = now + (time.compareTo(MAX_MARK) > 0 ? MAX_MARK : time).toNanos();
        if (!asked || until - askedUntil > 0) {
            asked = true;
            askedUntil = until;
        }
    }

    /**
     * Its connection is good, but it does not register the agent, which leaves it for another server.
     *
     * @param atLeast what the server has demanded, such as by Retry-After; zero for nothing
     */
    public void useless(Duration atLeast, long now) {
        if (uselessness == null) {
            uselessness = backoff.between(USELESS_MIN, USELESS_MAX);
        }
        marked = true;
        markedUntil = now + uselessness.next().toNanos();
        avoid(atLeast, now);
    }

    /** It has registered the agent. */
    public void useful() {
        uselessness = null;
    }

    /** A connection to it has lasted: the next failure counts as the first. */
    public void proven() {
        backoff.reset();
    }

    /** Waiting will hardly mend a refusal that is about us, or about what stands at that address. */
    private static boolean isPermanent(@Nullable Closure why) {
        if (!(why instanceof Closure.Refused refused)) {
            return false;
        }
        return switch (refused.httpStatus()) {
            case 101 -> true; // another subprotocol, or no WebSocket handshake at all
            case 408, 425, 429 -> false;
            default -> refused.httpStatus() >= 300 && refused.httpStatus() < 500;
        };
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
