package io.websip.bench.runner;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What came of one round of messages; times in nanoseconds, those of single messages from call to answer. */
record Round(long messages, long failures, long elapsed, long cpu, long p50, long p99, long p999) {
    static Round of(long failures, long elapsed, long cpu, long[] roundTrips) {
        long[] sorted = roundTrips.clone();
        Arrays.sort(sorted);
        return new Round(
                sorted.length,
                failures,
                elapsed,
                cpu,
                percentile(sorted, 0.5),
                percentile(sorted, 0.99),
                percentile(sorted, 0.999));
    }

    private static long percentile(long[] sorted, double part) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(part * sorted.length) - 1];
    }

    double perSecond() {
        return messages * 1e9 / elapsed;
    }

    double cpuMicros() {
        return cpu / 1e3 / messages;
    }

    /** In the words that {@link #parse} reads, which agents in other languages write too. */
    String line() {
        return LongStream.of(messages, failures, elapsed, cpu, p50, p99, p999)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(" "));
    }

    static Round parse(String line) {
        long[] n = Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
        return new Round(n[0], n[1], n[2], n[3], n[4], n[5], n[6]);
    }
}
