package io.websip.internal.transaction;

import io.websip.sip.Discard;
import io.websip.sip.SipRequest;

/** Takes the requests that come in on a connection (the UAS core of RFC 3261 section 8.2). */
@FunctionalInterface
public interface TransactionUser {
    /**
     * A new request, never an ACK and never a retransmission. Called once for each transaction, on the loop. CANCEL comes
     * as a transaction of its own, INVITE too.
     *
     * @param transaction by which it is answered, now or later
     */
    void onRequest(SipRequest request, ServerTransaction transaction);

    /**
     * Something that came was not used, or not used whole. On the loop.
     *
     * @param why holds no octet of the peer
     */
    default void discarded(Discard kind, String why) {}
}
