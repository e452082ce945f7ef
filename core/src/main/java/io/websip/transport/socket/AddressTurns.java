package io.websip.transport.socket;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The addresses of one host, tried in turn until one answers, and the share of the time for connecting that each may take.
 * Confined to the loop.
 */
public final class AddressTurns {
    private final List<InetAddress> addresses;
    private final long deadline;
    private int tried;

    /**
     * All of them are untried.
     *
     * @param addresses at least one
     * @param now the monotonic time of the loop, in nanoseconds
     * @param left what is left of the time for connecting
     */
    public AddressTurns(List<InetAddress> addresses, long now, Duration left) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("a host has at least one address");
        }
        this.addresses = List.copyOf(addresses);
        this.deadline = now + TimeUnit.NANOSECONDS.convert(left);
    }

    /** Whether there is an address that was not tried. */
    public boolean hasNext() {
        return tried < addresses.size();
    }

    /** The next address. */
    public InetAddress next() {
        return addresses.get(tried++);
    }

    /** How long the address that is tried now may take, in nanoseconds: an equal share of the rest for it and each after it. */
    public long share(long now) {
        return Math.max(0, deadline - now) / (addresses.size() - tried + 1);
    }
}
