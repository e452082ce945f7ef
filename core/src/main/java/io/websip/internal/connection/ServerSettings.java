package io.websip.internal.connection;

import io.websip.transport.ServerAddress;

/**
 * One of an agent's servers. Immutable.
 *
 * @param weight the one with the highest is wanted most
 */
public record ServerSettings(ServerAddress address, int weight) {}
