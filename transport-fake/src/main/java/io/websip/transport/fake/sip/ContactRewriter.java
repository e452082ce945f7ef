package io.websip.transport.fake.sip;

import io.websip.sip.SipRequest;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Changes the Contacts that a {@link FakeSipServer} lists in its 2xx to a REGISTER. Many registrars do not list a Contact as
 * the client has sent it (RFC 3261 section 10.3, step 8): they write another host, port, transport or user, leave it out, or
 * list something malformed beside it. What the registrar has bound stays as it is.
 *
 * <pre>{@code
 * server.rewriteContacts((register, contacts) -> List.of("<sip:alice@198.51.100.7:53951;transport=ws>;expires=1200"));
 * server.rewriteContacts(ContactRewriter.each(contact -> contact.replace("transport=ws", "transport=wss")));
 * }</pre>
 */
@FunctionalInterface
public interface ContactRewriter {
    /**
     * What a 2xx lists. Called on the server's loop.
     *
     * @param register the request that is answered
     * @param contacts the live bindings of the user, oldest first, each as the value of one Contact with its
     *     {@code expires}
     * @return the values of the Contact rows, in order; empty for a 2xx without Contact. They need not be well formed, but
     *     must not hold CR, LF or NUL
     */
    List<String> rewrite(SipRequest register, List<String> contacts);

    /** Lists what is bound, as the registrar does by default. */
    static ContactRewriter asBound() {
        return (register, contacts) -> contacts;
    }

    /** Changes each Contact on its own. */
    static ContactRewriter each(UnaryOperator<String> change) {
        return (register, contacts) -> contacts.stream().map(change).toList();
    }
}
