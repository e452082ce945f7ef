package io.websip.internal.location;

import io.websip.dns.SrvRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** The order in which the targets of SRV records are tried: by priority, and by chance within one (RFC 2782). */
final class SrvOrder {
    private SrvOrder() {}

    /** Those that can be connected to; a port of 0 and the root as target cannot. */
    static List<SrvRecord> of(List<SrvRecord> records, RandomGenerator random) {
        List<SrvRecord> left = new ArrayList<>(records);
        left.removeIf(record -> record.port() == 0 || record.target().equals("."));
        left.sort(Comparator.comparingInt(SrvRecord::priority).thenComparingInt(SrvRecord::weight));
        List<SrvRecord> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            ordered.add(left.remove(drawn(left, random)));
        }
        return ordered;
    }

    /**
     * The place of the next one, among those of the lowest priority. Each has its weight in chances; all of weight 0, which
     * stand in front, have one together, as RFC 2782 wants it, but no other gains by that where there are none.
     */
    private static int drawn(List<SrvRecord> left, RandomGenerator random) {
        int priority = left.get(0).priority();
        List<SrvRecord> equals =
                left.stream().takeWhile(r -> r.priority() == priority).toList();
        int sum = equals.stream().mapToInt(SrvRecord::weight).sum();
        int zeros = (int) equals.stream().filter(r -> r.weight() == 0).count();
        int drawn = random.nextInt(zeros == 0 ? sum : sum + 1);
        if (drawn == sum) {
            return random.nextInt(zeros);
        }
        int place = zeros;
        for (int running = equals.get(place).weight(); running <= drawn; ) {
            running += equals.get(++place).weight();
        }
        return place;
    }
}
