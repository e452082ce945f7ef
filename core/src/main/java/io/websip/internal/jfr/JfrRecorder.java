package io.websip.internal.jfr;

import io.websip.sip.SipRequest;
import io.websip.sip.SipUri;
import io.websip.sip.Uri;
import io.websip.transport.ServerAddress;

/** Begins events of JDK Flight Recorder. Whether a kind is on is asked of one event that is never committed. */
final class JfrRecorder implements Recorder {
    private final ConnectionAttemptEvent attempts = new ConnectionAttemptEvent("");
    private final ConnectionEvent connections = new ConnectionEvent("");
    private final RegistrationEvent registrations = new RegistrationEvent("");
    private final TransactionEvent transactions = new TransactionEvent("", false, "");
    private final MessageEvent messages = new MessageEvent("", "", 0);

    @Override
    public Span attempt(ServerAddress server) {
        return attempts.isEnabled() ? new ConnectionAttemptEvent(server.toString()).begun() : Span.NONE;
    }

    @Override
    public Span connection(ServerAddress server) {
        return connections.isEnabled() ? new ConnectionEvent(server.toString()).begun() : Span.NONE;
    }

    @Override
    public Span registration(SipRequest register) {
        return registrations.isEnabled() ? new RegistrationEvent(host(register.requestUri())).begun() : Span.NONE;
    }

    @Override
    public Span transaction(SipRequest request, boolean client) {
        return transactions.isEnabled()
                ? new TransactionEvent(request.method().name(), client, host(request.requestUri())).begun()
                : Span.NONE;
    }

    @Override
    public Span outgoing(SipUri target, int size) {
        return messages.isEnabled() ? new MessageEvent("out", target.host(), size).begun() : Span.NONE;
    }

    @Override
    public Span incoming(SipRequest request) {
        return messages.isEnabled()
                ? new MessageEvent("in", host(request.from().uri()), request.bodyLength()).begun()
                : Span.NONE;
    }

    /** A tel URI is nothing but its user. */
    private static String host(Uri uri) {
        return uri instanceof SipUri sip ? sip.host() : "";
    }
}
