package io.websip.transport.jetty;

import io.websip.transport.socket.HostLookup;
import io.websip.transport.socket.ProxyServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.client.BasicAuthentication;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Socks5;
import org.eclipse.jetty.client.Socks5Proxy;
import org.eclipse.jetty.http.HttpHeader;

/** Makes Jetty's client go through a proxy. */
final class Proxies {
    private Proxies() {}

    static void configure(HttpClient client, ProxyServer proxy) {
        switch (proxy.kind()) {
            case HTTP -> http(client, proxy);
            case SOCKS5 -> socks5(client, proxy);
        }
    }

    /** What Jetty calls the proxy: {@link URI}, by which it does, knows no host with an underscore. */
    private static String host(ProxyServer proxy) {
        return proxy.host().indexOf('_') < 0 ? proxy.host() : "proxy." + UpgradeClient.STAND_IN;
    }

    /** Finds the proxy by its own name. */
    static HostLookup lookup(HostLookup lookup, ProxyServer proxy) {
        return name -> lookup.resolve(name.equals(host(proxy)) ? proxy.host() : name);
    }

    private static void http(HttpClient client, ProxyServer proxy) {
        client.getProxyConfiguration().addProxy(new Tunnel(host(proxy), proxy.port()));
        if (proxy.user() != null && proxy.password() != null) {
            client.getAuthenticationStore()
                    .addAuthenticationResult(new BasicAuthentication.BasicResult(
                            URI.create("http://" + host(proxy) + ":" + proxy.port()),
                            HttpHeader.PROXY_AUTHORIZATION,
                            proxy.user(),
                            proxy.password()));
        }
    }

    private static void socks5(HttpClient client, ProxyServer proxy) {
        Socks5Proxy socks = new Socks5Proxy(host(proxy), proxy.port());
        if (proxy.user() != null && proxy.password() != null) {
            socks.putAuthenticationFactory(new Socks5.UsernamePasswordAuthenticationFactory(
                    proxy.user(), proxy.password(), StandardCharsets.UTF_8));
        }
        client.getProxyConfiguration().addProxy(socks);
    }
}
