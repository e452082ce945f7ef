package io.websip.internal.registration;

import io.websip.internal.transaction.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Who waits for the end of a REGISTER: each is told once. Confined to the loop. */
final class Waiting {
    private List<Consumer<Outcome>> results = new ArrayList<>();

    void add(Consumer<Outcome> result) {
        results.add(result);
    }

    /** What is to go on behind the REGISTER, but not behind the loss of the connection. */
    void add(Consumer<Outcome> result, Runnable next) {
        results.add(outcome -> {
            if (outcome instanceof Outcome.ConnectionLost) {
                result.accept(outcome);
            } else {
                next.run();
            }
        });
    }

    /** Those who wait now, taken out: who comes while they are being told waits for the next. */
    Consumer<Outcome> take() {
        List<Consumer<Outcome>> taken = results;
        results = new ArrayList<>();
        return outcome -> taken.forEach(result -> result.accept(outcome));
    }
}
