package io.websip;

import io.websip.Counters.Count;
import io.websip.internal.connection.WireTap;
import io.websip.internal.log.GuardedLogger;
import io.websip.loop.EventLoop;
import io.websip.trace.WireMessage;
import io.websip.trace.WireTrace;
import io.websip.transport.ServerAddress;
import org.jspecify.annotations.Nullable;

/** Counts what goes over an agent's connections, and shows it to its {@link WireTrace}, and to the log at TRACE. Confined to the loop. */
final class WireWatch implements WireTap {
    private static final System.Logger LOG = GuardedLogger.of("io.websip.transport");

    private static final String INDENT = "  ";

    private final EventLoop loop;
    private final Counters counters;
    private final @Nullable WireTrace trace;

    WireWatch(EventLoop loop, Counters counters, @Nullable WireTrace trace) {
        this.loop = loop;
        this.counters = counters;
        this.trace = trace;
    }

    @Override
    public void sent(ServerAddress server, byte[] message) {
        counters.add(Count.BYTES_SENT, message.length);
        if (isWatched()) {
            show(WireMessage.of(WireMessage.Direction.SENT, server, loop.now(), message));
        }
    }

    @Override
    public void received(ServerAddress server, byte[] message) {
        counters.add(Count.BYTES_RECEIVED, message.length);
        if (isWatched()) {
            show(WireMessage.of(WireMessage.Direction.RECEIVED, server, loop.now(), message));
        }
    }

    @Override
    public void pinged(ServerAddress server, byte[] payload) {
        if (isWatched()) {
            show(new WireMessage(
                    WireMessage.Direction.SENT, WireMessage.Kind.WEBSOCKET_PING, server, loop.now(), payload));
        }
    }

    @Override
    public void ponged(ServerAddress server, byte[] payload) {
        if (isWatched()) {
            show(new WireMessage(
                    WireMessage.Direction.RECEIVED, WireMessage.Kind.WEBSOCKET_PONG, server, loop.now(), payload));
        }
    }

    private boolean isWatched() {
        return trace != null || LOG.isLoggable(System.Logger.Level.TRACE);
    }

    /** No line of a message can be taken for one of the log. */
    private static String indented(String text) {
        return INDENT + text.replace("\n", "\n" + INDENT);
    }

    private void show(WireMessage message) {
        if (LOG.isLoggable(System.Logger.Level.TRACE)) {
            LOG.log(System.Logger.Level.TRACE, () -> message + "\n" + indented(message.text()));
        }
        WireTrace to = trace;
        if (to != null) {
            counters.guarded(() -> to.trace(message));
        }
    }
}
