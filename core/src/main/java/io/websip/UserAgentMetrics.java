package io.websip;

import io.websip.sip.Discard;
import io.websip.trace.WireTrace;
import java.util.Map;

/**
 * The counters of a {@link UserAgent} at one moment, since it was created: they go on over stops and starts. Immutable.
 *
 * <p>Each counter is exact; read while the agent works, two of them may be an event apart. At rest
 * {@code sent == succeeded + failures() + pending}.
 *
 * @param sent messages that {@code send} has taken; a message is counted once, however often its request went out
 * @param received messages from others that were handed to the listeners; repetitions and those that were refused before
 *     are not counted
 * @param succeeded of those sent, the ones with a 2xx
 * @param failed of those sent, the ones that failed, by cause; causes that never came are absent
 * @param pending messages without outcome now, the held ones among them
 * @param held messages that wait for a connection or a registration now
 * @param registersSent REGISTERs for whatever purpose; what was sent again for a challenge is one with the first
 * @param registersFailed of these, the ones whose final answer was no 2xx, or that had none
 * @param connects WebSocket connections that were opened
 * @param reconnects of these, the ones that replaced a lost one: all but the first after each start
 * @param failedConnects attempts to connect that came to nothing
 * @param transactions SIP transactions alive now on the connection that is open, in both directions
 * @param bytesSent bytes of all messages and CRLF keep-alives that a connection has taken, without WebSocket frames
 * @param bytesReceived bytes of all messages and CRLF keep-alives that have come, without WebSocket frames
 * @param listenerExceptions what listeners, handlers of messages and the {@link WireTrace} have thrown
 * @param discarded messages and parts of messages from the network that were not used, by kind; kinds that never came are
 *     absent
 */
public record UserAgentMetrics(
        long sent,
        long received,
        long succeeded,
        Map<Cause, Long> failed,
        long pending,
        long held,
        long registersSent,
        long registersFailed,
        long connects,
        long reconnects,
        long failedConnects,
        long transactions,
        long bytesSent,
        long bytesReceived,
        long listenerExceptions,
        Map<Discard, Long> discarded) {
    /** Copies the maps. */
    public UserAgentMetrics {
        failed = Map.copyOf(failed);
        discarded = Map.copyOf(discarded);
    }

    /** How many messages and parts of messages of this kind were not used. */
    public long discarded(Discard kind) {
        return discarded.getOrDefault(kind, 0L);
    }

    /** How many messages failed, whatever the cause. */
    public long failures() {
        return failed.values().stream().mapToLong(Long::longValue).sum();
    }
}
