package io.websip.internal.registration;

import io.websip.internal.connection.OpenFlow;
import io.websip.internal.jfr.Recorder;
import io.websip.internal.jfr.Span;
import io.websip.internal.request.Exchange;
import io.websip.internal.request.Exchanges;
import io.websip.internal.request.RegisterKind;
import io.websip.internal.request.RequestFactory;
import io.websip.internal.transaction.Outcome;
import io.websip.internal.transaction.Tokens;
import io.websip.loop.EventLoop;
import io.websip.sip.SipRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends an agent's REGISTERs: all with one Call-ID, each with a CSeq one higher than the last, also over challenges and
 * new connections (RFC 3261 section 10.2). Confined to the loop.
 */
final class RegisterQueue implements RegisterSender {
    private static final int MAX_WAITING = 16;

    private final EventLoop loop;
    private final Supplier<@Nullable OpenFlow> ways;
    private final RequestFactory requests;
    private final Exchanges exchanges;
    private final Tokens tokens;
    private final RegisterSequence sequence;
    private final RegisterCounter counter;
    private final Deque<Job> waiting = new ArrayDeque<>(1);
    private @Nullable Job running;
    private @Nullable Exchange exchange;
    private @Nullable OpenFlow last; // the last REGISTER went out on it

    /** A REGISTER to be sent: what it asks for, and whom its outcome is told. */
    private record Job(RegisterKind form, long expires, boolean outbound, Consumer<Outcome> result) {}

    /**
     * Sends nothing by itself.
     *
     * @param ways gives the connection on which a REGISTER goes out; null while there is none
     * @param sequence may be shared: numbers are taken when a REGISTER goes out
     */
    RegisterQueue(
            EventLoop loop,
            Supplier<@Nullable OpenFlow> ways,
            RequestFactory requests,
            Exchanges exchanges,
            Tokens tokens,
            RegisterSequence sequence,
            RegisterCounter counter) {
        this.loop = loop;
        this.ways = ways;
        this.requests = requests;
        this.exchanges = exchanges;
        this.tokens = tokens;
        this.sequence = sequence;
        this.counter = counter;
    }

    @Override
    public boolean isOpen() {
        return ways.get() != null;
    }

    /** Whether a REGISTER is under way. */
    boolean isBusy() {
        return running != null;
    }

    @Override
    public void register(long expires, boolean outbound, Consumer<Outcome> result) {
        submit(new Job(RegisterKind.OWN_CONTACT, expires, outbound, result));
    }

    /** Asks for all bindings of our address and changes none (RFC 3261 section 10.2.3). */
    void fetch(Consumer<Outcome> result) {
        submit(new Job(RegisterKind.FETCH, 0, false, result));
    }

    /** Removes all bindings of our address, those of others too (RFC 3261 section 10.2.2). */
    void removeAll(Consumer<Outcome> result) {
        submit(new Job(RegisterKind.ALL_CONTACTS, 0, false, result));
    }

    /** None is sent while one is without final response (RFC 3261 section 10.2); there is always room for our own binding. */
    private void submit(Job job) {
        if (running == null) {
            send(job);
        } else if (job.form == RegisterKind.OWN_CONTACT || waiting.size() < MAX_WAITING) {
            waiting.add(job);
        } else {
            loop.execute(() -> job.result.accept(
                    new Outcome.Faulted(new IllegalStateException(MAX_WAITING + " REGISTERs are waiting already"))));
        }
    }

    private void send(Job job) {
        running = job;
        OpenFlow way = ways.get();
        last = way;
        if (way == null) {
            loop.execute(() -> ended(job, new Outcome.ConnectionLost()));
            return;
        }
        try {
            SipRequest request = requests.register(
                    way.server(),
                    job.form,
                    job.outbound,
                    sequence.callId(),
                    tokens.tag(),
                    sequence.next(),
                    job.expires);
            exchange = exchanges.start(
                    way, request, sequence::next, null, followed(request, outcome -> ended(job, outcome)));
        } catch (RuntimeException | Error e) {
            Outcome faulted = Outcome.Faulted.of(e);
            loop.execute(() -> ended(job, faulted));
        }
    }

    /** Counts and records what becomes of a REGISTER. */
    private Consumer<Outcome> followed(SipRequest request, Consumer<Outcome> result) {
        counter.registerSent();
        Span span = Recorder.get().registration(request);
        return outcome -> {
            int status = outcome instanceof Outcome.Answered answered
                    ? answered.response().status()
                    : 0;
            span.ended(status, outcome.summary());
            if (status < 200 || status > 299) {
                counter.registerFailed();
            }
            result.accept(outcome);
        };
    }

    private void ended(Job job, Outcome outcome) {
        if (running != job) {
            return; // it was abandoned
        }
        running = null;
        exchange = null;
        job.result.accept(outcome);
        while (running == null && ways.get() == null && !waiting.isEmpty()) {
            waiting.remove()
                    .result
                    .accept(new Outcome.ConnectionLost()); // no task for each: the agent may be at its end
        }
        Job next = running == null ? waiting.poll() : null;
        if (next != null) {
            send(next);
        }
    }

    /** The agent has left the connection: what is under way on it is waited for no longer. */
    void moved() {
        Job job = running;
        if (job != null && !Objects.equals(last, ways.get())) {
            if (exchange != null) {
                exchange.abandon();
            }
            ended(job, new Outcome.ConnectionLost());
        }
    }

    /** Nothing more is sent of a REGISTER under way; whoever waits for one that the program asked for is told. */
    void abandon() {
        if (exchange != null) {
            exchange.abandon();
            exchange = null;
        }
        List<Job> left = new ArrayList<>(waiting);
        waiting.clear();
        if (running != null) {
            left.add(0, running);
            running = null;
        }
        for (Job job : left) {
            if (job.form != RegisterKind.OWN_CONTACT) {
                job.result.accept(new Outcome.ConnectionLost());
            }
        }
    }
}
