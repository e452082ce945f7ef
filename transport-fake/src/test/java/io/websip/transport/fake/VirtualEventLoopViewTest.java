package io.websip.transport.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.websip.loop.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class VirtualEventLoopViewTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualEventLoop loop = new VirtualEventLoop();
    private final EventLoop alice = loop.newView("alice");
    private final EventLoop bob = loop.newView("bob");
    private final List<Object> log = new ArrayList<>();

    @Test
    void viewsShareTimeAndOrder() {
        alice.schedule(SECOND, () -> log.add("alice 1"));
        bob.schedule(SECOND, () -> log.add("bob"));
        alice.schedule(SECOND, () -> log.add("alice 2"));

        loop.advanceBy(SECOND);

        assertThat(log).containsExactly("alice 1", "bob", "alice 2");
        assertThat(alice.nanoTime()).isEqualTo(bob.nanoTime()).isEqualTo(loop.nanoTime());
        assertThat(alice.now()).isEqualTo(loop.now());
    }

    @Test
    void closeOfOneViewLeavesTheOtherAlone() {
        alice.schedule(SECOND, () -> log.add("alice's timer"));
        alice.execute(() -> log.add("alice's task"));
        bob.schedule(SECOND, () -> log.add("bob's timer"));

        alice.close();
        alice.close();
        loop.advanceBy(SECOND);

        assertThat(log).containsExactly("alice's task", "bob's timer");
        assertThatThrownBy(() -> alice.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("alice");
        assertThatThrownBy(() -> alice.schedule(SECOND, () -> {})).isInstanceOf(RejectedExecutionException.class);
        bob.execute(() -> log.add("bob goes on"));
        loop.runReady();
        assertThat(log).endsWith("bob goes on");
    }

    @Test
    void viewMayBeClosedWithinItsOwnTask() {
        alice.execute(() -> {
            alice.schedule(Duration.ZERO, () -> log.add("timer"));
            alice.execute(() -> log.add("task"));
            alice.close();
        });

        loop.runReady();

        assertThat(log).containsExactly("task");
    }

    @Test
    void callbacksOutliveTheView() {
        alice.close();

        alice.callbackExecutor().execute(() -> log.add("callback"));
        loop.runReady();

        assertThat(log).containsExactly("callback");
    }

    @Test
    void inLoopIsTrueForAViewsOwnTasksAlone() {
        alice.execute(() -> log.add(List.of(alice.inLoop(), bob.inLoop(), loop.inLoop())));
        alice.schedule(Duration.ZERO, () -> log.add(List.of(alice.inLoop(), bob.inLoop(), loop.inLoop())));
        loop.execute(() -> log.add(List.of(alice.inLoop(), bob.inLoop(), loop.inLoop())));
        alice.callbackExecutor().execute(() -> log.add(List.of(alice.inLoop(), bob.inLoop(), loop.inLoop())));

        assertThat(alice.inLoop()).isFalse();
        loop.runReady();

        assertThat(log)
                .containsExactly(
                        List.of(true, false, false),
                        List.of(true, false, false),
                        List.of(false, false, true),
                        List.of(false, false, false));
        assertThat(alice.inLoop()).isFalse();
    }

    @Test
    void inLoopIsFalseOnAnotherThreadWhileATaskRuns() {
        alice.execute(() -> {
            Thread other = new Thread(() -> log.add(alice.inLoop()));
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });

        loop.runReady();

        assertThat(log).containsExactly(false);
    }

    @Test
    void assertQuietNamesTheViewThatIsNot() {
        bob.schedule(Duration.ofMinutes(10), () -> log.add("refresh"));

        assertThatThrownBy(loop::assertQuiet)
                .hasMessageContaining("on bob: timer from VirtualEventLoopViewTest.assertQuietNames")
                .hasMessageNotContaining("alice");
        bob.close();
        loop.assertQuiet();
    }

    @Test
    void viewsWithoutANameAreNumbered() {
        EventLoop first = loop.newView();
        EventLoop second = loop.newView();

        assertThat(List.of(first.toString(), second.toString())).containsExactly("agent-1", "agent-2");
    }
}
