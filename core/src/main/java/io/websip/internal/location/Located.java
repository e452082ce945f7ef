package io.websip.internal.location;

import io.websip.transport.ServerAddress;
import java.time.Duration;
import java.util.List;

/**
 * The servers of a domain. Immutable.
 *
 * @param servers those to be tried first at the front; at least one
 * @param ttl how long this holds, by the records that led to it
 */
public record Located(List<ServerAddress> servers, Duration ttl) {}
