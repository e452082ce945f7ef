package io.websip.internal.transaction;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Reads a table of state and event cells: one row a line, columns behind bars, blank lines left out. */
final class Cells {
    private Cells() {}

    static List<List<String>> rows(String table) {
        return table.lines()
                .filter(line -> !line.isBlank())
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
                .toList();
    }

    static Stream<Arguments> arguments(String table) {
        return rows(table).stream().map(row -> Arguments.of(row.toArray()));
    }

    /** The first three columns: transport, state and event. */
    static List<String> names(String table) {
        return rows(table).stream()
                .map(row -> String.join(" ", row.subList(0, 3)))
                .toList();
    }

    /** Every cell that a table must have. */
    static List<String> all(Object[] states, Object[] events) {
        return Stream.of("reliable", "unreliable")
                .flatMap(transport -> Arrays.stream(states)
                        .flatMap(state -> Arrays.stream(events).map(event -> transport + " " + state + " " + event)))
                .toList();
    }
}
