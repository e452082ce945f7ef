package io.websip.transport.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.loop.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** For any schedule, also one that tasks extend and cut as they run, the order is by deadline and then by sequence. */
class VirtualEventLoopOrderTest {
    private static final int SEEDS = 300;
    private static final int MAX_TASKS = 200;

    private record Given(long deadline, int sequence, EventLoop.Timer timer) {}

    private static final class Run {
        final VirtualEventLoop loop = new VirtualEventLoop();
        final List<EventLoop> views = List.of(loop, loop.newView(), loop.newView());
        final RandomGenerator random;
        final List<Given> expected = new ArrayList<>();
        final List<Integer> ran = new ArrayList<>();
        final List<Long> ranAt = new ArrayList<>();
        int given;

        Run(long seed) {
            random = new Random(seed);
        }

        void giveSome() {
            for (int n = random.nextInt(5); n > 0 && given < MAX_TASKS; n--) {
                give();
            }
        }

        void give() {
            int sequence = given++;
            // Few distinct deadlines, so that ties are the rule.
            long delay = random.nextInt(-1, 6);
            EventLoop view = views.get(random.nextInt(views.size()));
            Runnable task = () -> {
                ran.add(sequence);
                ranAt.add(loop.elapsed().toNanos());
                giveSome();
                cancelOne();
            };
            long now = loop.elapsed().toNanos();
            if (random.nextInt(4) == 0) {
                view.execute(task);
                expected.add(new Given(now, sequence, () -> {}));
            } else {
                expected.add(
                        new Given(now + Math.max(0, delay), sequence, view.schedule(Duration.ofNanos(delay), task)));
            }
        }

        void cancelOne() {
            if (random.nextInt(6) != 0) {
                return;
            }
            List<Given> waiting =
                    expected.stream().filter(g -> !ran.contains(g.sequence)).toList();
            if (!waiting.isEmpty()) {
                Given victim = waiting.get(random.nextInt(waiting.size()));
                int before = loop.pending().size();
                victim.timer.cancel();
                if (loop.pending().size() < before) {
                    expected.remove(victim);
                }
            }
        }

        void drive() {
            while (!loop.pending().isEmpty()) {
                switch (random.nextInt(3)) {
                    case 0 -> loop.runReady();
                    case 1 -> loop.advanceBy(Duration.ofNanos(random.nextInt(4)));
                    default -> {
                        int some = ran.size() + 1;
                        loop.runUntil(() -> ran.size() >= some || loop.pending().isEmpty());
                    }
                }
            }
        }
    }

    @Test
    void orderIsByDeadlineThenSequence() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Run run = new Run(seed);
            run.give();
            run.giveSome();
            run.drive();

            List<Given> order = run.expected.stream()
                    .sorted(Comparator.comparingLong(Given::deadline).thenComparingInt(Given::sequence))
                    .toList();
            assertThat(run.ran)
                    .as("order with seed %d", seed)
                    .isEqualTo(order.stream().map(Given::sequence).toList());
            assertThat(run.ranAt)
                    .as("times with seed %d", seed)
                    .isEqualTo(order.stream().map(Given::deadline).toList());
        }
    }
}
