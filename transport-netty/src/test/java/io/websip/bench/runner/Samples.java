package io.websip.bench.runner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that was measured: of each measure, for each of those who were measured, one value a pass. Confined to one thread. */
final class Samples {
    /** One column of values. */
    record Key(Measure measure, String who) {}

    private final Map<Key, List<Double>> values = new LinkedHashMap<>();

    void add(Measure measure, String who, double value) {
        values.computeIfAbsent(new Key(measure, who), key -> new ArrayList<>()).add(value);
    }

    /** In the order of the passes; empty where it was not measured. */
    List<Double> of(Measure measure, String who) {
        return List.copyOf(values.getOrDefault(new Key(measure, who), List.of()));
    }

    /** Who was measured so, in the order of the first pass. */
    List<String> measured(Measure measure) {
        return values.keySet().stream()
                .filter(key -> key.measure() == measure)
                .map(Key::who)
                .toList();
    }
}
