package io.websip.internal.agent;

import io.websip.internal.auth.Authenticator;
import io.websip.internal.transaction.Outcome;
import io.websip.internal.transaction.TransactionLayer;
import io.websip.sip.SipRequest;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Starts the agent's exchanges. Confined to the loop. */
final class Exchanges {
    private final Requests requests;
    private final Authenticator authenticator;

    Exchanges(Requests requests, Authenticator authenticator) {
        this.requests = requests;
        this.authenticator = authenticator;
    }

    /** Sends a request whose Call-ID is its own; a repetition has the next CSeq. */
    Exchange start(TransactionLayer transactions, SipRequest request, Consumer<Outcome> result) {
        long[] cseq = {request.cseq().number()};
        return start(transactions, request, () -> ++cseq[0], result);
    }

    /**
     * Sends a request.
     *
     * @param nextCseq the number for each repetition
     * @param result called once, on the loop, never within this call
     */
    Exchange start(TransactionLayer transactions, SipRequest request, LongSupplier nextCseq, Consumer<Outcome> result) {
        Exchange exchange = new Exchange(requests, authenticator, transactions, nextCseq, result);
        exchange.start(request);
        return exchange;
    }
}
