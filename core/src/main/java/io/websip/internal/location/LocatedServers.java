package io.websip.internal.location;

import io.websip.transport.ServerAddress;
import java.time.Duration;
import java.util.List;

/**
 * The servers of a domain. Immutable.
 *
 * @param servers those to be tried first at the front; at least one
 * @param ttl how long this holds, by the records that led to it
 * @param guessed whether no record named them: they are at the default ports of the domain itself
 */
public record LocatedServers(List<Server> servers, Duration ttl, boolean guessed) {
    /**
     * One of them.
     *
     * @param tier those of a lower one are preferred as long as they work, as those of an SRV record's priority are (RFC
     *     2782)
     */
    public record Server(ServerAddress address, int tier) {
        @Override
        public String toString() {
            return address.toString();
        }
    }
}
