package io.websip.dns;

import java.time.Duration;
import java.util.List;

/**
 * What DNS says of a name. Immutable.
 *
 * @param records in the order in which they came; empty if the name or records of that type do not exist
 * @param ttl how long this may be held true; zero or more. Of an empty answer it is not used.
 */
public record DnsAnswer<T>(List<T> records, Duration ttl) {
    /** Checks the time: {@link IllegalArgumentException} if it is negative. */
    public DnsAnswer {
        records = List.copyOf(records);
        if (ttl.isNegative()) {
            throw new IllegalArgumentException("ttl must not be negative, but is " + ttl);
        }
    }

    /** There are no such records. */
    public static <T> DnsAnswer<T> none() {
        return new DnsAnswer<>(List.of(), Duration.ZERO);
    }
}
