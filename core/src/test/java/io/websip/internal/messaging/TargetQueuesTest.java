package io.websip.internal.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.config.MessageOptions;
import io.websip.internal.messaging.TargetQueues.Turn;
import io.websip.internal.transaction.Outcome;
import io.websip.sip.SipMessageBuilder;
import io.websip.sip.SipRequest;
import io.websip.sip.SipUri;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetQueuesTest {
    private static final MessageOptions NO_OPTIONS = MessageOptions.NONE;

    private static final class Outgoing extends OutgoingMessage {
        Outgoing(String target, long number) {
            super(SipUri.of(target), new byte[0], NO_OPTIONS);
            sequence = number;
        }

        @Override
        protected void addHeaders(SipMessageBuilder<SipRequest> builder) {}

        @Override
        protected void created(SipRequest request, Runnable proceed) {}

        @Override
        protected void ended(Outcome outcome) {}
    }

    private final TargetQueues queues = new TargetQueues(100_000);
    private long sequence;

    private Outgoing to(String target) {
        return new Outgoing(target, sequence++);
    }

    private List<OutgoingMessage> finish(OutgoingMessage message) {
        List<OutgoingMessage> next = new ArrayList<>();
        queues.finished(message.queue, message, next);
        return next;
    }

    @Test
    @DisplayName("one spelling at a time, in order; spellings that do not match go side by side")
    void spellings() {
        Outgoing one = to("sip:bob@example.com;x=1");
        Outgoing two = to("sip:bob@example.com;x=2");
        Outgoing plain = to("sip:bob@example.com");
        Outgoing again = to("sip:bob@example.com;x=1");
        assertThat(queues.admit(one)).isEqualTo(Turn.NOW);
        assertThat(queues.admit(two)).isEqualTo(Turn.NOW);
        assertThat(queues.admit(plain)).isEqualTo(Turn.LATER);
        assertThat(queues.admit(again))
                .isEqualTo(Turn.LATER); // behind the plain one, which matches it and came earlier
        assertThat(finish(one)).isEmpty();
        assertThat(finish(two)).containsExactly(plain);
        assertThat(finish(plain)).containsExactly(again);
        assertThat(finish(again)).isEmpty();
    }

    @Test
    @DisplayName("a message that ends while it waits lets the one behind it keep its turn")
    void removal() {
        List<Outgoing> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(to("sip:bob@example.com"));
            queues.admit(all.get(i));
        }
        assertThat(finish(all.get(1))).isEmpty();
        assertThat(finish(all.get(1))).isEmpty(); // a second time changes nothing
        assertThat(finish(all.get(3))).isEmpty();
        assertThat(finish(all.get(0))).containsExactly(all.get(2));
    }

    @Test
    @DisplayName("as many wait for one spelling as may, also where it shares a queue with others")
    void room() {
        TargetQueues few = new TargetQueues(2);
        for (int i = 0; i < 100; i++) {
            String target = "sip:bob@example.com;x=" + i;
            few.admit(to(target));
            assertThat(few.admit(to(target))).isEqualTo(Turn.LATER);
            Turn third = few.admit(to(target));
            assertThat(third == Turn.NEVER || few.admit(to(target)) == Turn.NEVER)
                    .isTrue();
        }
    }

    @Test
    @DisplayName(
            "RFC 3428 section 8: of many spellings in any order, no two that match are ever pending, and each has its turn")
    void manySpellings() {
        Random random = new Random(428);
        for (int round = 0; round < 50; round++) {
            int count = 1 + random.nextInt(60);
            List<OutgoingMessage> pending = new ArrayList<>();
            int gone = 0;
            int sent = 0;
            while (sent < 200 || !pending.isEmpty()) {
                List<OutgoingMessage> next = new ArrayList<>();
                if (sent < 200 && random.nextBoolean()) {
                    int spelling = random.nextInt(count + 1);
                    Outgoing message =
                            to("sip:bob@example.com" + (spelling == 0 ? "" : ";a" + spelling % 3 + "=" + spelling));
                    sent++;
                    if (queues.admit(message) == Turn.NOW) {
                        next.add(message);
                    }
                } else if (!pending.isEmpty()) {
                    OutgoingMessage done = pending.remove(random.nextInt(pending.size()));
                    gone++;
                    next.addAll(finish(done));
                }
                for (OutgoingMessage goes : next) {
                    assertThat(pending).noneMatch(other -> other.target().matches(goes.target()));
                    pending.add(goes);
                }
            }
            assertThat(gone).isEqualTo(200);
        }
    }

    /** The queues that are looked at while n messages come and go. */
    private long steps(int n, IntFunction<String> target) {
        long before = queues.steps();
        Deque<OutgoingMessage> pending = new ArrayDeque<>();
        for (int i = 0; i < n; i++) {
            Outgoing message = to(target.apply(i));
            if (queues.admit(message) == Turn.NOW) {
                pending.add(message);
            }
        }
        int gone = 0;
        while (!pending.isEmpty()) {
            pending.addAll(finish(pending.remove()));
            gone++;
        }
        assertThat(gone).isEqualTo(n);
        return queues.steps() - before;
    }

    @ParameterizedTest
    @ValueSource(strings = {"same", "spellings", "spellings behind a plain one", "users"})
    @DisplayName("the work is linear in the number of messages, however their targets are spelled")
    void growth(String kind) {
        IntFunction<String> target = i -> switch (kind) {
            case "same" -> "sip:bob@example.com";
            case "users" -> "sip:bob" + i + "@example.com";
            case "spellings" -> "sip:bob@example.com;x=" + i;
            default -> i == 0 ? "sip:bob@example.com" : "sip:bob@example.com;x=" + i;
        };
        long n = steps(1_000, target);
        assertThat(steps(2_000, target)).isLessThanOrEqualTo(2 * n + 1_000);
        assertThat(steps(4_000, target)).isLessThanOrEqualTo(4 * n + 1_000);
        assertThat(n).isLessThan(1_000 * 700);
    }

    /** The quarter of a million spellings of this form have one hash; each comparison of all with all would take minutes. */
    @Test
    @Timeout(30)
    @DisplayName("spellings that were chosen for their equal hash cost no more than others")
    void equalHashes() {
        steps(30_000, i -> {
            StringBuilder target = new StringBuilder("sip:bob@example.com;x=");
            for (int bit = 0; bit < 18; bit++) {
                target.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            return target.toString();
        });
    }

    @Test
    @DisplayName("to take out n that wait is linear, too, from whichever end")
    void removalGrows() {
        for (int n = 1_000; n <= 4_000; n *= 2) {
            List<Outgoing> all = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                all.add(to("sip:bob@example.com"));
                queues.admit(all.get(i));
            }
            long before = queues.steps();
            for (int i = n - 1; i >= 0; i--) {
                finish(all.get(i));
            }
            assertThat(queues.steps() - before).isLessThanOrEqualTo(4L * n);
        }
    }
}
