package io.websip.internal.agent;

import io.websip.internal.auth.AuthScope;
import io.websip.internal.auth.Authenticator;
import io.websip.internal.connection.Way;
import io.websip.internal.jfr.Recorder;
import io.websip.internal.jfr.Span;
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
final class Exchanges {
    private final EventLoop loop;
    private final Requests requests;
    private final Authenticator authenticator;
    private final AgentObserver observer;
    private @Nullable TransactionLayer last; // of the connection that messages have gone over

    Exchanges(EventLoop loop, Requests requests, Authenticator authenticator, AgentObserver observer) {
        this.loop = loop;
        this.requests = requests;
        this.authenticator = authenticator;
        this.observer = observer;
    }

    /**
     * Sends a request.
     *
     * @param way the connection that carries it, in all its repetitions
     * @param nextCseq the number for each repetition
     * @param timeout how long its final response is waited for, over all repetitions; null for timer F of each
     * @param result called once, on the loop, never within this call
     */
    Exchange start(
            Way way, SipRequest request, LongSupplier nextCseq, @Nullable Duration timeout, Consumer<Outcome> result) {
        TransactionLayer transactions = way.transactions();
        boolean register = request.method().equals(SipMethod.REGISTER);
        if (!register && !transactions.equals(last)) {
            last = transactions;
            authenticator.newConnection();
        }
        AuthScope scope = register ? AuthScope.registrar() : requests.scope(request);
        Exchange exchange =
                new Exchange(loop, requests, authenticator, way, scope, nextCseq, timeout, followed(request, result));
        exchange.start(request);
        return exchange;
    }

    /** Counts and records what becomes of a REGISTER; messages are followed from their program's hand on. */
    private Consumer<Outcome> followed(SipRequest request, Consumer<Outcome> result) {
        if (!request.method().equals(SipMethod.REGISTER)) {
            return result;
        }
        observer.registerSent();
        Span span = Recorder.get().registration(request);
        return outcome -> {
            int status = outcome instanceof Outcome.Answered answered
                    ? answered.response().status()
                    : 0;
            span.ended(status, outcome.summary());
            if (status < 200 || status > 299) {
                observer.registerFailed();
            }
            result.accept(outcome);
        };
    }
}
