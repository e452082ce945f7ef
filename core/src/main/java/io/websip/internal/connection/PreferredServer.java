package io.websip.internal.connection;

import io.websip.dns.DnsException;
import io.websip.internal.location.Lookup;
import io.websip.internal.server.DomainServer;
import io.websip.internal.server.Endpoint;
import io.websip.internal.server.ServerPool;
import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way back: while the agent is at a server that is not the best, tries a better one as soon as its mark has run out, by a
 * connection beside the one that is in use. A domain is looked up first where need be, since who has a good connection goes
 * to no server but a better one. Confined to the loop.
 */
final class PreferredServer {
    private final EventLoop loop;
    private final ServerPool pool;
    private final Function<Endpoint, Flow> flows;
    private EventLoop.@Nullable Timer timer;
    private @Nullable Lookup lookup;
    private @Nullable Flow attempt;

    /** @param flows makes a connection, which this then starts */
    PreferredServer(EventLoop loop, ServerPool pool, Function<Endpoint, Flow> flows) {
        this.loop = loop;
        this.pool = pool;
        this.flows = flows;
    }

    /** The agent is at that server; it is told of an attempt at a better one by the flow itself. */
    void watch(Endpoint current) {
        if (attempt != null || lookup != null || timer != null) {
            return;
        }
        Endpoint better = pool.better(current, loop.nanoTime());
        if (better != null) {
            timer = loop.schedule(better.markLeft(loop.nanoTime()), () -> attempt(current));
        }
    }

    private void attempt(Endpoint current) {
        timer = null;
        Endpoint better = pool.better(current, loop.nanoTime());
        if (better == null || better.isMarked(loop.nanoTime())) {
            watch(current); // its mark has grown meanwhile
            return;
        }
        DomainServer domain = better.domain();
        if (domain == null) {
            attempt = flows.apply(better);
            attempt.connect();
        } else {
            lookup = domain.locate(new Located(current, better));
        }
    }

    /** The attempt; null if there is none. */
    @Nullable
    Flow attempt() {
        return attempt;
    }

    /** Whether that is the attempt. */
    boolean is(Flow flow) {
        return attempt == flow;
    }

    /** Whether there is an attempt. */
    boolean isUnderWay() {
        return attempt != null;
    }

    /** Watches no longer; an attempt that is under way stays. */
    void unwatch() {
        if (lookup != null) {
            lookup.cancel();
            lookup = null;
        }
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** Watches no longer, and hands the attempt out; null if there is none. */
    @Nullable
    Flow take() {
        unwatch();
        Flow taken = attempt;
        attempt = null;
        return taken;
    }

    /** Hears where the servers of a domain are, which may be better than the current one, or not. */
    private final class Located implements DomainServer.Seeker {
        private final Endpoint current;
        private final Endpoint unlocated;

        private Located(Endpoint current, Endpoint unlocated) {
            this.current = current;
            this.unlocated = unlocated;
        }

        @Override
        public void found(Endpoint endpoint) {
            lookup = null;
            attempt(current);
        }

        @Override
        public void notFound(DnsException why) {
            lookup = null;
            unlocated.failed(new Closure.Failed(why), Duration.ZERO, loop.nanoTime());
            watch(current);
        }
    }
}
