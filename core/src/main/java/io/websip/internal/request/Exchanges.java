package io.websip.internal.request;

import io.websip.internal.auth.AuthScope;
import io.websip.internal.auth.Authenticator;
import io.websip.internal.connection.OpenFlow;
import io.websip.internal.transaction.Outcome;
import io.websip.internal.transaction.TransactionLayer;
import io.websip.loop.EventLoop;
import io.websip.sip.SipMethod;
import io.websip.sip.SipRequest;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Starts the agent's exchanges. Confined to the loop. */
public final class Exchanges {
    private final EventLoop loop;
    private final RequestFactory requests;
    private final Authenticator authenticator;
    private @Nullable TransactionLayer last; // of the connection that messages have gone over

    public Exchanges(EventLoop loop, RequestFactory requests, Authenticator authenticator) {
        this.loop = loop;
        this.requests = requests;
        this.authenticator = authenticator;
    }

    /**
     * Sends a request.
     *
     * @param way the connection that carries it, in all its repetitions
     * @param nextCseq the number for each repetition
     * @param timeout how long its final response is waited for, over all repetitions; null for timer F of each
     * @param result called once, on the loop, never within this call
     */
    public Exchange start(
            OpenFlow way,
            SipRequest request,
            LongSupplier nextCseq,
            @Nullable Duration timeout,
            Consumer<Outcome> result) {
        TransactionLayer transactions = way.transactions();
        boolean register = request.method().equals(SipMethod.REGISTER);
        if (!register && !transactions.equals(last)) {
            last = transactions;
            authenticator.newConnection();
        }
        AuthScope scope = register ? AuthScope.registrar() : requests.scope(request);
        Exchange exchange = new Exchange(loop, requests, authenticator, way, scope, nextCseq, timeout, result);
        exchange.start(request);
        return exchange;
    }
}
