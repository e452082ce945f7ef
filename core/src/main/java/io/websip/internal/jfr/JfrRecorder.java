package io.websip.internal.jfr;

import io.websip.sip.SipRequest;
import io.websip.sip.SipUri;
import io.websip.sip.Uri;
import io.websip.transport.ServerAddress;

/** Begins events of JDK Flight Recorder. Whether a kind is on is asked of one event that is never committed. */
final class JfrRecorder implements Recorder {
    private final ConnectionAttemptRecording attempts = new ConnectionAttemptRecording("");
    private final ConnectionRecording connections = new ConnectionRecording("");
    private final RegistrationRecording registrations = new RegistrationRecording("");
    private final TransactionRecording transactions = new TransactionRecording("", false, "");
    private final MessageRecording messages = new MessageRecording("", "", 0);

    @Override
    public Span attempt(ServerAddress server) {
        return attempts.isEnabled() ? new ConnectionAttemptRecording(server.toString()).begun() : Span.NONE;
    }

    @Override
    public Span connection(ServerAddress server) {
        return connections.isEnabled() ? new ConnectionRecording(server.toString()).begun() : Span.NONE;
    }

    @Override
    public Span registration(SipRequest register) {
        return registrations.isEnabled() ? new RegistrationRecording(host(register.requestUri())).begun() : Span.NONE;
    }

    @Override
    public Span transaction(SipRequest request, boolean client) {
        return transactions.isEnabled()
                ? new TransactionRecording(request.method().name(), client, host(request.requestUri())).begun()
                : Span.NONE;
    }

    @Override
    public Span outgoing(SipUri target, int size) {
        return messages.isEnabled() ? new MessageRecording("out", target.host(), size).begun() : Span.NONE;
    }

    @Override
    public Span incoming(SipRequest request) {
        return messages.isEnabled()
                ? new MessageRecording("in", host(request.from().uri()), request.bodyLength()).begun()
                : Span.NONE;
    }

    /** A tel URI is nothing but its user. */
    private static String host(Uri uri) {
        return uri instanceof SipUri sip ? sip.host() : "";
    }
}
