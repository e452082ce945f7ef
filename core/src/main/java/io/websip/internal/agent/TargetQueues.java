package io.websip.internal.agent;

import io.websip.sip.SipUri;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets one message per target URI go at a time, the others in the order in which they came (RFC 3428 section 8). Targets
 * are compared by RFC 3261 section 19.1.4, which is not transitive, so each spelling has its own queue, and a queue waits
 * for those that match it. Confined to the loop.
 */
final class TargetQueues {
    /** All messages to one spelling of a target. */
    private static final class Queue {
        final SipUri target;
        final ArrayDeque<OutgoingMessage> waiting = new ArrayDeque<>(1);

        /** The message whose turn it is, or an exchange of one that is elsewhere by now. */
        @Nullable
        Object pending;

        Queue(SipUri target) {
            this.target = target;
        }

        boolean isIdle() {
            return pending == null && waiting.isEmpty();
        }
    }

    /** What comes of a message that wants to go. */
    enum Turn {
        /** It may go. */
        NOW,
        /** It waits until {@link #finished} names it. */
        LATER,
        /** As many wait as may; it was not taken. */
        NEVER
    }

    private final int maxWaiting;
    private Map<String, List<Queue>> buckets = Map.of();
    private boolean used; // and buckets is a map to write into

    /** @param maxWaiting how many may wait for one spelling of a target */
    TargetQueues(int maxWaiting) {
        this.maxWaiting = maxWaiting;
    }

    /** Takes the message in, if there is room. */
    Turn admit(OutgoingMessage message) {
        message.queueKey = message.target().matchKey();
        if (!used) {
            used = true;
            buckets = new HashMap<>();
        }
        List<Queue> bucket = buckets.computeIfAbsent(message.queueKey, key -> new ArrayList<>(1));
        Queue queue = queueFor(bucket, message.target());
        if (queue.waiting.size() >= maxWaiting) {
            return Turn.NEVER;
        }
        queue.waiting.add(message);
        if (!mayGo(bucket, queue)) {
            return Turn.LATER;
        }
        queue.waiting.remove();
        queue.pending = message;
        return Turn.NOW;
    }

    private static Queue queueFor(List<Queue> bucket, SipUri target) {
        for (Queue queue : bucket) {
            if (queue.target.equals(target)) {
                return queue;
            }
        }
        Queue queue = new Queue(target);
        bucket.add(queue);
        return queue;
    }

    /** The head of a queue may go if nothing that matches it is pending or came earlier. */
    private static boolean mayGo(List<Queue> bucket, Queue queue) {
        if (queue.pending != null || queue.waiting.isEmpty()) {
            return false;
        }
        long mine = queue.waiting.element().sequence;
        for (Queue other : bucket) {
            boolean earlier = !other.waiting.isEmpty() && other.waiting.element().sequence < mine;
            if (other != queue && (other.pending != null || earlier) && other.target.matches(queue.target)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The message goes on to another target while its exchange with this one is pending still, which takes its place.
     *
     * @return the key by which the exchange is {@link #finished}
     */
    String replaced(OutgoingMessage message, Exchange exchange) {
        for (Queue queue : buckets.getOrDefault(message.queueKey, List.of())) {
            if (queue.pending == message) {
                queue.pending = exchange;
            }
        }
        return message.queueKey;
    }

    /**
     * Takes a message out, wherever it stands, or an exchange that has {@link #replaced} one, and adds to the list those that
     * may go now.
     */
    void finished(String key, Object messageOrExchange, List<OutgoingMessage> next) {
        List<Queue> bucket = buckets.get(key);
        if (bucket == null) {
            return;
        }
        for (Queue queue : bucket) {
            if (queue.pending == messageOrExchange) {
                queue.pending = null;
            } else {
                queue.waiting.remove(messageOrExchange);
            }
        }
        for (Queue queue : bucket) {
            if (mayGo(bucket, queue)) {
                OutgoingMessage head = queue.waiting.remove();
                queue.pending = head;
                next.add(head);
            }
        }
        bucket.removeIf(Queue::isIdle);
        if (bucket.isEmpty()) {
            buckets.remove(key);
        }
    }
}
