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
        // RFC 2782 wants those of weight 0 in front, so that they have a chance too, if a small one.
        left.sort(Comparator.comparingInt(SrvRecord::priority).thenComparingInt(SrvRecord::weight));
        List<SrvRecord> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            ordered.add(left.remove(drawn(left, random)));
        }
        return ordered;
    }

    /** The place of the next one, among those of the lowest priority. */
    private static int drawn(List<SrvRecord> left, RandomGenerator random) {
        int priority = left.get(0).priority();
        List<SrvRecord> equals =
                left.stream().takeWhile(r -> r.priority() == priority).toList();
        int sum = equals.stream().mapToInt(SrvRecord::weight).sum();
        int drawn = random.nextInt(sum + 1);
        int running = 0;
        for (int i = 0; i < equals.size(); i++) {
            running += equals.get(i).weight();
            if (running >= drawn) {
                return i;
            }
        }
        return equals.size() - 1;
    }
}
