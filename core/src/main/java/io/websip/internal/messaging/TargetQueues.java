package io.websip.internal.messaging;

import io.websip.internal.request.Exchange;
import io.websip.sip.SipUri;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets one message per target URI go at a time, the others in the order in which they came (RFC 3428 section 8). Confined
 * to the loop.
 *
 * <p>Targets are compared by RFC 3261 section 19.1.4. That relation is not transitive: {@code ;x=1} and {@code ;x=2} differ,
 * and both match the URI without the parameter. So each spelling of an address has its own queue, and a queue waits for those
 * that match it. Only {@value #SPELLINGS} spellings of an address have one at a time. All further ones share a last queue,
 * which is taken to match each of the others: never are two messages pending to one target, and the work for a message
 * does not grow with the number of messages or spellings. What is lost is that some of those further messages wait where
 * they need not.
 */
final class TargetQueues {
    /** How many spellings of one address have a queue of their own. */
    static final int SPELLINGS = 16;

    /** The index of the queue that all further spellings share. */
    private static final int SHARED = SPELLINGS;

    private static final int EACH = (1 << (SHARED + 1)) - 1;

    /** What comes of a message that wants to go. */
    enum Turn {
        /** It may go. */
        NOW,
        /** It waits until {@link #finished} names it. */
        LATER,
        /** As many wait as may; it was not taken. */
        NEVER
    }

    /** Messages to one spelling of an address, or to all spellings that have none of their own. */
    static final class Queue {
        private final Bucket bucket;
        private final int index;
        private final @Nullable SipUri target; // null for the shared one
        private @Nullable OutgoingMessage first;
        private @Nullable OutgoingMessage last;
        private int size;
        private @Nullable Map<String, Integer>
                sizes; // by spelling, of the shared one: Strings of equal hash are ordered
        private int matching; // a bit for the index of each other queue of the bucket that matches this one

        /** The message whose turn it is, or an exchange of one that is elsewhere by now. */
        private @Nullable Object pending;

        private Queue(Bucket bucket, int index, @Nullable SipUri target) {
            this.bucket = bucket;
            this.index = index;
            this.target = target;
            if (target == null) {
                sizes = new HashMap<>();
            }
        }

        private int size(SipUri spelling) {
            return sizes == null ? size : sizes.getOrDefault(spelling.toString(), 0);
        }

        private void add(OutgoingMessage message) {
            message.queue = this;
            message.ahead = last;
            if (last == null) {
                first = message;
            } else {
                last.behind = message;
            }
            last = message;
            counted(message, 1);
        }

        private void remove(OutgoingMessage message) {
            OutgoingMessage ahead = message.ahead;
            OutgoingMessage behind = message.behind;
            if (ahead == null) {
                first = behind;
            } else {
                ahead.behind = behind;
            }
            if (behind == null) {
                last = ahead;
            } else {
                behind.ahead = ahead;
            }
            message.ahead = null;
            message.behind = null;
            counted(message, -1);
        }

        private void counted(OutgoingMessage message, int more) {
            size += more;
            if (sizes != null) {
                sizes.merge(message.target().toString(), more, (a, b) -> a + b == 0 ? null : a + b);
            }
        }
    }

    /** All queues of one address, whose URIs alone can match each other. */
    private static final class Bucket {
        final String key;
        private @Nullable Queue[] queues = new Queue[1]; // by index; a free one is null

        Bucket(String key) {
            this.key = key;
        }
    }

    private final int maxWaiting;
    private Map<String, Bucket> buckets = Map.of();
    private boolean used; // and buckets is a map to write into
    private long steps;

    /** @param maxWaiting how many may wait for one spelling of a target */
    TargetQueues(int maxWaiting) {
        this.maxWaiting = maxWaiting;
    }

    /** How many queues were looked at so far: the measure of its work. */
    long steps() {
        return steps;
    }

    /** Takes the message in, if there is room. */
    Turn admit(OutgoingMessage message) {
        if (!used) {
            used = true;
            buckets = new HashMap<>();
        }
        message.queue = null;
        SipUri target = message.target();
        Queue queue = queueFor(buckets.computeIfAbsent(target.matchKey(), Bucket::new), target);
        if (queue.size(target) >= maxWaiting) {
            return Turn.NEVER;
        }
        queue.add(message);
        if (!mayGo(queue)) {
            return Turn.LATER;
        }
        takeFirst(queue);
        return Turn.NOW;
    }

    private Queue queueFor(Bucket bucket, SipUri target) {
        int free = -1;
        for (int i = 0; i < bucket.queues.length && i < SHARED; i++) {
            steps++;
            Queue queue = bucket.queues[i];
            if (queue == null) {
                free = free < 0 ? i : free;
            } else if (queue.target != null && target.equals(queue.target)) {
                return queue;
            }
        }
        if (free < 0 && bucket.queues.length <= SHARED) {
            free = bucket.queues.length;
            @Nullable Queue[] more = new Queue[Math.min(2 * free, SHARED + 1)];
            System.arraycopy(bucket.queues, 0, more, 0, free);
            bucket.queues = more;
        }
        if (free >= 0 && free < SHARED) {
            return add(bucket, new Queue(bucket, free, target));
        }
        Queue shared = bucket.queues[SHARED];
        return shared == null ? add(bucket, new Queue(bucket, SHARED, null)) : shared;
    }

    /** The spellings are compared here, once. */
    private Queue add(Bucket bucket, Queue added) {
        for (Queue other : bucket.queues) {
            steps++;
            if (other != null && matches(other.target, added.target)) {
                other.matching |= 1 << added.index;
                added.matching |= 1 << other.index;
            }
        }
        bucket.queues[added.index] = added;
        return added;
    }

    private static boolean matches(@Nullable SipUri one, @Nullable SipUri other) {
        return one == null || other == null || one.matches(other);
    }

    /** The first of a queue may go if nothing that matches it is pending or came earlier. */
    private boolean mayGo(Queue queue) {
        OutgoingMessage first = queue.first;
        if (queue.pending != null || first == null) {
            return false;
        }
        for (Queue other : queue.bucket.queues) {
            steps++;
            if (other != null && (queue.matching & 1 << other.index) != 0) {
                OutgoingMessage rival = other.first;
                if (other.pending != null || rival != null && rival.sequence < first.sequence) {
                    return false;
                }
            }
        }
        return true;
    }

    private static OutgoingMessage takeFirst(Queue queue) {
        OutgoingMessage first = queue.first;
        if (first == null) {
            throw new IllegalStateException("an empty queue has no first message");
        }
        queue.remove(first);
        queue.pending = first;
        return first;
    }

    /**
     * The message goes on to another target while its exchange with this one is pending still, which takes its place.
     *
     * @return where the exchange is {@link #finished}
     */
    @Nullable
    Queue replaced(OutgoingMessage message, Exchange exchange) {
        Queue queue = message.queue;
        if (queue != null && queue.pending == message) {
            queue.pending = exchange;
        }
        message.queue = null;
        return queue;
    }

    /**
     * Takes a message out, wherever it stands, or an exchange that has {@link #replaced} one, and adds to the list those that
     * may go now.
     */
    void finished(@Nullable Queue queue, Object messageOrExchange, List<OutgoingMessage> next) {
        if (queue == null) {
            return;
        }
        OutgoingMessage message = messageOrExchange instanceof OutgoingMessage m ? m : null;
        if (queue.pending == messageOrExchange) {
            queue.pending = null;
        } else if (message != null && message.queue == queue) {
            queue.remove(message);
        } else {
            return;
        }
        if (message != null) {
            message.queue = null;
        }
        Bucket bucket = queue.bucket;
        boolean empty = true;
        for (Queue each : bucket.queues) {
            if (each != null && mayGo(each)) {
                next.add(takeFirst(each));
            }
        }
        for (Queue each : bucket.queues) {
            if (each != null && each.pending == null && each.first == null) {
                drop(bucket, each);
            } else if (each != null) {
                empty = false;
            }
        }
        if (empty) {
            buckets.remove(bucket.key);
        }
    }

    private static void drop(Bucket bucket, Queue idle) {
        bucket.queues[idle.index] = null;
        for (Queue other : bucket.queues) {
            if (other != null) {
                other.matching &= EACH ^ 1 << idle.index;
            }
        }
    }
}
