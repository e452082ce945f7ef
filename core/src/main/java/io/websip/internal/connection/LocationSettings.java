package io.websip.internal.connection;

import io.websip.dns.DnsResolver;

/**
 * How the servers of domains are found. Immutable.
 *
 * @param secureOnly whether only wss will do
 */
public record LocationSettings(DnsResolver resolver, boolean secureOnly) {}
