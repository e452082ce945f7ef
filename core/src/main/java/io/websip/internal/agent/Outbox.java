package io.websip.internal.agent;

import io.websip.internal.connection.Link;
import io.websip.internal.transaction.Outcome;
import io.websip.internal.transaction.TransactionLayer;
import io.websip.loop.EventLoop;
import io.websip.sip.SipRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings each message to exactly one outcome: makes its request, tells its owner of it, lets it wait where it must, and
 * sends it. Confined to the loop.
 */
final class Outbox {
    private final EventLoop loop;
    private final Link link;
    private final Requests requests;
    private final Exchanges exchanges;
    private final @Nullable TargetQueues queues; // null where the program has turned the rule off

    private final Set<OutgoingMessage> alive = new LinkedHashSet<>();
    private final List<OutgoingMessage> held = new ArrayList<>();
    private final Deque<OutgoingMessage> ready = new ArrayDeque<>();
    private boolean transmitting;
    private boolean over; // nothing is sent any more
    private long sequence;
    private @Nullable Runnable whenEmpty;
    private EventLoop.@Nullable Timer grace;

    Outbox(EventLoop loop, Link link, Requests requests, Exchanges exchanges, boolean oneAtATime) {
        this.loop = loop;
        this.link = link;
        this.requests = requests;
        this.exchanges = exchanges;
        this.queues = oneAtATime ? new TargetQueues() : null;
    }

    void send(OutgoingMessage message) {
        message.sequence = sequence++;
        alive.add(message);
        try {
            message.request = requests.message(message);
            message.requestVersion = requests.version();
        } catch (RuntimeException e) {
            end(message, new Outcome.Faulted(e));
            return;
        }
        message.state = OutgoingMessage.State.ANNOUNCED;
        message.created(message.request, () -> proceed(message));
    }

    private void proceed(OutgoingMessage message) {
        if (message.state != OutgoingMessage.State.ANNOUNCED) {
            return; // it has failed meanwhile
        }
        message.state = OutgoingMessage.State.QUEUED;
        if (queues == null || queues.admit(message)) {
            ready.add(message);
            transmitReady();
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
                transmit(next);
            }
        } finally {
            transmitting = false;
        }
    }

    private void transmit(OutgoingMessage message) {
        if (message.state == OutgoingMessage.State.ENDED || message.request == null) {
            return;
        }
        TransactionLayer transactions = link.transactions();
        if (over) {
            end(message, new Outcome.ConnectionLost());
        } else if (transactions != null) {
            message.state = OutgoingMessage.State.SENT;
            SipRequest request =
                    message.requestVersion == requests.version() ? message.request : requests.renewed(message.request);
            message.exchange = exchanges.start(transactions, request, outcome -> end(message, outcome));
        } else if (link.isFirstAttempt()) {
            message.state = OutgoingMessage.State.HELD;
            held.add(message);
        } else {
            end(message, new Outcome.ConnectionLost());
        }
    }

    /** The first attempt to connect has ended, one way or the other: what waited for it goes, or fails. */
    void firstAttemptEnded() {
        if (!held.isEmpty()) {
            ready.addAll(held);
            held.clear();
            transmitReady();
        }
    }

    private void end(OutgoingMessage message, Outcome outcome) {
        if (message.state == OutgoingMessage.State.ENDED) {
            return;
        }
        message.state = OutgoingMessage.State.ENDED;
        alive.remove(message);
        message.ended(outcome);
        if (queues != null) {
            List<OutgoingMessage> next = new ArrayList<>(1);
            queues.finished(message, next);
            ready.addAll(next);
            transmitReady();
        }
        if (alive.isEmpty()) {
            emptied();
        }
    }

    /** Runs the task once every message has its outcome; those that have none after the time given fail. */
    void drain(Duration time, Runnable done) {
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
        held.clear();
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
