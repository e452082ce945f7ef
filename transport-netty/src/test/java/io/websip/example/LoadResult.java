package io.websip.example;

import java.util.Arrays;

/**
 * The figures of a load run.
 *
 * @param perSecond round trips a second, failures included
 * @param p50Millis the median of the round trips that succeeded; 0 if none did
 * @param p99Millis the 99th percentile of the round trips that succeeded; 0 if none did
 */
record LoadResult(int messages, int failures, double perSecond, double p50Millis, double p99Millis) {
    static LoadResult of(int messages, int failures, long elapsedNanos, long[] roundTripNanos) {
        long[] sorted = roundTripNanos.clone();
        Arrays.sort(sorted);
        return new LoadResult(
                messages,
                failures,
                round(messages * 1e9 / Math.max(1, elapsedNanos)),
                round(percentile(sorted, 0.50)),
                round(percentile(sorted, 0.99)));
    }

    private static double percentile(long[] sorted, double part) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(part * sorted.length) - 1] / 1e6;
    }

    private static double round(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
