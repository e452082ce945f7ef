package io.websip.internal.connection;

import io.websip.transport.ServerAddress;

/** One of an agent's servers. Immutable. */
public sealed interface ServerSettings {
    /** Of a domain: the one that it most likely has. */
    ServerAddress address();

    /** The one with the highest is wanted most. */
    int weight();

    /** A server whose address is given. */
    record Fixed(ServerAddress address, int weight) implements ServerSettings {}

    /** The servers of a domain, which DNS names. */
    record OfDomain(String domain, int weight) implements ServerSettings {
        @Override
        public ServerAddress address() {
            return ServerAddress.parse("wss://" + domain);
        }
    }
}
