package io.websip.transport.netty;

import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import io.netty.util.NetUtil;
import io.websip.transport.ServerAddress;
import io.websip.transport.socket.HostLookup;
import io.websip.transport.socket.ProxyServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way to a server, straight or through a proxy. Immutable; {@code toString} is fit for a message. */
final class Route {
    private final ServerAddress server;
    private final @Nullable ProxyServer proxy;
    private final HostLookup lookup;

    Route(ServerAddress server, @Nullable ProxyServer proxy, HostLookup lookup) {
        this.server = server;
        this.proxy = proxy;
        this.lookup = lookup;
    }

    boolean hasProxy() {
        return proxy != null;
    }

    /** Whether {@link #addresses} has nothing to look up, and so does not block. */
    boolean isKnown() {
        return proxy == null
                ? server.address().isPresent() || HostLookup.isAddress(server.host())
                : HostLookup.isAddress(proxy.host());
    }

    /** Where TCP connects to: one address after the other; may block. */
    List<InetAddress> addresses() throws UnknownHostException {
        if (proxy == null && server.address().isPresent()) {
            return List.of(server.address().get());
        }
        return lookup.resolve(proxy == null ? server.host() : proxy.host());
    }

    /** What the proxy is asked for, or TCP itself at one of {@link #addresses}; a name is left to the proxy to look up. */
    InetSocketAddress destination(InetAddress turn) {
        if (proxy == null) {
            return new InetSocketAddress(turn, server.port());
        }
        InetAddress known = server.address().orElse(NetUtil.createInetAddressFromIpAddressString(server.host()));
        return known == null
                ? InetSocketAddress.createUnresolved(server.host(), server.port())
                : new InetSocketAddress(nameless(known), server.port());
    }

    /** Or the proxy would be asked for a name, such as that of a SRV record's target, and look it up anew. */
    private static InetAddress nameless(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has four or sixteen bytes", e);
        }
    }

    /** Speaks to the proxy at one of {@link #addresses}; null without a proxy. Who uses it keeps the time. */
    @Nullable
    ProxyHandler newProxyHandler(InetAddress turn) {
        if (proxy == null) {
            return null;
        }
        InetSocketAddress at = new InetSocketAddress(turn, proxy.port());
        String user = proxy.user();
        String password = proxy.password();
        ProxyHandler handler = switch (proxy.kind()) {
            case HTTP ->
                user == null || password == null ? new HttpProxyHandler(at) : new HttpProxyHandler(at, user, password);
            case SOCKS5 -> new Socks5ProxyHandler(at, user, password);
        };
        handler.setConnectTimeoutMillis(0);
        return handler;
    }

    @Override
    public String toString() {
        return proxy == null ? server.toString() : server + " through " + proxy;
    }
}
