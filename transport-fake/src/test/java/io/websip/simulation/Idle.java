package io.websip.simulation;

import io.websip.loop.EventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A proxy between an agent and its servers that cuts what is silent, as those of HTTP do, and a registrar that gives up a flow
 * which is silent for longer than its Flow-Timer (RFC 5626 section 4.4). The agent lets it come to neither.
 */
final class Idle {
    private static final Duration CUT = Duration.ofSeconds(55);

    /** A ping waits for the pong of the one before, for 10 s, by a slow clock. */
    private static final Duration SLACK = Duration.ofSeconds(12);

    private static final class Line {
        long last;

        @Nullable
        Duration flowTimer;

        EventLoop.@Nullable Timer timer;
    }

    private final Trace trace;
    private final EventLoop loop;
    private final String agent;
    private final Map<Integer, Line> lines = new HashMap<>();

    Idle(Trace trace, EventLoop loop, String agent) {
        this.trace = trace;
        this.loop = loop;
        this.agent = agent;
    }

    void opened(int connection) {
        Line line = new Line();
        lines.put(connection, line);
        line.last = loop.nanoTime();
        plan(connection, line, CUT);
    }

    /** The agent has sent something. */
    void traffic(int connection) {
        Line line = lines.get(connection);
        if (line != null) {
            line.last = loop.nanoTime();
        }
    }

    /** What a grant says of the connection; null for nothing. */
    void flowTimer(int connection, @Nullable Duration time) {
        Line line = lines.get(connection);
        if (line != null) {
            line.flowTimer = time;
            line.last = loop.nanoTime(); // the agent hears of it now
            plan(connection, line, limit(line));
        }
    }

    private static Duration limit(Line line) {
        Duration flow = line.flowTimer == null ? CUT : line.flowTimer.plus(SLACK);
        return flow.compareTo(CUT) < 0 ? flow : CUT;
    }

    private void plan(int connection, Line line, Duration time) {
        if (line.timer != null) {
            line.timer.cancel();
        }
        line.timer = loop.schedule(time, () -> look(connection, line));
    }

    private void look(int connection, Line line) {
        Duration silent = Duration.ofNanos(loop.nanoTime() - line.last);
        Duration left = limit(line).minus(silent);
        if (left.isZero() || left.isNegative()) {
            trace.violated(agent + " is silent on " + connection + " for " + silent + ", and its Flow-Timer is "
                    + line.flowTimer);
        } else {
            plan(connection, line, left);
        }
    }

    void closed(int connection) {
        Line line = lines.remove(connection);
        if (line != null && line.timer != null) {
            line.timer.cancel();
        }
    }
}
