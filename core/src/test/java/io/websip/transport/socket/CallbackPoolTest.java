package io.websip.transport.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.kit.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallbackPoolTest {
    private final List<Thread> started = new CopyOnWriteArrayList<>();

    private CallbackPool pool(long idleMillis) {
        return new CallbackPool(
                task -> {
                    Thread thread = new Thread(task, "pool-under-test");
                    thread.setDaemon(true);
                    started.add(thread);
                    return thread;
                },
                idleMillis,
                TimeUnit.MILLISECONDS);
    }

    @Test
    void anIdleThreadIsUsedAgain() {
        CallbackPool pool = pool(60_000);
        AtomicInteger ran = new AtomicInteger();
        for (int i = 1; i <= 50; i++) {
            int expected = i;
            pool.execute(ran::incrementAndGet);
            Await.until("the task", () -> ran.get() == expected && isWaiting(started.get(0)));
        }
        assertThat(started).hasSize(1);
        pool.retire();
    }

    @Test
    void threadsAreBoundedAndWhatIsBeyondWaits() {
        CallbackPool pool = pool(60_000);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger ran = new AtomicInteger();
        int tasks = CallbackPool.MAX_THREADS + 100;
        for (int i = 0; i < tasks; i++) {
            pool.execute(() -> {
                awaitLatch(go);
                ran.incrementAndGet();
            });
        }
        assertThat(started).hasSize(CallbackPool.MAX_THREADS);
        go.countDown();
        Await.until("all tasks", () -> ran.get() == tasks);
        pool.retire();
        Await.until("the end of all threads", () -> started.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void anIdleThreadEnds() {
        CallbackPool pool = pool(1);
        pool.execute(() -> {});
        Await.until("the end of the thread", () -> !started.get(0).isAlive());
    }

    @Test
    void aRetiredPoolStillRunsWhatItIsGiven() {
        CallbackPool pool = pool(60_000);
        AtomicInteger ran = new AtomicInteger();
        pool.execute(ran::incrementAndGet);
        pool.retire();
        pool.execute(ran::incrementAndGet);
        Await.until("both tasks", () -> ran.get() == 2);
        Await.until("the end of all threads", () -> started.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void anInterruptLeftBehindByACallbackHarmsNothing() {
        CallbackPool pool = pool(60_000);
        AtomicInteger ran = new AtomicInteger();
        pool.execute(() -> Thread.currentThread().interrupt());
        pool.execute(ran::incrementAndGet);
        pool.execute(ran::incrementAndGet);
        Await.until("the tasks after it", () -> ran.get() == 2);
        pool.retire();
    }

    /** Blocks without taking the processor: hundreds of threads that poll starve the test on a small machine. */
    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts this thread", e);
        }
    }

    private static boolean isWaiting(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING;
    }

    /** A pool whose threads cannot be started while {@code broken} is set. */
    private CallbackPool scarce(AtomicBoolean broken) {
        return new CallbackPool(
                task -> {
                    Thread thread = new Thread(task, "scarce") {
                        @Override
                        public synchronized void start() {
                            if (broken.get()) {
                                throw new OutOfMemoryError("unable to create native thread");
                            }
                            super.start();
                        }
                    };
                    thread.setDaemon(true);
                    started.add(thread);
                    return thread;
                },
                60_000,
                TimeUnit.MILLISECONDS);
    }

    @Test
    void whereNoThreadCanBeStartedATaskWaitsForOneThatLives() {
        AtomicBoolean broken = new AtomicBoolean();
        CallbackPool pool = scarce(broken);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger ran = new AtomicInteger();
        pool.execute(() -> {
            awaitLatch(go);
            ran.incrementAndGet();
        });
        broken.set(true);
        for (int i = 0; i < 10; i++) {
            pool.execute(ran::incrementAndGet);
        }
        assertThat(ran).hasValue(0);
        go.countDown();
        Await.until("all tasks", () -> ran.get() == 11);
        pool.retire();
    }

    @Test
    void whereNoThreadLivesTheTaskStaysWithTheCallerAndThePoolGoesOn() {
        AtomicBoolean broken = new AtomicBoolean(true);
        CallbackPool pool = scarce(broken);
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 2 * CallbackPool.MAX_THREADS; i++) { // each is counted out again
            assertThatThrownBy(() -> pool.execute(ran::incrementAndGet)).isInstanceOf(OutOfMemoryError.class);
        }
        broken.set(false);
        pool.execute(ran::incrementAndGet);
        Await.until("the task", () -> ran.get() == 1);
        pool.retire();
    }
}
