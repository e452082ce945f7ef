package io.websip.transport.fake.sip;

import io.websip.internal.auth.AuthKind;
import io.websip.loop.EventLoop;
import io.websip.sip.AuthHeader;
import io.websip.sip.SipMethod;
import io.websip.sip.SipParseException;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.sip.SipUri;
import io.websip.sip.Uri;
import io.websip.transport.fake.ServerConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a server answers where no script says otherwise. Confined to the server's loop. */
final class ServerLogic {
    /** By which all that it answers is sent. */
    interface Sender {
        void send(ServerConnection connection, byte[] message);
    }

    private final EventLoop loop;
    private final ServerOptions options;
    private final Sender sender;
    private final Registrar registrar;
    private final Challenger challenger;
    private final Relay relay;

    ServerLogic(EventLoop loop, ServerOptions options, boolean secure, Sender sender) {
        this.loop = loop;
        this.options = options;
        this.sender = sender;
        this.registrar = new Registrar(loop, options);
        this.challenger = new Challenger(options);
        this.relay = new Relay(loop, secure);
    }

    Registrar registrar() {
        return registrar;
    }

    Challenger challenger() {
        return challenger;
    }

    Relay relay() {
        return relay;
    }

    void closed(ServerConnection connection) {
        registrar.closed(connection);
        relay.closed(connection);
    }

    void serve(ServerConnection connection, SipRequest request) {
        SipMethod method = request.method();
        String target = user(request.requestUri());
        if (method.equals(SipMethod.ACK)) {
            return; // never answered
        }
        if (method.equals(SipMethod.OPTIONS) && target.isEmpty()) {
            reply(connection, request, 200);
        } else if (method.equals(SipMethod.REGISTER)) {
            List<Proof> proofs = new ArrayList<>();
            if (authenticated(connection, request, user(request.to().uri()), AuthKind.SERVER, options.domain, proofs)) {
                SipResponse answer = registrar.register(request, connection);
                sender.send(connection, informed(answer, proofs));
            }
        } else if (method.equals(SipMethod.MESSAGE) || method.equals(SipMethod.OPTIONS)) {
            relay(connection, request, target);
        } else {
            sender.send(
                    connection,
                    SipResponse.to(request.headers(), 405, null, "fake")
                            .add("Allow", "REGISTER, MESSAGE, OPTIONS")
                            .build()
                            .toBytes());
        }
    }

    private static String user(Uri uri) {
        return uri instanceof SipUri sip ? sip.user().orElse("") : "";
    }

    /** Whoever is anonymous in From is known by the credentials alone (RFC 3323 section 4.1). */
    private static String sender(SipRequest request) {
        if (!(request.from().uri() instanceof SipUri uri) || !uri.host().equals("anonymous.invalid")) {
            return user(request.from().uri());
        }
        return Stream.of("Proxy-Authorization", "Authorization")
                .flatMap(name -> request.headers().all(name).stream())
                .flatMap(value -> username(value).stream())
                .findFirst()
                .orElse("");
    }

    private static Optional<String> username(String credentials) {
        try {
            return AuthHeader.parse(credentials).get("username");
        } catch (SipParseException e) {
            return Optional.empty();
        }
    }

    private void relay(ServerConnection connection, SipRequest request, String target) {
        String from = sender(request);
        List<Proof> proofs = new ArrayList<>();
        String proxyRealm = options.proxyRealm;
        if (proxyRealm != null && !authenticated(connection, request, from, AuthKind.PROXY, proxyRealm, proofs)) {
            return;
        }
        if (options.messageChallenge == 0) {
            forward(connection, request, target, proofs);
            return;
        }
        AuthKind kind = proxyRealm == null && options.messageChallenge == 407 ? AuthKind.PROXY : AuthKind.SERVER;
        if (!authenticated(connection, request, from, kind, options.domain, proofs)) {
            return;
        }
        forward(connection, request, target, proofs);
    }

    private void forward(ServerConnection connection, SipRequest request, String target, List<Proof> proofs) {
        Registrar.Bound to = request.requestUri() instanceof SipUri uri ? registrar.find(uri) : null;
        if (to == null) {
            reply(connection, request, options.users.containsKey(target) ? 480 : 404);
        } else {
            relay.forward(connection, request, to, answer -> sender.send(connection, informed(answer, proofs)));
        }
    }

    /** Whether the request has good credentials of the realm; if not, it has been answered. */
    private boolean authenticated(
            ServerConnection connection,
            SipRequest request,
            String user,
            AuthKind kind,
            String realm,
            List<Proof> proofs) {
        if (!options.authenticate) {
            return true;
        }
        Challenger.Verdict verdict = challenger.check(request, user, kind, realm, loop.nanoTime());
        if (verdict.challenge() != null) {
            sender.send(connection, verdict.challenge().toBytes());
            return false;
        }
        if (verdict.proof() != null) {
            proofs.add(verdict.proof());
        }
        return true;
    }

    private byte[] informed(SipResponse answer, List<Proof> proofs) {
        return challenger.informed(answer, proofs, loop.nanoTime()).toBytes();
    }

    private void reply(ServerConnection connection, SipRequest request, int status) {
        sender.send(
                connection,
                SipResponse.to(request.headers(), status, null, "fake").build().toBytes());
    }
}
