package io.websip.transport.jetty;

import io.websip.transport.ServerAddress;
import io.websip.transport.socket.Redirection;
import io.websip.transport.socket.TransportSettings;
import io.websip.transport.socket.UpgradeHeaders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.HttpUpgrader;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.HostPort;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.URIUtil;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.client.CoreClientUpgradeRequest;
import org.jspecify.annotations.Nullable;

/**
 * One upgrade request for the subprotocol {@code sip} (RFC 7118 section 4.1). An answer is judged by its head alone, since
 * a body may never end. Called by Jetty's threads; the outcome goes to the loop.
 */
final class UpgradeRequest extends CoreClientUpgradeRequest implements Response.Listener, Request.Listener {
    private final Opening opening;
    private final Receiver receiver;
    private final Scheduler scheduler;
    private final Duration closeTimeout;

    UpgradeRequest(
            JettyClient client,
            ServerAddress server,
            Attempt attempt,
            TransportSettings settings,
            Opening opening,
            Receiver receiver) {
        super(client.core(), uri(server, askedOfProxy(client, server)));
        this.opening = opening;
        this.receiver = receiver;
        this.scheduler = client.core().getHttpClient().getScheduler();
        this.closeTimeout = settings.closeTimeout();
        tag(attempt);
        setSubProtocols("sip");
        if (settings.compression()) {
            addExtensions(DeflateAnswer.OFFER);
        }
        headers(headers -> {
            headers.put(HttpHeader.HOST, hostAndPort(server));
            for (UpgradeHeaders.Header each : settings.upgrade().all()) {
                headers.add(each.name(), each.value());
            }
        });
        Configuration.ConfigurationCustomizer session = new Configuration.ConfigurationCustomizer();
        session.setIdleTimeout(Duration.ZERO);
        // A frame is handed over in pieces as they come, and Receiver counts: so no claim of a length takes memory.
        session.setAutoFragment(true);
        session.setMaxFrameSize(0);
        setConfiguration(session);
        listener(this);
    }

    /** Jetty asks the proxy for the host of the URL, and we for the address if that is known. */
    private static String askedOfProxy(JettyClient client, ServerAddress server) {
        InetAddress located = client.hasProxy() ? server.address().orElse(null) : null;
        return located == null ? server.host() : HostPort.normalizeHost(located.getHostAddress());
    }

    /** {@link URI} knows no host with an underscore: there it stands in the place of a user, and {@link UpgradeClient} moves it. */
    private static URI uri(ServerAddress server, String host) {
        String where = host.indexOf('_') < 0 ? host : host + "@" + UpgradeClient.STAND_IN;
        return URI.create(scheme(server) + "://" + where + ":" + server.port() + server.resource());
    }

    private static String hostAndPort(ServerAddress server) {
        boolean usual = server.port() == URIUtil.getDefaultPortForScheme(scheme(server));
        return usual ? server.host() : server.host() + ":" + server.port();
    }

    private static String scheme(ServerAddress server) {
        return server.secure() ? "wss" : "ws";
    }

    @Override
    public FrameHandler getFrameHandler() {
        return receiver;
    }

    @Override
    public void onBegin(Request request) {
        request.followRedirects(false);
    }

    /** The socket is connected, and the request is about to be written. */
    @Override
    public void requestComplete() {
        opening.connected(receiver);
        super.requestComplete();
    }

    @Override
    public void onHeaders(Response response) {
        int status = response.getStatus();
        if (status != HttpStatus.SWITCHING_PROTOCOLS_101 && !HttpStatus.isInformational(status)) {
            refuse(status, response.getReason(), response);
        }
    }

    private void refuse(int status, @Nullable String reason, Response response) {
        opening.refused(
                receiver,
                status,
                Redirection.reason(
                        status,
                        reason == null ? "" : reason,
                        response.getHeaders().get(HttpHeader.LOCATION)),
                response.getHeaders().get(HttpHeader.RETRY_AFTER));
        Connection used = response.getRequest().getConnection();
        response.abort(new RefusedException(status));
        if (used != null) { // before Jetty 12.1.14, a 407 leaves it open, and silent
            IO.close(used);
        }
    }

    @Override
    public HttpUpgrader newHttpUpgrader(HttpVersion version) {
        HttpUpgrader jettys = super.newHttpUpgrader(version);
        return new HttpUpgrader() {
            @Override
            public void prepare(Request request) {
                jettys.prepare(request);
            }

            @Override
            public void upgrade(Response response, EndPoint endPoint, Callback callback) {
                try {
                    judge(response, endPoint, callback);
                } catch (LinkageError e) {
                    opening.failed(receiver, e);
                    callback.failed(e);
                    endPoint.close();
                }
            }

            private void judge(Response response, EndPoint endPoint, Callback callback) {
                String rule = HandshakeRules.broken(response.getRequest().getHeaders(), response.getHeaders());
                if (rule == null) {
                    jettys.upgrade(response, lingering(endPoint), callback);
                } else {
                    opening.refused(receiver, response.getStatus(), rule, null);
                    callback.failed(new RefusedException(response.getStatus()));
                    endPoint.close();
                }
            }
        };
    }

    private EndPoint lingering(EndPoint socket) {
        return new LingeringEndPoint(socket, scheduler, closeTimeout, receiver::isCut);
    }

    @Override
    protected void handleException(Throwable failure) {
        super.handleException(failure);
        opening.failed(receiver, failure);
    }

    /** What Jetty is told where the listener has been told more. */
    private static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(int status) {
            super("refused with HTTP " + status);
        }
    }
}
