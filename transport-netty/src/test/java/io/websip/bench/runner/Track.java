package io.websip.bench.runner;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Lets a contestant keep a window of messages under way for a while. */
final class Track {
    private static final int MOST = 1 << 20; // round trips that are remembered

    private final Contestant contestant;
    private final long[] roundTrips = new long[MOST];

    Track(Contestant contestant) {
        this.contestant = contestant;
    }

    Round run(int window, Duration time) throws InterruptedException {
        Run run = new Run(window, System.nanoTime() + time.toNanos());
        Duration cpu = cpu();
        long start = System.nanoTime();
        run.go();
        long elapsed = System.nanoTime() - start;
        return Round.of(
                run.failures.get(),
                elapsed,
                cpu().minus(cpu).toNanos(),
                Arrays.copyOf(roundTrips, Math.min(MOST, run.answers.get())));
    }

    /** Of the whole process, its garbage collector and compiler included. */
    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private final class Run {
        final int window;
        final long deadline;
        final BlockingQueue<Place> free;
        final AtomicInteger answers = new AtomicInteger();
        final AtomicInteger failures = new AtomicInteger();

        Run(int window, long deadline) {
            this.window = window;
            this.deadline = deadline;
            this.free = new ArrayBlockingQueue<>(window);
        }

        void go() throws InterruptedException {
            for (int number = 0; number < window; number++) {
                new Place(this, number).send();
            }
            if (!contestant.chained()) {
                while (System.nanoTime() < deadline) {
                    free.take().send();
                }
            }
            for (int ended = 0; ended < window; ended++) {
                free.take();
            }
        }
    }

    /** One of those in the window: its messages go one after the other. */
    private final class Place implements BiConsumer<@Nullable Object, @Nullable Throwable> {
        private final Run run;
        private final int number;
        private long sentAt;

        Place(Run run, int number) {
            this.run = run;
            this.number = number;
        }

        void send() {
            sentAt = System.nanoTime();
            contestant.send(number, this);
        }

        @Override
        public void accept(@Nullable Object answer, @Nullable Throwable failure) {
            long now = System.nanoTime();
            roundTrips[run.answers.getAndIncrement() & MOST - 1] = now - sentAt;
            if (failure != null && run.failures.incrementAndGet() == 1) {
                failure.printStackTrace(); // the first says enough
            }
            if (contestant.chained() && now < run.deadline) {
                send();
            } else {
                run.free.add(this);
            }
        }
    }
}
