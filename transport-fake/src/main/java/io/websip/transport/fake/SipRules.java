package io.websip.transport.fake;

import io.websip.sip.NameAddress;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import io.websip.sip.SipUri;
import io.websip.sip.Via;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a client's requests must keep, beyond what parsing checks. Named by RFC and section, since the name is
 * what a failing test shows. Confined to the server's loop.
 */
final class SipRules {
    private static final Set<String> NOT_IN_MESSAGE = Set.of("Contact", "Record-Route", "Accept");

    private final Set<String> branches = new HashSet<>();
    private final Map<String, Long> registerCseq = new HashMap<>();

    /** The rule that the request breaks, and how; null if it keeps them all. */
    @Nullable
    String broken(SipRequest request, boolean secure) {
        Via via = request.topVia();
        SipMethod method = request.method();
        if (!via.hasTransactionBranch()) {
            return "RFC 3261 8.1.1.7: the branch must start with z9hG4bK: " + via;
        }
        if (!branches.add(via.branch().orElse("") + " " + method) && !method.equals(SipMethod.ACK)) {
            return "RFC 3261 8.1.1.7: the branch must be unique: " + via;
        }
        if (!via.transport().equals(secure ? "WSS" : "WS")) {
            return "RFC 7118 5.2.1: the Via of this connection must say " + (secure ? "WSS" : "WS") + ": " + via;
        }
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
        return method.equals(SipMethod.MESSAGE)
                ? brokenMessage(request)
                : method.equals(SipMethod.REGISTER) ? brokenRegister(request) : null;
    }

    private static @Nullable String brokenMessage(SipRequest request) {
        for (String header : NOT_IN_MESSAGE) {
            if (request.headers().contains(header)) {
                return "RFC 3428 4: a MESSAGE has no " + header;
            }
        }
        return null;
    }

    private @Nullable String brokenRegister(SipRequest request) {
        if (!(request.requestUri() instanceof SipUri uri) || uri.user().isPresent()) {
            return "RFC 3261 10.2: the Request-URI of REGISTER has no user: " + request.requestUriText();
        }
        if (!request.to().uri().toString().equals(request.from().uri().toString())) {
            return "RFC 3261 10.2: From and To of REGISTER are the same address";
        }
        Long before = registerCseq.put(request.callId(), request.cseq().number());
        if (before != null && request.cseq().number() != before + 1) {
            return "RFC 3261 10.2: CSeq grows by one with each REGISTER: " + request.cseq() + " after " + before;
        }
        List<String> contacts = request.headers().list("Contact");
        if (contacts.contains("*")
                && (contacts.size() > 1 || request.headers().seconds("Expires").orElse(-1) != 0)) {
            return "RFC 3261 10.2.2: Contact * stands alone and with Expires 0";
        }
        for (NameAddress contact : request.contacts()) {
            if (contact.uri() instanceof SipUri uri2
                    && !uri2.parameters().get("transport").filter("ws"::equals).isPresent()) {
                return "RFC 7118 5.2.2: the Contact's transport is ws: " + contact;
            }
        }
        return null;
    }
}
