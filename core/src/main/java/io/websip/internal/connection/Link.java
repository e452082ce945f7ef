package io.websip.internal.connection;

import io.websip.config.ReconnectPolicy;
import io.websip.config.UserAgentConfig;
import io.websip.dns.DnsResolver;
import io.websip.internal.location.Locator;
import io.websip.internal.server.Endpoint;
import io.websip.internal.server.SecureDomains;
import io.websip.internal.server.ServerPool;
import io.websip.internal.transaction.Tokens;
import io.websip.internal.transaction.TransactionLayer;
import io.websip.loop.EventLoop;
import io.websip.transport.Closure;
import io.websip.transport.Transport;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An agent's way to its servers: opens a connection to the best of them, notices its end, and opens the next, at once
 * where another server has not failed, else after a pause. Confined to the loop.
 */
public final class Link {
    /** A server whose connection has lasted so long has recovered from its failures. */
    private static final Duration PROVEN = Duration.ofSeconds(10);

    private static final int NORMAL_CLOSURE = 1000;

    private final EventLoop loop;
    private final ReconnectPolicy reconnect;
    private final ServerPool pool;
    private final FlowContext ports;
    private final LinkListener listener;
    private final Flows flows = new Flows();

    private LinkState state = LinkState.IDLE;
    private boolean everOpen;
    private boolean everPaused;
    private int pauses; // in a row
    private boolean ending; // a connection's end is being told
    private @Nullable Flow current; // under way, or open
    private Set<Flow> left = Collections.emptySet(); // open still, for what is under way on them
    private final PreferredServer better;
    private EventLoop.@Nullable Timer pause;
    private @Nullable Runnable whenClosed;
    private @Nullable Outage outage;

    /**
     * Starts idle.
     *
     * @param transportLoop the one that the transport lent, by which it knows the agent
     * @param loop the same, as the engine uses it
     * @param sentBy what our Via says, by which responses are known as ours
     */
    public Link(
            Transport transport,
            EventLoop transportLoop,
            EventLoop loop,
            UserAgentConfig config,
            String sentBy,
            Tokens tokens,
            RandomGenerator random,
            LinkListener listener,
            WireTap tap) {
        this.loop = loop;
        this.reconnect = config.reconnect();
        Locator locator = new Locator(
                config.dnsResolver().orElseGet(DnsResolver::system),
                loop,
                random,
                config.requireTls(),
                config.connectTimeout());
        this.pool = new ServerPool(config.servers(), reconnect, locator, SecureDomains.of(transport), random);
        this.ports = new FlowContext(transport, transportLoop, loop, config, sentBy, tokens, random, listener, tap);
        this.listener = listener;
        this.better = new PreferredServer(loop, pool, endpoint -> new Flow(ports, endpoint, flows));
    }

    /** Opens the connection; from now on a lost one is replaced, as the configuration says, until {@link #close}. */
    public void start() {
        if (state == LinkState.IDLE) {
            state = LinkState.CONNECTING;
            connectNext();
        }
    }

    /** Whether a lost connection is replaced. */
    private boolean replaces() {
        return reconnect.attempts().orElse(1) > 0;
    }

    /** A random part of the spread, so that the agents of a server that died do not all come at once. */
    private Duration partOfSpread() {
        long nanos = reconnect.spread().toNanos();
        return nanos == 0 ? Duration.ZERO : Duration.ofNanos(ports.random().nextLong(nanos + 1));
    }

    /** The transactions of the open connection; null while there is none. */
    public @Nullable TransactionLayer transactions() {
        OpenFlow way = way();
        return way == null ? null : way.transactions();
    }

    /** The connection that is open; null while there is none. */
    public @Nullable OpenFlow way() {
        return state == LinkState.OPEN && current != null ? current.way() : null;
    }

    /** That to a better server, beside the one that is in use; null while there is none that is open. */
    public @Nullable OpenFlow betterWay() {
        Flow beside = better.attempt();
        return state == LinkState.OPEN && current != null && beside != null ? beside.way() : null;
    }

    /** Why there is no connection; null while there is one, and before the first attempt has ended. */
    public @Nullable Outage outage() {
        return outage;
    }

    /** Whether the connection is open. */
    public boolean isOpen() {
        return state == LinkState.OPEN;
    }

    /** Whether the very first attempt is still under way, or to come; that of another server at once belongs to it. */
    public boolean isFirstAttempt() {
        boolean pending = state == LinkState.CONNECTING || state == LinkState.IDLE;
        return pending && !everOpen && !everPaused;
    }

    /**
     * What the registrar says of the keep-alive on the connection, until its end (RFC 5626 section 4.4); null for nothing.
     */
    public void flowTimer(@Nullable Duration time) {
        if (state == LinkState.OPEN && current != null) {
            current.flowTimer(time);
        }
    }

    /** The server has registered the agent: it is worth to be returned to. */
    public void useful() {
        if (state == LinkState.OPEN && current != null) {
            current.endpoint().useful();
        }
    }

    /**
     * Leaves the server for another one, if there is another that has not failed: the connection to it is over with the
     * next task, though what is under way on it may still end, and the server is not contacted before the time has passed
     * (RFC 3261 section 21.5.4).
     *
     * @param atLeast such as that of Retry-After; its back-off holds if it is longer
     * @param reason for the log and the event
     * @return false if there is no other server to go to; the time holds then for the next connection
     */
    public boolean leave(Duration atLeast, String reason) {
        Flow flow = current;
        if (state != LinkState.OPEN || flow == null) {
            return false;
        }
        long now = loop.nanoTime();
        if (!replaces() || pool.other(flow.endpoint(), now) == null) {
            flow.endpoint().avoid(atLeast, now);
            return false;
        }
        flow.endpoint().useless(atLeast, now);
        loop.execute(() -> {
            if (current == flow) {
                left(flow);
                flow.leave();
                lost(flow, new Closure.Closed(NORMAL_CLOSURE, reason), () -> {});
            }
        });
        return true;
    }

    /**
     * Goes over to the better server: its connection takes the place of the other, on which what is under way may still end.
     *
     * @throws IllegalStateException if there is none, as {@link #betterWay} says
     */
    public void move() {
        Flow from = current;
        Flow to = better.take();
        if (from == null || to == null || !to.hasOpened()) {
            throw new IllegalStateException("there is nothing to move to, or from, in " + state);
        }
        current = to;
        left(from);
        from.leave();
        listener.linkMoved(from.server(), to.server());
        watchForBetter(to);
    }

    /**
     * Stays where it is, since the better server does not register the agent; that is tried again after a pause.
     *
     * @param atLeast as for {@link #leave}
     */
    public void stay(Duration atLeast) {
        Flow beside = better.attempt();
        if (beside != null && current != null) {
            beside.endpoint().useless(atLeast, loop.nanoTime());
            dropBetter();
        }
    }

    /** Closes the connection to a better server, which is tried again as soon as it may be. */
    public void dropBetter() {
        Flow beside = better.take();
        if (beside == null) {
            return;
        }
        left(beside);
        beside.close();
        Flow stays = current;
        if (stays != null) { // else the connection is being lost, and the next one watches
            watchForBetter(stays);
        }
    }

    /** Closes for good with 1000, and runs the task once every connection is over. */
    public void close(Runnable done) {
        if (pause != null) {
            pause.cancel();
            pause = null;
        }
        whenClosed = done;
        state = LinkState.CLOSING;
        Flow beside = better.take();
        if (beside != null) {
            left(beside);
        }
        if (current != null) {
            current.close();
        }
        List.copyOf(left).forEach(Flow::close);
        closeIfOver();
    }

    private void left(Flow flow) {
        if (left.isEmpty()) {
            left = new LinkedHashSet<>();
        }
        left.add(flow);
    }

    private boolean isClosing() {
        return state == LinkState.CLOSING || state == LinkState.CLOSED;
    }

    private void closeIfOver() {
        if (state != LinkState.CLOSING || current != null || !left.isEmpty() || ending) {
            return;
        }
        state = LinkState.CLOSED;
        Runnable done = whenClosed;
        whenClosed = null;
        if (done != null) {
            done.run();
        }
    }

    /** The connection to a better server, where that is open, or is being tried and there is no other to try meanwhile. */
    private void connectNext() {
        long now = loop.nanoTime();
        Flow beside = better.attempt();
        Endpoint next =
                beside == null ? pool.next(now) : beside.hasOpened() ? null : pool.other(beside.endpoint(), now);
        if (next == null) {
            takeBetter();
        } else {
            Flow flow = new Flow(ports, next, flows);
            current = flow;
            flow.connect();
        }
    }

    private void takeBetter() {
        Flow taken = better.take();
        current = taken;
        if (taken != null && taken.hasOpened()) {
            opened(taken);
        }
    }

    private void opened(Flow flow) {
        state = LinkState.OPEN;
        everOpen = true;
        outage = null;
        pauses = 0;
        listener.linkUp(flow.server());
        watchForBetter(flow);
    }

    private void watchForBetter(Flow flow) {
        if (current == flow && state == LinkState.OPEN && replaces()) {
            better.watch(flow.endpoint());
        }
    }

    /** The flow is the current one no longer: tells it, and goes on with another. */
    private void lost(Flow flow, Closure why, Runnable failTransactions) {
        current = null;
        ending = true;
        outage = new Outage(flow.server(), why, null);
        better.unwatch();
        try {
            failTransactions.run(); // may let the agent close the link
        } finally {
            Duration retryIn = isClosing() ? null : plan(flow.hasOpened());
            outage = new Outage(flow.server(), why, retryIn == null ? null : loop.nanoTime() + retryIn.toNanos());
            listener.linkDown(flow.server(), why, flow.hasOpened(), retryIn);
            ending = false;
            goOn();
        }
    }

    private void goOn() {
        if (isClosing()) {
            closeIfOver();
        } else if (state == LinkState.CONNECTING) {
            connectNext();
        }
    }

    /** What follows a lost connection or a failed attempt, and after which pause; null for nothing. */
    private @Nullable Duration plan(boolean wasOpen) {
        Duration wait = better.isUnderWay() ? Duration.ZERO : pool.untilNext(loop.nanoTime());
        boolean mayWait = wait.isZero()
                || reconnect.attempts().isEmpty()
                || pauses < reconnect.attempts().getAsInt();
        if (!mayWait || wasOpen && !replaces()) {
            state = LinkState.GIVEN_UP;
            return null;
        }
        if (!wait.isZero()) {
            pauses++;
        } else if (wasOpen && !better.isUnderWay()) {
            wait = partOfSpread();
        }
        if (wait.isZero()) {
            state = LinkState.CONNECTING;
        } else {
            state = LinkState.WAITING;
            everPaused = true;
            pause = loop.schedule(wait, this::pauseIsOver);
        }
        return wait;
    }

    private void pauseIsOver() {
        pause = null;
        if (state == LinkState.WAITING) {
            state = LinkState.CONNECTING;
            connectNext();
        }
    }

    /** Hears of every flow. */
    private final class Flows implements Flow.Owner {
        @Override
        public void opened(Flow flow) {
            pool.heard(flow.server(), null);
            if (current == flow && state == LinkState.CONNECTING) {
                Link.this.opened(flow);
            } else if (better.is(flow) && state == LinkState.CONNECTING) {
                giveUpFor(flow);
            } else if (better.is(flow)) {
                listener.betterUp();
            }
        }

        /** Of two attempts that at the better server was the faster one. */
        private void giveUpFor(Flow faster) {
            Flow slower = current;
            takeBetter();
            if (slower != null && current == faster) {
                left(slower);
                slower.close();
            }
        }

        @Override
        public void over(Flow flow, Closure why) {
            pool.heard(flow.server(), why);
            if (current == flow) {
                judge(flow, why);
                lost(flow, why, flow::failTransactions);
            } else if (better.is(flow)) {
                judge(flow, why);
                if (flow.hasOpened()) { // but has not come so far as to register us
                    flow.endpoint().useless(Duration.ZERO, loop.nanoTime());
                }
                better.take();
                failBeside(flow, why);
                Flow stays = current;
                if (stays != null) {
                    watchForBetter(stays);
                }
            } else if (left.remove(flow)) {
                failBeside(flow, why);
                closeIfOver();
            }
        }

        /** Of a connection beside the current one: its end is the reason for its own transactions alone. */
        private void failBeside(Flow flow, Closure why) {
            Outage before = outage;
            Outage its = new Outage(flow.server(), why, null);
            outage = its;
            flow.failTransactions();
            if (Objects.equals(outage, its)) {
                outage = before;
            }
        }

        /** Marks the server as failed, but where it was only silent: then the way is tried again at once. */
        private void judge(Flow flow, Closure why) {
            Duration proven = reconnect.min().compareTo(PROVEN) > 0 ? reconnect.min() : PROVEN;
            if (flow.age().compareTo(proven) >= 0) {
                flow.endpoint().proven();
            }
            if (!flow.isDead()) {
                flow.endpoint().failed(why, Duration.ZERO, loop.nanoTime());
            }
        }
    }
}
