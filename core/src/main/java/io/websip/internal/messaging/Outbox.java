package io.websip.internal.messaging;

import io.websip.config.UserAgentConfig;
import io.websip.internal.connection.Link;
import io.websip.internal.connection.OpenFlow;
import io.websip.internal.messaging.OutgoingMessage.State;
import io.websip.internal.request.ClockOffset;
import io.websip.internal.request.Exchange;
import io.websip.internal.request.Exchanges;
import io.websip.internal.request.Reasons;
import io.websip.internal.request.RequestFactory;
import io.websip.internal.transaction.Outcome;
import io.websip.internal.transaction.Tokens;
import io.websip.loop.EventLoop;
import io.websip.sip.SipRequest;
import io.websip.sip.SipUri;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings each message to exactly one outcome: makes its request, tells its owner of it, lets it wait where it must, sends
 * it, and sends it again where its options allow it. Confined to the loop.
 */
public final class Outbox {
    /** What the outbox needs of the agent's registration. */
    public interface Gate {
        /** Whether the agent is registered, or is not to be. */
        boolean isDone();

        /** A proxy says that our flow has failed: the agent is to register anew (RFC 5626 section 4.3). */
        void flowFailed();

        /** How the last REGISTER failed; null if the agent is registered, or has not tried. */
        @Nullable
        Outcome failure();
    }

    private final EventLoop loop;
    private final Link link;
    private final RequestFactory requests;
    private final Exchanges exchanges;
    private final UserAgentConfig config;
    private final Gate registered;
    private final @Nullable TargetQueues queues; // null where the program has turned the rule off

    private Set<OutgoingMessage> alive = Set.of(); // a set to write into from the first message on
    private Set<OutgoingMessage> held = Collections.emptySet(); // the same while some are held
    private volatile int heldCount; // for other threads; written on the loop alone
    private final Deque<OutgoingMessage> ready = new ArrayDeque<>(1);
    private boolean transmitting;
    private boolean draining; // nothing is sent again
    private boolean over; // nothing is sent any more
    private long sequence;
    private @Nullable Runnable whenEmpty;
    private EventLoop.@Nullable Timer grace;

    public Outbox(
            EventLoop loop,
            Link link,
            RequestFactory requests,
            Exchanges exchanges,
            UserAgentConfig config,
            Gate registered) {
        this.loop = loop;
        this.link = link;
        this.requests = requests;
        this.exchanges = exchanges;
        this.config = config;
        this.registered = registered;
        this.queues = config.sendingPolicy().isOneAtATime()
                ? new TargetQueues(config.sendingPolicy().maxWaiting())
                : null;
    }

    /** How many messages wait for the connection. May be asked on any thread. */
    public int held() {
        return heldCount;
    }

    private void heldChanged() {
        heldCount = held.size();
    }

    // ----------------------------------------------------------------------------------------------- on the way out

    public void send(OutgoingMessage message) {
        message.sequence = sequence++;
        message.bornNanos = loop.nanoTime();
        if (message.sequence == 0) {
            alive = new LinkedHashSet<>();
        }
        alive.add(message);
        try {
            message.request = request(requests, message);
            message.requestVersion = requests.version();
        } catch (RuntimeException | Error e) {
            end(message, Outcome.Faulted.of(e));
            return;
        }
        Duration holdFor = message.options().holdFor().orElse(null);
        if (holdFor != null) {
            Duration life = message.options().expires().orElse(null);
            mayBeHeld(message, life != null && life.compareTo(holdFor) < 0 ? life : holdFor);
        }
        message.state = State.ANNOUNCED;
        message.created(message.request, () -> guarded(message, this::proceed));
    }

    private void proceed(OutgoingMessage message) {
        if (message.state != State.ANNOUNCED) {
            return; // it has failed meanwhile
        }
        message.state = State.QUEUED;
        if (!canGo(message) && !mayWait(message)) {
            end(message, new Outcome.ConnectionLost());
        } else {
            queue(message);
        }
    }

    private void queue(OutgoingMessage message) {
        switch (queues == null ? TargetQueues.Turn.NOW : queues.admit(message)) {
            case NOW -> {
                ready.add(message);
                transmitReady();
            }
            case LATER -> {} // finished() will name it
            case NEVER ->
                end(
                        message,
                        new Outcome.Faulted(
                                new IllegalStateException(config.sendingPolicy().maxWaiting() + " messages wait for "
                                        + message.target().toAor() + " already, which is the limit")));
        }
    }

    /** Not recursive, since each failure may let the next message of a long queue go. */
    private void transmitReady() {
        if (transmitting) {
            return;
        }
        transmitting = true;
        try {
            for (OutgoingMessage next = ready.poll(); next != null; next = ready.poll()) {
                guarded(next, this::transmit);
            }
        } finally {
            transmitting = false;
        }
    }

    /** Whatever a step throws, its message has an outcome, and the others go on. */
    private void guarded(OutgoingMessage message, Consumer<OutgoingMessage> step) {
        try {
            step.accept(message);
        } catch (RuntimeException | Error e) {
            end(message, Outcome.Faulted.of(e));
        }
    }

    private void transmit(OutgoingMessage message) {
        SipRequest made = message.request;
        if (message.state == State.ENDED || made == null) {
            return;
        }
        OpenFlow way = link.way();
        if (over) {
            end(message, new Outcome.ConnectionLost());
        } else if (isPointless(message)) {
            end(message, new Outcome.Expired());
        } else if (way != null && canGo(message)) {
            transmit(message, made, way);
        } else if (mayWait(message)) {
            hold(message);
        } else {
            end(message, new Outcome.ConnectionLost());
        }
    }

    private void transmit(OutgoingMessage message, SipRequest made, OpenFlow way) {
        SipRequest request =
                message.requestVersion == requests.version() ? made : requests.renewed(made, message.target());
        requests.checkLength(request); // the registrar's routes come on top of what was measured before
        stopTimer(message);
        if (message.options().holdFor().isEmpty()) {
            message.holdUntilNanos = null; // what it had was for the way to this try
        }
        message.state = State.SENT;
        message.wasSent = true;
        message.request = request;
        message.requestVersion = requests.version();
        message.exchange = exchanges.start(
                way,
                request,
                () -> ++message.cseq,
                message.options().timeout().orElse(null),
                outcome -> guarded(message, m -> answered(m, outcome)));
    }

    /** Whether nothing stands between the message and the wire but others to its target. */
    private boolean canGo(OutgoingMessage message) {
        return link.isOpen() && (message.holdUntilNanos == null || registered.isDone());
    }

    private boolean mayWait(OutgoingMessage message) {
        Long until = message.holdUntilNanos;
        return until == null ? link.isFirstAttempt() : until - loop.nanoTime() > 0;
    }

    /** Its own life is over before it was sent (RFC 3428 section 4). */
    private boolean isPointless(OutgoingMessage message) {
        Duration life = message.options().expires().orElse(null);
        return life != null && loop.nanoTime() - message.bornNanos >= life.toNanos();
    }

    /** The agent stops: the message fails at once. */
    public static void refuse(OutgoingMessage message, Outcome outcome) {
        message.ended(outcome);
    }

    private static SipRequest request(RequestFactory requests, OutgoingMessage message) {
        return requests.message(message.target(), message.cseq, message.options(), message::addTo);
    }

    /**
     * How long the request of a message would be, before it is sent. Thread-safe.
     *
     * @return bytes, without credentials and without the registrar's routes
     */
    public static int lengthOf(OutgoingMessage message, UserAgentConfig config, EventLoop agentLoop) {
        return request(new RequestFactory(config, "", new ClockOffset(agentLoop), new Tokens(() -> 0)), message)
                .length();
    }

    // --------------------------------------------------------------------------------------------------- holding

    private void mayBeHeld(OutgoingMessage message, Duration time) {
        message.holdUntilNanos = loop.nanoTime() + time.toNanos();
        stopTimer(message);
        message.timer = loop.schedule(time, () -> holdIsOver(message));
    }

    private void hold(OutgoingMessage message) {
        message.state = State.HELD;
        if (held.isEmpty()) {
            held = new LinkedHashSet<>();
        }
        held.add(message);
        heldChanged();
        Long until = message.holdUntilNanos;
        if (message.timer == null && until != null) { // it was sent before, which stopped it
            mayBeHeld(message, Duration.ofNanos(until - loop.nanoTime()));
        }
    }

    private void holdIsOver(OutgoingMessage message) {
        message.timer = null;
        // One that only waits for its turn goes on waiting: nothing is wrong with the connection.
        if (message.state == State.HELD || message.state == State.QUEUED && !canGo(message)) {
            end(message, timeIsUp(message));
        }
    }

    /** Where the program did not ask for a hold, what made the message wait is what made it fail. */
    private static Outcome timeIsUp(OutgoingMessage message) {
        boolean asked = message.options().holdFor().isPresent();
        return asked || message.before == null ? new Outcome.Expired() : message.before;
    }

    private static void stopTimer(OutgoingMessage message) {
        if (message.timer != null) {
            message.timer.cancel();
            message.timer = null;
        }
    }

    /** The connection or the registration has come or gone: what waited for it goes, waits on, or fails. */
    public void wayChanged() {
        if (!link.isOpen() && !link.isFirstAttempt()) {
            for (OutgoingMessage message : List.copyOf(alive)) {
                if (message.state == State.QUEUED && !mayWait(message)) {
                    end(message, new Outcome.ConnectionLost());
                }
            }
        }
        if (!held.isEmpty()) {
            ready.addAll(held);
            held = Collections.emptySet();
            heldChanged();
            transmitReady();
        }
    }

    // ------------------------------------------------------------------------------------------------- afterwards

    private void answered(OutgoingMessage message, Outcome outcome) {
        Exchange exchange = message.exchange;
        message.exchange = null;
        if (NextStep.isFlowFailed(outcome)) {
            registered.flowFailed();
        }
        Exchange pending = exchange != null && exchange.isPending() ? exchange : null;
        if (pending == null && (draining || message.state != State.SENT)) {
            end(message, outcome);
            return;
        }
        NextStep next = NextStep.after(message, outcome, patience(message), config.allSecure());
        if (pending != null && (draining || !(next instanceof NextStep.Redirect))) {
            endBeforeItsTransaction(message, pending, outcome);
        } else if (next instanceof NextStep.Pause pause) {
            message.retries++;
            message.state = State.PAUSED;
            message.timer = loop.schedule(pause.time(), () -> guarded(message, m -> again(m, List.of())));
        } else if (next instanceof NextStep.AwaitConnection || next instanceof NextStep.AwaitRegistration) {
            message.retries++;
            message.before = outcome;
            mayBeHeld(message, patience(message));
            again(message, List.of());
        } else if (next instanceof NextStep.Without without) {
            again(message, without.optionTags());
        } else if (next instanceof NextStep.Redirect redirect) {
            redirect(message, redirect.target(), pending);
        } else {
            end(message, outcome);
        }
    }

    /** How long the message may wait before it is sent again. */
    private Duration patience(OutgoingMessage message) {
        Long until = message.holdUntilNanos;
        return until == null ? config.timers().timeout() : Duration.ofNanos(Math.max(0, until - loop.nanoTime()));
    }

    private void again(OutgoingMessage message, List<String> withoutTags) {
        message.timer = message.state == State.PAUSED ? null : message.timer;
        SipRequest before = message.request;
        if (message.state == State.ENDED || before == null) {
            return;
        }
        message.request = requests.again(before, message.target(), ++message.cseq, withoutTags);
        message.requestVersion = requests.version();
        message.state = State.QUEUED;
        ready.add(message); // it has kept its place before all others to its target
        transmitReady();
    }

    /**
     * At the new target it waits behind those that are there; the old one is free for others.
     *
     * @param pending its exchange with the old target if that goes on, which keeps others back
     */
    private void redirect(OutgoingMessage message, SipUri target, @Nullable Exchange pending) {
        SipRequest before = message.request;
        if (before == null) {
            return;
        }
        if (pending == null) {
            leaveQueue(message);
        } else {
            stayInQueue(message, pending);
        }
        message.redirectTo(target);
        message.sequence = sequence++;
        message.request = requests.again(before, target, ++message.cseq, List.of());
        message.requestVersion = requests.version();
        message.state = State.QUEUED;
        queue(message);
        transmitReady();
    }

    private void leaveQueue(OutgoingMessage message) {
        leaveQueue(message.queue, message);
    }

    private void leaveQueue(TargetQueues.@Nullable Queue queue, Object messageOrExchange) {
        if (queues != null && queue != null) {
            List<OutgoingMessage> next = new ArrayList<>(1);
            queues.finished(queue, messageOrExchange, next);
            ready.addAll(next);
        }
    }

    private void stayInQueue(OutgoingMessage message, Exchange exchange) {
        if (queues != null) {
            TargetQueues.Queue queue = queues.replaced(message, exchange);
            exchange.whenOver(() -> {
                leaveQueue(queue, exchange);
                transmitReady();
            });
        }
    }

    /** It is pending at the server still, so that no other goes to its target yet (RFC 3428 section 8). */
    private void endBeforeItsTransaction(OutgoingMessage message, Exchange exchange, Outcome outcome) {
        exchange.whenOver(() -> {
            leaveQueue(message);
            transmitReady();
        });
        settle(message, outcome);
    }

    private void end(OutgoingMessage message, Outcome outcome) {
        if (settle(message, outcome)) {
            leaveQueue(message);
            transmitReady();
        }
    }

    /** @return false if it has had its outcome before */
    private boolean settle(OutgoingMessage message, Outcome outcome) {
        if (message.state == State.ENDED) {
            return false;
        }
        message.state = State.ENDED;
        stopTimer(message);
        alive.remove(message);
        if (held.remove(message)) {
            heldChanged();
        }
        message.ended(Reasons.explained(outcome, link, registered.failure(), draining, loop.nanoTime()));
        if (alive.isEmpty()) {
            emptied();
        }
        return true;
    }

    // ------------------------------------------------------------------------------------------------------- stop

    /** Runs the task once every message has its outcome; those that have none after the time given fail. */
    public void drain(Duration time, Runnable done) {
        draining = true;
        whenEmpty = done;
        if (alive.isEmpty()) {
            emptied();
        } else {
            grace = loop.schedule(time, this::failAll);
        }
    }

    private void failAll() {
        over = true;
        for (OutgoingMessage message : List.copyOf(alive)) {
            if (message.exchange != null) {
                message.exchange.abandon();
            }
        }
        ready.clear();
        held = Collections.emptySet();
        heldChanged();
        for (OutgoingMessage message : List.copyOf(alive)) {
            end(message, new Outcome.ConnectionLost());
        }
    }

    private void emptied() {
        if (grace != null) {
            grace.cancel();
            grace = null;
        }
        Runnable done = whenEmpty;
        whenEmpty = null;
        if (done != null) {
            done.run();
        }
    }
}
