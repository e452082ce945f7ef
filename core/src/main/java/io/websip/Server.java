package io.websip;

import io.websip.transport.ServerAddress;

/**
 * One of an agent's servers, and how much it is wanted.
 *
 * <p>Immutable.
 *
 * @param address its URL
 * @param weight of the servers that have not failed, one with the highest is taken, at random among equals; 0 or more
 */
public record Server(ServerAddress address, int weight) {
    /** Checks the weight: {@link IllegalArgumentException} if it is negative. */
    public Server {
        if (weight < 0) {
            throw new IllegalArgumentException(
                    "weight of server '" + address + "' must not be negative, but is " + weight);
        }
    }

    /** The address, and the weight where there is one. */
    @Override
    public String toString() {
        return weight == 0 ? address.toString() : address + " (weight " + weight + ")";
    }
}
