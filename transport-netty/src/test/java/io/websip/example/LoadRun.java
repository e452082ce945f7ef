package io.websip.example;

import io.websip.Message;
import io.websip.UserAgent;
import io.websip.config.MessageOptions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps a window of messages under way until all are sent; each place in the window waits for its own answer. */
final class LoadRun {
    private final List<UserAgent> agents;
    private final String target;
    private final String body;
    private final String contentType;
    private final MessageOptions options;
    private final int messages;
    private final int window;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger succeeded = new AtomicInteger();
    private final long[] roundTrips;
    private final CountDownLatch places;

    LoadRun(
            List<UserAgent> agents,
            String target,
            String body,
            String contentType,
            MessageOptions options,
            int messages,
            int window) {
        this.agents = agents;
        this.target = target;
        this.body = body;
        this.contentType = contentType;
        this.options = options;
        this.messages = messages;
        this.window = Math.min(window, messages);
        this.roundTrips = new long[messages];
        this.places = new CountDownLatch(this.window);
    }

    LoadResult run() throws InterruptedException {
        long start = System.nanoTime();
        for (int place = 0; place < window; place++) {
            sendNext(agents.get(place % agents.size()), target.replace("%d", Integer.toString(place + 1)));
        }
        places.await();
        long elapsed = System.nanoTime() - start;
        return LoadResult.of(messages, failures.get(), elapsed, Arrays.copyOf(roundTrips, succeeded.get()));
    }

    private void sendNext(UserAgent agent, String to) {
        if (next.getAndIncrement() >= messages) {
            places.countDown();
            return;
        }
        long start = System.nanoTime();
        new Message(agent).send(to, body, contentType, options).whenComplete((response, failure) -> {
            if (failure == null) {
                roundTrips[succeeded.getAndIncrement()] = System.nanoTime() - start;
            } else {
                failures.incrementAndGet();
            }
            sendNext(agent, to);
        });
    }
}
