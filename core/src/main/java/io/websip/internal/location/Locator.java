package io.websip.internal.location;

import io.websip.dns.DnsResolver;
import io.websip.loop.EventLoop;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What is needed to look domains up. Immutable.
 *
 * @param loop as the engine uses it
 * @param secureOnly whether only wss will do
 * @param timeout how long a lookup may take as a whole
 */
public record Locator(
        DnsResolver resolver, EventLoop loop, RandomGenerator random, boolean secureOnly, Duration timeout) {
    /** The same for domains of which only wss will do. */
    public Locator secure() {
        return new Locator(resolver, loop, random, true, timeout);
    }

    /** Starts to look the domain up; the outcome comes with a later task, unless the lookup is cancelled. */
    public Lookup locate(String domain, Lookup.Outcome outcome) {
        Lookup lookup = new Lookup(this, domain, outcome);
        loop.execute(lookup::start);
        return lookup;
    }
}
