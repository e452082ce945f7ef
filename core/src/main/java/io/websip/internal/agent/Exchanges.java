package io.websip.internal.agent;

import io.websip.internal.auth.Authenticator;
import io.websip.internal.transaction.Outcome;
import io.websip.internal.transaction.TransactionLayer;
import io.websip.loop.EventLoop;
import io.websip.sip.SipRequest;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Starts the agent's exchanges. Confined to the loop. */
final class Exchanges {
    private final EventLoop loop;
    private final Requests requests;
    private final Authenticator authenticator;

    Exchanges(EventLoop loop, Requests requests, Authenticator authenticator) {
        this.loop = loop;
        this.requests = requests;
        this.authenticator = authenticator;
    }

    /**
     * Sends a request.
     *
     * @param nextCseq the number for each repetition
     * @param timeout how long its final response is waited for, over all repetitions; null for timer F of each
     * @param result called once, on the loop, never within this call
     */
    Exchange start(
            TransactionLayer transactions,
            SipRequest request,
            LongSupplier nextCseq,
            @Nullable Duration timeout,
            Consumer<Outcome> result) {
        Exchange exchange = new Exchange(loop, requests, authenticator, transactions, nextCseq, timeout, result);
        exchange.start(request);
        return exchange;
    }
}
