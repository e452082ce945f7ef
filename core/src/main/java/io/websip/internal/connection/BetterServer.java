package io.websip.internal.connection;

import io.websip.loop.EventLoop;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way back: while the agent is at a server that is not the best, tries a better one as soon as its mark has run out, by a
 * connection beside the one that is in use. Confined to the loop.
 */
final class BetterServer {
    private final EventLoop loop;
    private final ServerPool pool;
    private final Function<Endpoint, Flow> flows;
    private EventLoop.@Nullable Timer timer;
    private @Nullable Flow attempt;

    /** @param flows makes a connection, which this then starts */
    BetterServer(EventLoop loop, ServerPool pool, Function<Endpoint, Flow> flows) {
        this.loop = loop;
        this.pool = pool;
        this.flows = flows;
    }

    /** The agent is at that server; it is told of an attempt at a better one by the flow itself. */
    void watch(Endpoint current) {
        if (attempt != null || timer != null) {
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
        if (better != null && !better.isMarked(loop.nanoTime())) {
            attempt = flows.apply(better);
            attempt.connect();
        } else {
            watch(current); // its mark has grown meanwhile
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
}
