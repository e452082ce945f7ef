package io.websip.internal.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.internal.transaction.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PendingResultsTest {
    private static final Outcome EXPIRED = new Outcome.Expired();
    private static final Outcome LOST = new Outcome.ConnectionLost();

    private final PendingResults waiting = new PendingResults();
    private final List<String> told = new ArrayList<>();

    private Consumer<Outcome> result(String who) {
        return outcome -> told.add(who + " " + outcome.summary());
    }

    @Test
    @DisplayName("G10 the thousandth may wait, the next is told at once")
    void bounded() {
        for (int i = 0; i < 1_000; i++) {
            waiting.add(result("one"));
        }
        assertThat(told).isEmpty();
        waiting.add(result("too many"));
        assertThat(told).containsExactly("too many a fault of the library");
        waiting.take().accept(EXPIRED);
        assertThat(told).hasSize(1_001);
    }

    @Test
    void whatGoesOnBehindItIsNotTheEndOfAConnection() {
        waiting.add(result("first"), () -> told.add("on"));
        waiting.addOr(result("second"), () -> told.add("on too"));
        waiting.take().accept(EXPIRED);
        assertThat(told).containsExactly("on", "on too");
        told.clear();
        waiting.add(result("first"), () -> told.add("on"));
        waiting.take().accept(LOST);
        waiting.take().accept(LOST);
        assertThat(told).containsExactly("first no connection");
        told.clear();
        waiting.addOr(result("alone"), () -> told.add("on"));
        waiting.take().accept(EXPIRED);
        assertThat(told).containsExactly("alone Expired");
    }
}
