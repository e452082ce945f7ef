package io.websip.internal.registration;

import io.websip.internal.transaction.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Who waits for the end of a REGISTER, in the order in which they came: each is told once. What is to go on behind it goes
 * on in that order too, so that the last wish is the one that holds. Confined to the loop.
 */
final class PendingResults {
    private static final int MAX = 1_000;

    private List<Consumer<Outcome>> results = List.of(); // a list to write into while somebody waits
    private boolean more; // something goes on behind it

    void add(Consumer<Outcome> result) {
        if (results.isEmpty()) {
            results = new ArrayList<>(1);
        }
        if (results.size() < MAX) {
            results.add(result);
        } else {
            result.accept(new Outcome.Faulted(
                    new IllegalStateException(MAX + " calls wait for the end of a REGISTER already")));
        }
    }

    /** What is to go on behind the REGISTER, but not behind the loss of the connection. */
    void add(Consumer<Outcome> result, Runnable next) {
        more = true;
        add(outcome -> {
            if (outcome instanceof Outcome.ConnectionLost || outcome instanceof Outcome.Faulted) {
                result.accept(outcome);
            } else {
                next.run();
            }
        });
    }

    /** Content with the REGISTER as it is, unless something is to go on behind it: then this goes on behind that. */
    void addOr(Consumer<Outcome> result, Runnable next) {
        if (more) {
            add(result, next);
        } else {
            add(result);
        }
    }

    /** Those who wait now, taken out: who comes while they are being told waits for the next. */
    Consumer<Outcome> take() {
        List<Consumer<Outcome>> taken = results;
        results = List.of();
        more = false;
        return outcome -> taken.forEach(result -> result.accept(outcome));
    }
}
