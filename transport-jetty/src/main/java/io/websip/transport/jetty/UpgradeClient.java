package io.websip.transport.jetty;

import java.net.URI;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.Request;

/** Jetty's client, which takes hosts with underscores too, as names of containers have them: {@link URI} knows none. */
final class UpgradeClient extends HttpClient {
    /** The host of a URL whose user is its real host. */
    static final String STAND_IN = "underscore.invalid";

    UpgradeClient(HttpClientTransport transport) {
        super(transport);
    }

    @Override
    public Request newRequest(URI uri) {
        Request request = super.newRequest(uri);
        return STAND_IN.equals(uri.getHost()) && uri.getRawUserInfo() != null
                ? request.host(uri.getRawUserInfo())
                : request;
    }
}
