package io.websip.transport.fake.sip;

import io.websip.sip.NameAddress;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipUri;
import io.websip.sip.Via;
import io.websip.transport.fake.ServerConnection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a client's requests must keep, beyond what parsing checks. Named by RFC and section, since the name is
 * what a failing test shows. Confined to the server's loop.
 */
final class SipRules {
    /** So many branches, and so many Call-IDs of REGISTERs, are remembered. */
    static final int MEMORY = 100_000;

    private static final List<String> NOT_IN_MESSAGE =
            List.of("Contact", "Record-Route", "Accept", "Accept-Encoding", "Accept-Language");

    private record LastRegister(ServerConnection connection, long cseq) {}

    private final boolean secure;
    private final BooleanSupplier alone;
    private final PendingRequests pending;
    private final RouteRules routes = new RouteRules();
    private final Map<String, Boolean> branches = bounded();
    private final Map<String, LastRegister> registers = bounded();

    /** @param alone whether no other server could have had a REGISTER that this one has not seen */
    SipRules(boolean secure, ServerOptions options, BooleanSupplier alone) {
        this.secure = secure;
        this.alone = alone;
        this.pending = new PendingRequests(options.transactionTimeout.toNanos(), options.oneAtATime);
    }

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > MEMORY;
            }
        };
    }

    /** The rule that the request breaks, and how; null if it keeps them all. Asked once for each request. */
    @Nullable
    String broken(ServerConnection connection, SipRequest request, long now) {
        String rule = brokenVia(request);
        rule = rule == null ? brokenHeaders(request) : rule;
        if (rule == null && request.method().equals(SipMethod.MESSAGE)) {
            rule = brokenMessage(request);
        } else if (rule == null && request.method().equals(SipMethod.REGISTER)) {
            rule = brokenRegister(connection, request);
        }
        String overlap = pending.begin(connection, request, now);
        String route = routes.broken(connection, request, now);
        rule = rule == null ? overlap : rule;
        return rule == null ? route : rule;
    }

    /** What the server sends may end a request. */
    void sent(ServerConnection connection, byte[] message, long now) {
        pending.sent(connection, message);
        routes.sent(connection, message, now);
    }

    void closed(ServerConnection connection) {
        pending.closed(connection);
        routes.closed(connection);
    }

    private @Nullable String brokenVia(SipRequest request) {
        Via via = request.topVia();
        SipMethod method = request.method();
        if (request.hasSeveralVias()) {
            return "RFC 3261 8.1.1.7: a new request has one Via: "
                    + request.headers().list("Via");
        }
        if (!via.hasTransactionBranch()) {
            return "RFC 3261 8.1.1.7: the branch must start with z9hG4bK: " + via;
        }
        if (branches.put(via.branch().orElse("") + " " + method, true) != null && !method.equals(SipMethod.ACK)) {
            return "RFC 3261 8.1.1.7: the branch must be unique: " + via;
        }
        if (!via.transport().equals(secure ? "WSS" : "WS")) {
            return "RFC 7118 5.2.1: the Via of this connection must say " + (secure ? "WSS" : "WS") + ": " + via;
        }
        return null;
    }

    private static @Nullable String brokenHeaders(SipRequest request) {
        if (request.maxForwards().isEmpty()) {
            return "RFC 3261 8.1.1.6: Max-Forwards is missing";
        }
        if (request.from().tag().filter(tag -> tag.length() >= 7).isEmpty()) {
            return "RFC 3261 19.3: From needs a tag of at least 32 random bits: " + request.from();
        }
        if (request.to().tag().isPresent()) {
            return "RFC 3261 8.1.1.2: a request outside a dialog has no To tag: " + request.to();
        }
        if (!request.headers().contains("Content-Length")) {
            return "RFC 7118 5.1: Content-Length should be sent";
        }
        if (request.bodyLength() > 0 && request.contentType().isEmpty()) {
            return "RFC 3261 7.4.1: a body needs a Content-Type";
        }
        if (request.headers().contains("Transfer-Encoding")) {
            return "RFC 3261 7.4.2: there is no transfer encoding";
        }
        return null;
    }

    private static @Nullable String brokenMessage(SipRequest request) {
        for (String header : NOT_IN_MESSAGE) {
            if (request.headers().contains(header)) {
                return "RFC 3428 4: a MESSAGE has no " + header;
            }
        }
        return null;
    }

    private @Nullable String brokenRegister(ServerConnection connection, SipRequest request) {
        if (!(request.requestUri() instanceof SipUri uri) || uri.user().isPresent()) {
            return "RFC 3261 10.2: the Request-URI of REGISTER has no user: " + request.requestUriText();
        }
        if (!request.to().uri().toString().equals(request.from().uri().toString())) {
            return "RFC 3261 10.2: From and To of REGISTER are the same address";
        }
        long cseq = request.cseq().number();
        LastRegister before = registers.put(request.callId(), new LastRegister(connection, cseq));
        if (before != null && !follows(before, connection, cseq)) {
            return "RFC 3261 10.2: CSeq grows by one with each REGISTER: " + request.cseq() + " after " + before.cseq;
        }
        List<String> contacts = request.headers().list("Contact");
        if (contacts.stream().anyMatch(contact -> contact.startsWith("*"))
                && (!contacts.equals(List.of("*"))
                        || request.headers().seconds("Expires").orElse(-1) != 0)) {
            return "RFC 3261 10.2.2: Contact * stands alone, without parameters and with Expires 0";
        }
        for (NameAddress contact : request.contacts()) {
            if (contact.uri() instanceof SipUri sip
                    && !sip.parameters().get("transport").filter("ws"::equals).isPresent()) {
                return "RFC 7118 5.2.2: the Contact's transport is ws: " + contact;
            }
            String flow = brokenFlow(request, contact);
            if (flow != null) {
                return flow;
            }
        }
        return null;
    }

    /** A reg-id makes a contact one of RFC 5626. */
    private static @Nullable String brokenFlow(SipRequest request, NameAddress contact) {
        Optional<String> regId = contact.parameters().get("reg-id");
        List<String> supported = request.headers().list("Supported");
        if (regId.isEmpty()) {
            return null;
        }
        if (!contact.parameters().contains("+sip.instance")) {
            return "RFC 5626 4.2: a reg-id needs a +sip.instance: " + contact;
        }
        if (!regId.get().matches("[1-9][0-9]{0,9}") || Long.parseLong(regId.get()) > Integer.MAX_VALUE) {
            return "RFC 5626 4.2: a reg-id is 1 to 2**31-1: " + contact;
        }
        if (!supported.contains("outbound") || !supported.contains("path")) {
            return "RFC 5626 4.2.1: a REGISTER with a reg-id supports path and outbound: " + supported;
        }
        return null;
    }

    /** Nothing is lost on one connection, but with a connection, or at another server, may be what we have not seen. */
    private boolean follows(LastRegister before, ServerConnection connection, long cseq) {
        boolean all = before.connection == connection && alone.getAsBoolean();
        return all ? cseq == before.cseq + 1 : cseq > before.cseq;
    }
}
