package io.websip.growth;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.kit.Steps;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("what an agent, and the fake, does with an input grows no faster than the input, in counted steps")
class GrowthTest {
    private static final int N = 200;

    /** From 2n to 4n twice as much comes as from n to 2n, and with a logarithm 2.2 times; with the square it is four times. */
    private static final double BOUND = 2.5;

    /** What comes is of no weight, if it is as little as this for each part of the input. */
    private static final long LITTLE = 4;

    static Stream<String> scenarios() {
        return Stream.of(Scenarios.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .sorted();
    }

    /** The methods whose steps grow faster than the input. */
    private static List<String> steep(Class<?> scenarios, String scenario) {
        Map<String, Long> one = Steps.of(scenarios, scenario, N);
        Map<String, Long> two = Steps.of(scenarios, scenario, 2 * N);
        List<String> steep = new ArrayList<>();
        Steps.of(scenarios, scenario, 4 * N).forEach((method, steps) -> {
            long half = two.getOrDefault(method, 0L);
            long quarter = one.getOrDefault(method, 0L);
            if (steps - half > 2 * N * LITTLE && steps - half > BOUND * (half - quarter)) {
                steep.add(method + " takes " + quarter + ", " + half + ", " + steps);
            }
        });
        return steep;
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void eachMethodIsLinear(String scenario) {
        assertThat(steep(Scenarios.class, scenario)).isEmpty();
    }

    /** The square, in a loop of ours and hidden in lists of the JDK. */
    public static final class Squares {
        private Squares() {}

        /** A loop in a loop. */
        public static void loops(int n) {
            int sum = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    sum ^= j;
                }
            }
            assertThat(sum).isNotNegative();
        }

        /** A list that is emptied from its front. */
        public static void removals(int n) {
            List<Integer> list = new ArrayList<>(Collections.nCopies(n, 1));
            while (!list.isEmpty()) {
                assertThat(list.remove(0)).isEqualTo(1);
            }
        }

        /** A list that is searched for each of its elements. */
        public static void searches(int n) {
            List<Integer> list = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                if (!list.contains(i)) {
                    list.add(i);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"loops", "removals", "searches"})
    void theSquareIsSeen(String square) {
        assertThat(steep(Squares.class, square)).hasSize(1).first().asString().contains("Squares." + square);
    }

    @Test
    void countsAreTheSameEachTime() {
        assertThat(Steps.of(Scenarios.class, "messages", N)).isEqualTo(Steps.of(Scenarios.class, "messages", N));
    }
}
