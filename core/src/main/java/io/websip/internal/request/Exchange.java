package io.websip.internal.request;

import io.websip.internal.auth.AuthAnswer;
import io.websip.internal.auth.AuthAttempt;
import io.websip.internal.auth.AuthKind;
import io.websip.internal.auth.AuthScope;
import io.websip.internal.auth.Authenticator;
import io.websip.internal.connection.OpenFlow;
import io.websip.internal.log.GuardedLogger;
import io.websip.internal.transaction.ClientTransaction;
import io.websip.internal.transaction.ClientTransactionUser;
import io.websip.internal.transaction.Outcome;
import io.websip.internal.transaction.TransactionLayer;
import io.websip.loop.EventLoop;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipRequest;
import io.websip.sip.SipResponse;
import io.websip.text.TimeText;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One request up to its outcome, over as many transactions as its challenges take (RFC 3261 sections 8.1.3.5 and 22.2),
 * all on the connection that it began on. Its owner may have less patience than the transaction, which then goes on alone:
 * the server may be at work on it still. Confined to the loop.
 */
public final class Exchange implements ClientTransactionUser {
    private static final System.Logger LOG = GuardedLogger.of("io.websip.auth");
    private static final int UNAUTHORIZED = 401;
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    private final EventLoop loop;
    private final RequestFactory requests;
    private final Authenticator authenticator;
    private final OpenFlow way;
    private final LongSupplier nextCseq;
    private final @Nullable Duration timeout;
    private final Consumer<Outcome> result;
    private final AuthAttempt attempt;
    private long startedNanos;
    private EventLoop.@Nullable Timer patience;
    private boolean ended; // its outcome has been told
    private boolean over; // nothing is pending either
    private Runnable whenOver = () -> {};
    private @Nullable SipRequest sent;
    private @Nullable ClientTransaction transaction;
    private Duration allowed = Duration.ZERO; // for the final response of the transaction
    private int provisional; // the last status below 200; 0 for none

    Exchange(
            EventLoop loop,
            RequestFactory requests,
            Authenticator authenticator,
            OpenFlow way,
            AuthScope scope,
            LongSupplier nextCseq,
            @Nullable Duration timeout,
            Consumer<Outcome> result) {
        this.loop = loop;
        this.requests = requests;
        this.authenticator = authenticator;
        this.way = way;
        this.attempt = new AuthAttempt(scope);
        this.nextCseq = nextCseq;
        this.timeout = timeout;
        this.result = result;
    }

    /** Whatever goes wrong with the request, its outcome comes, though not within this call. */
    void start(SipRequest request) {
        if (timeout != null) {
            startedNanos = loop.nanoTime();
            patience = loop.schedule(timeout, () -> end(timedOut(timeout)));
        }
        try {
            send(inAdvance(request));
        } catch (RuntimeException | Error e) {
            Outcome faulted = faulted(e);
            loop.execute(() -> {
                if (!over) {
                    over(faulted);
                }
            });
        }
    }

    /** What nobody has asked for does not make a request too long. */
    private SipRequest inAdvance(SipRequest request) {
        SipRequest authorized = authenticator.authorize(request, attempt);
        if (authorized.length() > requests.maxBytes()) {
            attempt.withdraw();
            return request;
        }
        return authorized;
    }

    private static Outcome faulted(Throwable e) {
        if (!(e instanceof RequestTooLongException)) {
            LOG.log(System.Logger.Level.ERROR, "a request or its response could not be handled", e);
        }
        return Outcome.Faulted.of(e);
    }

    /** The transaction has the time that it has always, or more where the owner has more patience. */
    private void send(SipRequest request) {
        requests.checkLength(request); // as it goes out: nothing is added any more
        sent = request;
        TransactionLayer transactions = way.transactions();
        Duration usual = transactions.timers().timeout();
        Duration left = timeout == null ? usual : timeout.minusNanos(loop.nanoTime() - startedNanos);
        allowed = left.compareTo(usual) > 0 ? left : usual;
        provisional = 0;
        transaction = transactions.send(request, allowed, this);
    }

    /** Nothing more is sent, and no result comes. */
    public void abandon() {
        stopPatience();
        ended = true;
        over = true;
        if (transaction != null) {
            transaction.terminate();
        }
    }

    /** Whether its transaction goes on, though its outcome has been told. */
    public boolean isPending() {
        return ended && !over;
    }

    /** What is to run once it is no longer {@link #isPending}. */
    public void whenOver(Runnable task) {
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
        provisional = response.status(); // says only that the next hop has it
    }

    @Override
    public void onFinal(SipResponse response) {
        SipRequest request = sent;
        if (request == null) {
            throw new IllegalStateException("a response without a request");
        }
        Outcome outcome;
        try {
            boolean challenge = response.status() == UNAUTHORIZED || response.status() == PROXY_AUTHENTICATION_REQUIRED;
            String detail = challenge ? challenged(request, response) : settled(request, response);
            if (detail == null) {
                return;
            }
            outcome = new Outcome.Answered(response, detail);
        } catch (RuntimeException | Error e) {
            outcome = faulted(e);
        }
        over(outcome);
    }

    /** Answers the challenges, if they can be answered: null then, else why not. */
    private @Nullable String challenged(SipRequest request, SipResponse challenge) {
        if (ended) {
            return "";
        }
        AuthAnswer answer = authenticator.answer(request, challenge, attempt);
        SipMessageBuilder<SipRequest> again = answer.request();
        if (LOG.isLoggable(System.Logger.Level.DEBUG)) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "the challenge {0} of {1} with Call-ID {2} {3}",
                    Integer.toString(challenge.status()),
                    request.method(),
                    request.callId(),
                    again == null ? "is not answered: " + answer.refusal() : "is answered");
        }
        if (again == null) {
            return answer.refusal();
        }
        try {
            send(requests.repeated(again, request, nextCseq.getAsLong()));
            return null;
        } catch (RequestTooLongException e) {
            return e.getMessage();
        }
    }

    /** Learns from the response; null if the request is sent once more, without what it carried in advance. */
    private @Nullable String settled(SipRequest request, SipResponse response) {
        boolean without = !ended && authenticator.mayGoWithout(response, attempt);
        if (!authenticator.ended(request, response, attempt)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the answer to {0} with Call-ID {1} does not prove that the server knows the password: its rspauth is wrong",
                    request.method(),
                    request.callId());
        }
        if (!without) {
            return Authenticator.detail(response, attempt);
        }
        attempt.withdraw();
        SipMessageBuilder<SipRequest> builder = request.toBuilder();
        for (AuthKind kind : AuthKind.values()) {
            builder.remove(kind.credentialsHeader());
        }
        send(requests.repeated(builder, request, nextCseq.getAsLong()));
        return null;
    }

    @Override
    public void onTimeout() {
        over(timedOut(timeout != null && timeout.compareTo(allowed) > 0 ? timeout : allowed));
    }

    /** Without a final response within that time. */
    private Outcome timedOut(Duration time) {
        SipRequest request = sent;
        String method = request == null ? "the request" : request.method().name();
        String answer =
                provisional == 0 ? " did not answer " + method : " answered " + method + " only with " + provisional;
        return new Outcome.TimedOut(way.server() + answer + " within " + TimeText.of(time));
    }

    @Override
    public void onTransportFailure() {
        over(new Outcome.ConnectionLost());
    }
}
