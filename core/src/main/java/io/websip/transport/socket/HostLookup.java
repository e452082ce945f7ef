package io.websip.transport.socket;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * How a transport finds the addresses of a host. It is asked beside the event loops, so it may block, and by several threads
 * at a time.
 */
@FunctionalInterface
public interface HostLookup {
    /** The JDK's own ({@link InetAddress#getAllByName}), with its cache and its order of addresses. */
    HostLookup JDK = host -> List.of(InetAddress.getAllByName(host));

    /**
     * All addresses of a host, the one to be tried first at the front.
     *
     * @param host a name, and not an address
     * @return at least one
     * @throws UnknownHostException if it has none
     */
    List<InetAddress> addresses(String host) throws UnknownHostException;

    /**
     * As {@link #addresses}, but an IPv4 address, or an IPv6 address with or without brackets, stands for itself.
     *
     * @throws UnknownHostException if the name has no address
     */
    default List<InetAddress> resolve(String host) throws UnknownHostException {
        if (isAddress(host)) {
            return List.of(InetAddress.getByName(host));
        }
        List<InetAddress> found = addresses(host);
        if (found.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return found;
    }

    /** Whether it is an address, so that {@link #resolve} does not block. */
    static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }
}
