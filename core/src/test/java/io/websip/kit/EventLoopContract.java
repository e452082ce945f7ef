package io.websip.kit;

import static io.websip.kit.KitOptions.DEFAULTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.websip.loop.EventLoop;
import io.websip.transport.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an event loop promises to the engine that is confined to it. */
public abstract class EventLoopContract extends TransportContract {
    private EventLoop loop() {
        return transport(DEFAULTS).newEventLoop();
    }

    @Test
    void tasksRunInTheOrderInWhichTheyWereGiven() {
        EventLoop loop = loop();
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            loop.execute(() -> order.add(number));
        }
        await("all tasks", () -> order.size() == 1_000);
        assertThat(order)
                .containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void aTaskNeverRunsWithinTheCallThatGivesIt() {
        EventLoop loop = loop();
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        onLoop(loop, () -> {
            loop.execute(() -> order.add("executed"));
            loop.schedule(Duration.ZERO, () -> order.add("scheduled"));
            loop.schedule(Duration.ofNanos(-5), () -> order.add("overdue"));
            order.add("given");
        });
        await("all tasks", () -> order.size() == 4);
        assertThat(order.get(0)).isEqualTo("given");
    }

    @Test
    void inLoopIsTrueOnTheLoopAlone() {
        EventLoop loop = loop();
        assertThat(loop.inLoop()).isFalse();
        onLoop(loop, () -> assertThat(loop.inLoop()).isTrue());
        AtomicBoolean inTimer = new AtomicBoolean();
        loop.schedule(Duration.ofMillis(1), () -> inTimer.set(loop.inLoop()));
        await("the timer", inTimer::get);
    }

    @Test
    void timersRunByTheirTimeAndNeverBeforeIt() {
        EventLoop loop = loop();
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger early = new AtomicInteger();
        onLoop(loop, () -> {
            for (int millis : new int[] {60, 20, 40, 0, 30, 10, 50}) {
                long due = loop.nanoTime() + Duration.ofMillis(millis).toNanos();
                loop.schedule(Duration.ofMillis(millis), () -> {
                    if (loop.nanoTime() - due < 0) {
                        early.incrementAndGet();
                    }
                    order.add(millis);
                });
            }
        });
        await("all timers", () -> order.size() == 7);
        assertThat(order).containsExactly(0, 10, 20, 30, 40, 50, 60);
        assertThat(early).hasValue(0);
    }

    @Test
    void aTimerGivenBesideTheLoopIsNotBeforeItsTimeEither() {
        EventLoop loop = loop();
        AtomicLong ranAt = new AtomicLong();
        long due = loop.nanoTime() + Duration.ofMillis(30).toNanos();
        loop.schedule(Duration.ofMillis(30), () -> ranAt.set(loop.nanoTime()));
        await("the timer", () -> ranAt.get() != 0);
        assertThat(ranAt.get() - due).isNotNegative();
    }

    @Test
    void aDelayBeyondAllBoundsIsKept() {
        EventLoop loop = loop();
        AtomicBoolean ran = new AtomicBoolean();
        EventLoop.Timer timer = loop.schedule(Duration.ofSeconds(Long.MAX_VALUE), () -> ran.set(true));
        AtomicBoolean fence = new AtomicBoolean();
        loop.schedule(Duration.ofMillis(5), () -> fence.set(true));
        await("the fence", fence::get);
        assertThat(ran).isFalse();
        timer.cancel();
    }

    @Test
    void cancelOnTheLoopIsCertain() {
        EventLoop loop = loop();
        List<EventLoop.Timer> later = new ArrayList<>();
        AtomicInteger cancelledRan = new AtomicInteger();
        AtomicInteger ran = new AtomicInteger();
        onLoop(loop, () -> {
            // All are due at once, so those after the first are due when it cancels them.
            loop.schedule(Duration.ofMillis(1), () -> {
                later.forEach(EventLoop.Timer::cancel);
                ran.incrementAndGet();
            });
            for (int i = 0; i < 100; i++) {
                later.add(loop.schedule(Duration.ofMillis(1).plusNanos(1), cancelledRan::incrementAndGet));
            }
            long start = loop.nanoTime();
            while (loop.nanoTime() - start < Duration.ofMillis(3).toNanos() && !timeStandsStillInATask()) {
                Thread.onSpinWait();
            }
        });
        await("the canceller", () -> ran.get() == 1);
        AtomicBoolean fence = new AtomicBoolean();
        loop.schedule(Duration.ofMillis(5), () -> fence.set(true));
        await("the fence", fence::get);
        assertThat(cancelledRan).hasValue(0);
    }

    /** Virtual time stands still while a task runs; real time does not. */
    protected boolean timeStandsStillInATask() {
        return false;
    }

    @Test
    void cancelTwiceOrAfterTheTaskHasRunDoesNothing() {
        EventLoop loop = loop();
        AtomicInteger ran = new AtomicInteger();
        EventLoop.Timer timer = loop.schedule(Duration.ZERO, ran::incrementAndGet);
        await("the timer", () -> ran.get() == 1);
        timer.cancel();
        timer.cancel();
        onLoop(loop, timer::cancel);
        assertThat(ran).hasValue(1);
    }

    @Test
    void cancelBesideTheLoopHoldsWhereItIsInTime() {
        EventLoop loop = loop();
        AtomicBoolean ran = new AtomicBoolean();
        EventLoop.Timer timer = loop.schedule(Duration.ofMillis(40), () -> ran.set(true));
        timer.cancel();
        AtomicBoolean fence = new AtomicBoolean();
        loop.schedule(Duration.ofMillis(60), () -> fence.set(true));
        await("the fence", fence::get);
        assertThat(ran).isFalse();
    }

    @Test
    void aTaskThatThrowsHarmsNothing() {
        EventLoop loop = loop();
        AtomicInteger ran = new AtomicInteger();
        loop.execute(() -> {
            throw new IllegalStateException("from a test's task");
        });
        loop.schedule(Duration.ZERO, () -> {
            throw new AssertionError("from a test's timer");
        });
        loop.execute(ran::incrementAndGet);
        loop.schedule(Duration.ofMillis(2), ran::incrementAndGet);
        await("the tasks after it", () -> ran.get() == 2);
    }

    @Test
    void aClosedLoopRejectsDropsItsTimersAndRunsWhatItAccepted() {
        Transport transport = transport(DEFAULTS);
        EventLoop loop = transport.newEventLoop();
        EventLoop other = transport.newEventLoop();
        AtomicBoolean timer = new AtomicBoolean();
        AtomicBoolean accepted = new AtomicBoolean();
        onLoop(loop, () -> {
            loop.schedule(Duration.ofMillis(10), () -> timer.set(true));
            loop.execute(() -> accepted.set(true));
            loop.close();
            assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> loop.execute(() -> {}));
            assertThatExceptionOfType(RejectedExecutionException.class)
                    .isThrownBy(() -> loop.schedule(Duration.ZERO, () -> {}));
            loop.close();
        });
        await("the accepted task", accepted::get);
        AtomicBoolean fence = new AtomicBoolean();
        other.schedule(Duration.ofMillis(30), () -> fence.set(true));
        await("the fence", fence::get);
        assertThat(timer).isFalse();
    }

    @Test
    void closingTheTransportClosesItsLoops() {
        Transport transport = transport(DEFAULTS);
        EventLoop loop = transport.newEventLoop();
        onLoop(loop, () -> {});
        transport.close();
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> loop.execute(() -> {}));
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> loop.schedule(Duration.ZERO, () -> {}));
    }

    @Test
    void theTransportMayBeClosedOnItsOwnLoop() {
        Transport transport = transport(DEFAULTS);
        EventLoop loop = transport.newEventLoop();
        AtomicBoolean closed = new AtomicBoolean();
        loop.execute(() -> {
            transport.close();
            closed.set(true);
        });
        await("close on the loop", closed::get);
    }

    @Test
    void callbacksRunOffTheLoopUnlessItIsVirtual() {
        EventLoop loop = loop();
        AtomicInteger ran = new AtomicInteger();
        onLoop(loop, () -> {
            loop.callbackExecutor().execute(() -> {
                ran.incrementAndGet();
                throw new IllegalStateException("from a test's callback");
            });
            loop.callbackExecutor().execute(ran::incrementAndGet);
        });
        await("both callbacks", () -> ran.get() == 2);
    }

    @Test
    void timeDoesNotGoBack() {
        EventLoop loop = loop();
        assertThat(loop.now()).isAfter(Instant.EPOCH);
        long earlier = loop.nanoTime();
        assertThat(loop.nanoTime() - earlier).isNotNegative();
    }
}
