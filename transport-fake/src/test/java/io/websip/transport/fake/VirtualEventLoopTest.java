package io.websip.transport.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.loop.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class VirtualEventLoopTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualEventLoop loop = new VirtualEventLoop();
    private final List<String> log = new ArrayList<>();

    private Runnable logs(String what) {
        return () -> log.add(what + " at " + loop.elapsed().toSeconds());
    }

    @Test
    void nothingRunsUntilTheLoopIsDriven() {
        loop.execute(logs("task"));
        loop.schedule(Duration.ZERO, logs("timer"));

        assertThat(log).isEmpty();
        loop.runReady();
        assertThat(log).containsExactly("task at 0", "timer at 0");
    }

    @Test
    void taskNeverRunsWithinTheCallThatGivesIt() {
        loop.execute(() -> {
            loop.execute(logs("inner"));
            loop.schedule(Duration.ofSeconds(-1), logs("overdue"));
            log.add("outer");
        });

        loop.runReady();
        assertThat(log).containsExactly("outer", "inner at 0", "overdue at 0");
    }

    @Test
    void timerSeesItsOwnDeadlineHoweverFarTimeIsAdvanced() {
        List<Object> seen = new ArrayList<>();
        long start = loop.nanoTime();
        loop.schedule(SECOND, () -> {
            seen.add(loop.now());
            seen.add(loop.nanoTime() - start);
        });

        loop.advanceBy(Duration.ofSeconds(32));

        assertThat(seen).containsExactly(VirtualEventLoop.START.plus(SECOND), SECOND.toNanos());
        assertThat(loop.elapsed()).isEqualTo(Duration.ofSeconds(32));
    }

    @Test
    void advanceByRunsWhatIsDueAtItsVeryEndAndNothingLater() {
        loop.schedule(SECOND, logs("due"));
        loop.schedule(SECOND.plusNanos(1), logs("late"));

        loop.advanceBy(SECOND);

        assertThat(log).containsExactly("due at 1");
    }

    @Test
    void timerSetByATimerRunsWithinTheSameAdvance() {
        loop.schedule(SECOND, () -> loop.schedule(SECOND, logs("second")));

        loop.advanceBy(Duration.ofSeconds(5));

        assertThat(log).containsExactly("second at 2");
    }

    @Test
    void cancelledTimerDoesNotRun() {
        EventLoop.Timer victim = loop.schedule(SECOND, logs("victim"));
        loop.schedule(Duration.ZERO, victim::cancel);

        loop.advanceBy(SECOND);
        victim.cancel();

        assertThat(log).isEmpty();
        loop.assertQuiet();
    }

    @Test
    void endlessDelayNeverComesDue() {
        EventLoop.Timer timer = loop.schedule(Duration.ofSeconds(Long.MAX_VALUE), logs("never"));

        loop.advanceBy(Duration.ofDays(10_000));

        assertThat(log).isEmpty();
        timer.cancel();
    }

    @Test
    void monotonicClockOverflowsSoThatOnlyDifferencesWork() {
        long before = loop.nanoTime();
        loop.advanceBy(Duration.ofSeconds(20));

        assertThat(loop.nanoTime()).isNegative();
        assertThat(loop.nanoTime() - before).isEqualTo(Duration.ofSeconds(20).toNanos());
    }

    @Test
    void shiftedClockChangesTheTimeOfDayAlone() {
        loop.schedule(SECOND, logs("timer"));
        long before = loop.nanoTime();

        loop.shiftClock(Duration.ofHours(-1));

        assertThat(loop.now()).isEqualTo(VirtualEventLoop.START.minus(Duration.ofHours(1)));
        assertThat(loop.nanoTime()).isEqualTo(before);
        loop.advanceBy(SECOND);
        assertThat(log).containsExactly("timer at 1");
    }

    @Test
    void runUntilStopsWhereTheConditionCameTrue() {
        loop.schedule(SECOND, logs("first"));
        loop.schedule(SECOND, logs("second"));

        loop.runUntil(() -> !log.isEmpty());

        assertThat(log).containsExactly("first at 1");
        assertThat(loop.pending()).hasSize(1);
    }

    @Test
    void runUntilRunsNothingIfTheConditionIsTrueAlready() {
        loop.execute(logs("task"));

        loop.runUntil(() -> true);

        assertThat(log).isEmpty();
    }

    @Test
    void runUntilNamesWhatIsPendingWhenTheTimeIsUp() {
        loop.newView("alice").schedule(Duration.ofSeconds(32), logs("timer"));

        assertThatThrownBy(() -> loop.runUntil(() -> false, Duration.ofSeconds(31)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("nothing more is due within PT31S")
                .hasMessageContaining("due at PT32S (in PT32S) on alice: timer from VirtualEventLoopTest.");
        assertThat(log).isEmpty();
    }

    @Test
    void runUntilFailsAtOnceWhenNothingIsLeft() {
        assertThatThrownBy(() -> loop.runUntil(() -> false))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("nothing is left that could make it true");
        assertThat(loop.elapsed()).isZero();
    }

    @Test
    void tasksThatKeepEachOtherAliveAreFoundOut() {
        Runnable[] endless = new Runnable[1];
        endless[0] = () -> loop.execute(endless[0]);
        loop.execute(endless[0]);

        assertThatThrownBy(loop::runReady)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("runReady() ran 1000000 tasks without an end");
    }

    @Test
    void timeDoesNotGoBack() {
        assertThatThrownBy(() -> loop.advanceBy(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> loop.runUntil(() -> true, Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pendingListsWhatWaitsInTheOrderInWhichItWillRun() {
        loop.schedule(SECOND, logs("timer"));
        loop.execute(logs("task"));
        loop.callbackExecutor().execute(logs("callback"));

        assertThat(loop.pending()).extracting(PendingTask::due).containsExactly(Duration.ZERO, Duration.ZERO, SECOND);
        assertThat(loop.pending())
                .extracting(task -> task.description().replaceAll(" .*", ""))
                .containsExactly("task", "callback", "timer");
        assertThatThrownBy(loop::assertQuiet)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the loop is not quiet")
                .hasMessageContaining("due at PT1S (in PT1S) on main: timer from VirtualEventLoopTest.pendingLists");
    }

    @Test
    void taskMustNotDriveTheLoop() {
        loop.execute(loop::runReady);

        assertThatThrownBy(loop::runReady).hasRootCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> loop.runUntil(() -> {
                    loop.runReady();
                    return true;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must not drive");
        loop.runReady();
    }

    @Test
    void onlyOneThreadDrivesAtATime() throws InterruptedException {
        AtomicReference<Throwable> seen = new AtomicReference<>();
        loop.execute(() -> {
            Thread other = new Thread(() -> {
                try {
                    loop.runReady();
                } catch (IllegalStateException e) {
                    seen.set(e);
                }
            });
            other.start();
            joinUninterruptibly(other);
        });

        loop.runReady();

        assertThat(seen.get()).hasMessageContaining("is driving this loop; only one may at a time");
    }

    @Test
    void tasksMayBeGivenFromManyThreads() {
        int threads = 4;
        int each = 1_000;
        List<Thread> givers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int giver = i;
            Thread thread = new Thread(() -> {
                for (int n = 0; n < each; n++) {
                    String name = giver + ":" + n;
                    loop.execute(() -> log.add(name));
                }
            });
            givers.add(thread);
            thread.start();
        }
        givers.forEach(VirtualEventLoopTest::joinUninterruptibly);

        loop.runReady();

        assertThat(log).hasSize(threads * each);
        for (int i = 0; i < threads; i++) {
            String prefix = i + ":";
            assertThat(log.stream()
                            .filter(name -> name.startsWith(prefix))
                            .map(name -> Integer.valueOf(name.substring(2))))
                    .isSorted();
        }
    }

    @Test
    void closedLoopRunsWhatItHadAcceptedButNoTimers() {
        loop.schedule(SECOND, logs("timer"));
        loop.execute(logs("task"));
        loop.callbackExecutor().execute(logs("callback"));

        loop.close();
        loop.close();
        loop.advanceBy(SECOND);

        assertThat(log).containsExactly("task at 0", "callback at 0");
        assertThatThrownBy(() -> loop.execute(logs("late"))).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> loop.schedule(SECOND, logs("late"))).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> loop.callbackExecutor().execute(logs("late")))
                .isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(loop::newView).isInstanceOf(IllegalStateException.class);
    }

    private static void joinUninterruptibly(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
