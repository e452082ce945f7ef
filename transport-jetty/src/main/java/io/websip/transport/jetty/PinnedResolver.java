package io.websip.transport.jetty;

import io.websip.transport.client.HostLookup;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Lets a request go to the address that it is tagged with, while its URL's host stays in the Host header, in SNI and in the
 * check of the certificate. Hosts without a tag are proxies, and looked up on Jetty's thread.
 */
final class PinnedResolver implements SocketAddressResolver {
    private final HostLookup lookup;

    PinnedResolver(HostLookup lookup) {
        this.lookup = lookup;
    }

    @Override
    public void resolve(String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
        if (context.get(Destination.CONTEXT_KEY) instanceof Destination destination
                && destination.getOrigin().getTag() instanceof InetAddress pinned) {
            promise.succeeded(List.of(new InetSocketAddress(named(host, pinned), port)));
            return;
        }
        try {
            List<InetSocketAddress> found = new ArrayList<>();
            for (InetAddress each : lookup.resolve(host)) {
                found.add(new InetSocketAddress(each, port));
            }
            promise.succeeded(found);
        } catch (UnknownHostException e) {
            promise.failed(e);
        }
    }

    /**
     * Jetty takes the name of the address, if it has one, and else its digits, for the name in the certificate: so it has
     * to be the host asked for, and not that of a target which DNS has put in its place.
     */
    private static InetAddress named(String host, InetAddress address) {
        try {
            return address instanceof Inet6Address scoped
                    ? Inet6Address.getByAddress(host, address.getAddress(), scoped.getScopeId())
                    : InetAddress.getByAddress(host, address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has four or sixteen bytes", e);
        }
    }
}
