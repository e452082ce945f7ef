package io.websip.transport.jetty;

import io.websip.transport.socket.HostLookup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/** Lets a request go to the address of its {@link Attempt}, while its URL's host stays in the Host header. */
final class PinnedResolver implements SocketAddressResolver {
    private final SocketAddressResolver others;

    /** @param others looks up whatever has no such address: proxies, and hosts by a lent client */
    PinnedResolver(SocketAddressResolver others) {
        this.others = others;
    }

    /** On Jetty's thread. */
    static SocketAddressResolver by(HostLookup lookup) {
        return (host, port, context, promise) -> {
            try {
                List<InetSocketAddress> found = new ArrayList<>();
                for (InetAddress each : lookup.resolve(host)) {
                    found.add(new InetSocketAddress(each, port));
                }
                promise.succeeded(found);
            } catch (UnknownHostException e) {
                promise.failed(e);
            }
        };
    }

    @Override
    public void resolve(String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
        Attempt attempt = Attempt.in(context);
        if (attempt != null && attempt.address() != null) {
            promise.succeeded(List.of(new InetSocketAddress(attempt.address(), port)));
        } else {
            others.resolve(host, port, context, promise);
        }
    }
}
