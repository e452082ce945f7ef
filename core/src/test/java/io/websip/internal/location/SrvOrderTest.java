package io.websip.internal.location;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.dns.SrvRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The order of SRV targets: by priority, and by weighted chance within one (RFC 2782). */
class SrvOrderTest {
    private static final int ROUNDS = 20_000;

    private final RandomGenerator random = new SplittableRandom(2_782);

    private static SrvRecord record(int priority, int weight, String target) {
        return new SrvRecord(priority, weight, 443, target);
    }

    private List<String> order(SrvRecord... records) {
        return SrvOrder.of(List.of(records), random).stream()
                .map(SrvRecord::target)
                .toList();
    }

    /** How often each came first. */
    private Map<String, Integer> firsts(SrvRecord... records) {
        Map<String, Integer> firsts = new HashMap<>();
        for (int i = 0; i < ROUNDS; i++) {
            firsts.merge(order(records).get(0), 1, Integer::sum);
        }
        return firsts;
    }

    @Test
    void lowestPriorityComesFirstWhateverTheWeightAndThePlace() {
        for (int i = 0; i < 100; i++) {
            assertThat(order(record(20, 65_535, "b"), record(10, 0, "a"), record(30, 1, "c")))
                    .containsExactly("a", "b", "c");
        }
    }

    @Test
    void everyTargetComesOnce() {
        for (int i = 0; i < 100; i++) {
            assertThat(order(record(1, 5, "a"), record(1, 0, "b"), record(1, 5, "c"), record(2, 1, "d")))
                    .containsExactlyInAnyOrder("a", "b", "c", "d")
                    .endsWith("d");
        }
    }

    @Test
    void shareIsThatOfTheWeight() {
        Map<String, Integer> firsts = firsts(record(1, 60, "a"), record(1, 30, "b"), record(1, 10, "c"));

        assertThat(firsts.get("a")).isBetween(ROUNDS * 57 / 100, ROUNDS * 63 / 100);
        assertThat(firsts.get("b")).isBetween(ROUNDS * 27 / 100, ROUNDS * 33 / 100);
        assertThat(firsts.get("c")).isBetween(ROUNDS * 8 / 100, ROUNDS * 12 / 100);
    }

    /** As it does where a 0 is drawn for the first, so that of two with weight 1 it gets two thirds. */
    @Test
    void smallWeightsFavourNobody() {
        Map<String, Integer> firsts = firsts(record(1, 1, "a"), record(1, 1, "b"));

        assertThat(firsts.get("a")).isBetween(ROUNDS * 48 / 100, ROUNDS * 52 / 100);
    }

    @Test
    void weightsOfZeroAloneAreEqual() {
        Map<String, Integer> firsts = firsts(record(1, 0, "a"), record(1, 0, "b"), record(1, 0, "c"));

        assertThat(firsts.values())
                .hasSize(3)
                .allSatisfy(count -> assertThat(count).isBetween(ROUNDS * 31 / 100, ROUNDS * 36 / 100));
    }

    @Test
    void weightOfZeroHasASmallChanceBesideOthers() {
        Map<String, Integer> firsts = firsts(record(1, 99, "a"), record(1, 0, "b"));

        assertThat(firsts.get("b")).isBetween(ROUNDS / 200, ROUNDS * 2 / 100);
    }

    @Test
    void onlyWeightsOfZeroStillGiveAllOfThem() {
        assertThat(order(record(1, 0, "a"), record(1, 0, "b"), record(1, 0, "c")))
                .containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void restOfAGroupIsDrawnByItsWeightsToo() {
        int second = 0;
        for (int i = 0; i < ROUNDS; i++) {
            List<String> order = order(record(1, 1_000, "a"), record(1, 90, "b"), record(1, 10, "c"));
            second += order.get(0).equals("a") && order.get(1).equals("b") ? 1 : 0;
        }

        assertThat(second).isBetween(ROUNDS * 78 / 100, ROUNDS * 86 / 100); // 10/11 * 9/10
    }

    @Test
    void whatCannotBeConnectedToIsLeftOut() {
        assertThat(order(new SrvRecord(1, 1, 0, "a"), record(1, 1, "."), record(2, 1, "b")))
                .containsExactly("b");
        assertThat(order(record(0, 0, "."))).isEmpty();
    }

    @Test
    void greatestWeightsDoNotOverflow() {
        SrvRecord[] records =
                IntStream.range(0, 64).mapToObj(i -> record(1, 65_535, "h" + i)).toArray(SrvRecord[]::new);

        assertThat(order(records)).hasSize(64).doesNotHaveDuplicates();
    }
}
