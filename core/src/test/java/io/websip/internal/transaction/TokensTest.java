package io.websip.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** RFC 3261 sections 8.1.1.4, 8.1.1.7 and 19.3. */
class TokensTest {
    private final Tokens tokens = new Tokens(new Random(1));

    @Test
    void eachHasItsForm() {
        for (int i = 0; i < 100; i++) {
            assertThat(tokens.branch()).matches("z9hG4bK[a-z2-7]{20}");
            assertThat(tokens.tag()).matches("[a-z2-7]{12}");
            assertThat(tokens.callId()).matches("[a-z2-7]{24}");
            assertThat(tokens.user()).matches("[a-z2-7]{12}");
            assertThat(tokens.invalidHost()).matches("[a-z2-7]{16}\\.invalid");
        }
    }

    @Test
    void noneComesTwice() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(seen.add(tokens.tag())).isTrue();
        }
    }

    @Test
    void eachOctetOfTheSourceIsUsedOnceAndInOrder() {
        int[] blocks = {0};
        Tokens counting = new Tokens(new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new AssertionError("it reads in blocks");
            }

            @Override
            public void nextBytes(byte[] block) {
                blocks[0]++;
                for (int i = 0; i < block.length; i++) {
                    block[i] = (byte) (i + blocks[0]);
                }
            }
        });
        String all = "";
        while (all.length() < 128) {
            all += counting.tag();
        }
        assertThat(blocks[0]).isEqualTo(3);
        assertThat(all).startsWith("bcdefghijklm").hasSizeBetween(129, 139);
        assertThat(all.substring(60, 69)).isEqualTo("567acdefg");
    }
}
