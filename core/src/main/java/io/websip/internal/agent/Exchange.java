package io.websip.internal.agent;

import io.websip.internal.auth.AuthAttempt;
import io.websip.internal.auth.Authenticator;
import io.websip.internal.log.GuardedLogger;
import io.websip.internal.transaction.ClientTransaction;
import io.websip.internal.transaction.ClientTransactionUser;
import io.websip.internal.transaction.Outcome;
import io.websip.internal.transaction.TransactionLayer;
import io.websip.loop.EventLoop;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One request up to its outcome, over as many transactions as its challenges take (RFC 3261 sections 8.1.3.5 and 22.2),
 * all on the connection that it began on. Its owner may have less patience than the transaction, which then goes on alone:
 * the server may be at work on it still. Confined to the loop.
 */
final class Exchange implements ClientTransactionUser {
    private static final System.Logger LOG = GuardedLogger.of("io.websip.auth");
    private static final int UNAUTHORIZED = 401;
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    private final EventLoop loop;
    private final Requests requests;
    private final Authenticator authenticator;
    private final TransactionLayer transactions;
    private final LongSupplier nextCseq;
    private final @Nullable Duration timeout;
    private final Consumer<Outcome> result;
    private final AuthAttempt attempt = new AuthAttempt();
    private long startedNanos;
    private EventLoop.@Nullable Timer patience;
    private boolean ended; // its outcome has been told
    private boolean over; // nothing is pending either
    private Runnable whenOver = () -> {};
    private @Nullable SipRequest sent;
    private @Nullable ClientTransaction transaction;

    Exchange(
            EventLoop loop,
            Requests requests,
            Authenticator authenticator,
            TransactionLayer transactions,
            LongSupplier nextCseq,
            @Nullable Duration timeout,
            Consumer<Outcome> result) {
        this.loop = loop;
        this.requests = requests;
        this.authenticator = authenticator;
        this.transactions = transactions;
        this.nextCseq = nextCseq;
        this.timeout = timeout;
        this.result = result;
    }

    void start(SipRequest request) {
        if (timeout != null) {
            startedNanos = loop.nanoTime();
            patience = loop.schedule(timeout, () -> end(new Outcome.TimedOut()));
        }
        send(authenticator.authorize(request, attempt));
    }

    /** The transaction has the time that it has always, or more where the owner has more patience. */
    private void send(SipRequest request) {
        sent = request;
        Duration usual = transactions.timers().timeout();
        Duration left = timeout == null ? usual : timeout.minusNanos(loop.nanoTime() - startedNanos);
        transaction = transactions.send(request, left.compareTo(usual) > 0 ? left : usual, this);
    }

    /** Nothing more is sent, and no result comes. */
    void abandon() {
        stopPatience();
        ended = true;
        over = true;
        if (transaction != null) {
            transaction.terminate();
        }
    }

    /** Whether its transaction goes on, though its outcome has been told. */
    boolean isPending() {
        return ended && !over;
    }

    /** What is to run once it is no longer {@link #isPending}. */
    void whenOver(Runnable task) {
        whenOver = task;
    }

    private void end(Outcome outcome) {
        stopPatience();
        ended = true;
        result.accept(outcome);
    }

    /** The transaction has ended. */
    private void over(Outcome outcome) {
        over = true;
        if (ended) {
            whenOver.run();
        } else {
            end(outcome);
        }
    }

    private void stopPatience() {
        if (patience != null) {
            patience.cancel();
            patience = null;
        }
    }

    @Override
    public void onProvisional(SipResponse response) {
        // says only that the next hop has it
    }

    @Override
    public void onFinal(SipResponse response) {
        SipRequest request = sent;
        if (request == null) {
            throw new IllegalStateException("a response without a request");
        }
        Outcome outcome = new Outcome.Answered(response);
        try {
            if (response.status() == UNAUTHORIZED || response.status() == PROXY_AUTHENTICATION_REQUIRED) {
                if (!ended && sendAgain(request, response)) {
                    return;
                }
            } else if (!authenticator.accepted(request, response, attempt)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the answer to {0} with Call-ID {1} does not prove our secret: its rspauth is wrong",
                        request.method(),
                        request.callId());
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a response could not be handled", e);
            outcome = new Outcome.Faulted(e);
        }
        over(outcome);
    }

    /** Answers the challenges, if they can be answered. */
    private boolean sendAgain(SipRequest request, SipResponse challenge) {
        Optional<SipMessageBuilder<SipRequest>> again = authenticator.answer(request, challenge, attempt);
        if (LOG.isLoggable(System.Logger.Level.DEBUG)) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "the challenge {0} of {1} with Call-ID {2} {3}",
                    Integer.toString(challenge.status()),
                    request.method(),
                    request.callId(),
                    again.isEmpty() ? "cannot be answered" : "is answered");
        }
        if (again.isEmpty()) {
            return false;
        }
        send(requests.repeated(again.get(), request, nextCseq.getAsLong()));
        return true;
    }

    @Override
    public void onTimeout() {
        over(new Outcome.TimedOut());
    }

    @Override
    public void onTransportFailure() {
        over(new Outcome.ConnectionLost());
    }
}
