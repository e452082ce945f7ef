package io.websip.transport.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualEventLoopThrowsTest {
    private final VirtualEventLoop loop = new VirtualEventLoop();
    private final List<Object> log = new ArrayList<>();

    private static Runnable throwing(RuntimeException e) {
        return () -> {
            throw e;
        };
    }

    @Test
    void throwingTaskHarmsNoOtherAndFailsTheDrivingCall() {
        IllegalStateException bug = new IllegalStateException("bug");
        loop.newView("alice").schedule(Duration.ofSeconds(1), throwing(bug));
        loop.schedule(Duration.ofSeconds(1), () -> log.add("next"));

        assertThatThrownBy(() -> loop.advanceBy(Duration.ofSeconds(2)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("at PT1S threw alice: timer from VirtualEventLoopThrowsTest.")
                .hasMessageContaining("bug")
                .hasCause(bug);

        assertThat(log).containsExactly("next");
        assertThat(loop.elapsed()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void throwsAreReportedOnceAndTogether() {
        loop.execute(throwing(new IllegalStateException("first")));
        loop.execute(() -> {
            throw new AssertionError("second");
        });

        Throwable error = catchThrowable(loop::runReady);

        assertThat(error).hasRootCauseMessage("first");
        assertThat(error.getSuppressed())
                .singleElement()
                .satisfies(s -> assertThat(s).hasRootCauseMessage("second"));
        loop.runReady();
        loop.assertQuiet();
    }

    @Test
    void conditionThatCannotComeTrueBecauseATaskThrewTellsOfIt() {
        IllegalStateException bug = new IllegalStateException("bug");
        loop.execute(throwing(bug));

        Throwable error = catchThrowable(() -> loop.runUntil(() -> false));

        assertThat(error).hasMessageContaining("the condition is not true");
        assertThat(error.getSuppressed())
                .singleElement()
                .satisfies(s -> assertThat(s).hasCause(bug));
    }

    @Test
    void handlerTakesThrowsInsteadOfTheDrivingCall() {
        IllegalStateException expected = new IllegalStateException("expected");
        loop.onUncaught(log::add);
        loop.execute(throwing(expected));
        loop.execute(() -> log.add("next"));

        loop.runReady();

        assertThat(log).containsExactly(expected, "next");
        loop.assertQuiet();
    }

    @Test
    void conditionsExceptionIsTheCallers() {
        UnsupportedOperationException e = new UnsupportedOperationException("condition");

        assertThatThrownBy(() -> loop.runUntil(() -> {
                    throw e;
                }))
                .isSameAs(e);
        loop.runReady();
    }
}
