package io.websip.bench.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What several passes gave.
 *
 * @param sorted the least first; not empty
 */
record Spread(List<Double> sorted) {
    Spread {
        sorted = sorted.stream().sorted().toList();
    }

    /** Null where nothing was measured. */
    static @Nullable Spread of(List<Double> values) {
        return values.isEmpty() ? null : new Spread(values);
    }

    /** Compares pass by pass, as what else the machine does changes from minute to minute. */
    static @Nullable Spread of(List<Double> ours, List<Double> theirs, DoubleBinaryOperator comparison) {
        List<Double> values = new ArrayList<>();
        for (int pass = 0; pass < Math.min(ours.size(), theirs.size()); pass++) {
            values.add(comparison.applyAsDouble(ours.get(pass), theirs.get(pass)));
        }
        return of(values);
    }

    double median() {
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    double least() {
        return sorted.get(0);
    }

    double most() {
        return sorted.get(sorted.size() - 1);
    }
}
