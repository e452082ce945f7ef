package io.websip.transport.jetty;

import io.websip.internal.log.ThrownText;
import io.websip.transport.ServerAddress;
import io.websip.transport.socket.Causes;
import io.websip.transport.socket.ProxyServer;
import io.websip.transport.socket.TlsFailure;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.Response;
import org.jspecify.annotations.Nullable;

/** Says what went wrong in words that name the server, whatever Jetty said, and without the query of its URL. */
final class Failures {
    private Failures() {}

    /** What one wanted to reach, for a message. */
    static String goal(ServerAddress server, @Nullable ProxyServer proxy) {
        return proxy == null ? server.toString() : server + " through " + proxy;
    }

    /** No TCP connection, or none through the proxy. */
    static Exception noConnection(ServerAddress server, @Nullable ProxyServer proxy, Throwable cause) {
        String what;
        if (has(UnknownHostException.class, cause)) {
            what = "its host name is unknown";
        } else if (has(HttpResponseException.class, cause)) {
            what = "the proxy's answer is " + proxysAnswer(cause);
        } else {
            what = text(server, cause);
        }
        return with(server, new ConnectException("cannot connect to " + goal(server, proxy) + ": " + what), cause);
    }

    private static String proxysAnswer(Throwable cause) {
        for (Throwable each : Causes.of(cause)) {
            if (each instanceof HttpResponseException refused) {
                Response response = refused.getResponse();
                return response.getStatus() + " " + Objects.requireNonNullElse(response.getReason(), "");
            }
        }
        return "unknown";
    }

    /**
     * TCP was connected, but no WebSocket came about.
     *
     * @param duringTls it ended before TLS was established, whatever the cause says
     */
    static Exception noHandshake(ServerAddress server, boolean duringTls, Throwable cause) {
        if (duringTls || server.secure() && has(SSLException.class, cause)) {
            return with(server, new SSLException("TLS with " + server + " failed: " + TlsFailure.reason(cause)), cause);
        }
        if (has(EOFException.class, cause) || has(ClosedChannelException.class, cause)) {
            return with(server, new EOFException("connection to " + server + " ended in its handshake"), cause);
        }
        return with(
                server,
                new IOException("connection to " + server + " broke in its handshake: " + text(server, cause)),
                cause);
    }

    /** An open connection was lost. */
    static Exception broke(ServerAddress server, @Nullable Throwable cause) {
        if (cause == null || has(ClosedChannelException.class, cause)) {
            return new EOFException("connection to " + server + " ended without a close frame");
        }
        return with(server, new IOException("connection to " + server + " broke: " + text(server, cause)), cause);
    }

    private static boolean has(Class<? extends Throwable> type, Throwable failure) {
        return Causes.have(type, failure);
    }

    private static String text(ServerAddress server, Throwable cause) {
        String message = ThrownText.message(cause);
        return message.equals(ThrownText.of(cause)) || tellsQuery(server, cause)
                ? cause.getClass().getSimpleName()
                : message;
    }

    private static <E extends Exception> E with(ServerAddress server, E failure, Throwable cause) {
        if (!tellsQuery(server, cause)) {
            failure.initCause(cause);
        }
        return failure;
    }

    /** Jetty's exceptions may show the whole request line, and a query may hold a token. */
    private static boolean tellsQuery(ServerAddress server, Throwable failure) {
        int query = server.resource().indexOf('?');
        if (query < 0) {
            return false;
        }
        String secret = server.resource().substring(query);
        for (Throwable each : Causes.of(failure)) {
            if (ThrownText.of(each).contains(secret)) {
                return true;
            }
        }
        return false;
    }
}
