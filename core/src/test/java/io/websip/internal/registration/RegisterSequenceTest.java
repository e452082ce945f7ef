package io.websip.internal.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.internal.transaction.Tokens;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegisterSequenceTest {
    private final Tokens tokens = new Tokens(new Random(1));

    @Test
    void reg03OneCallIdAndNumbersThatGrowByOne() {
        RegisterSequence sequence = new RegisterSequence(tokens, 0);
        String callId = sequence.callId();
        for (int i = 1; i <= 1_000; i++) {
            assertThat(sequence.callId()).isEqualTo(callId);
            assertThat(sequence.next()).isEqualTo(i);
        }
    }

    /** RFC 3261 section 8.1.1.5: a sequence number is below 2**31. */
    @Test
    void beforeTheNumbersAreUsedUpAnotherCallIdBeginsWithOne() {
        RegisterSequence sequence = new RegisterSequence(tokens, Integer.MAX_VALUE - 70);
        Set<String> callIds = new HashSet<>();
        long number = 0;
        for (int i = 0; i < 100; i++) {
            callIds.add(sequence.callId());
            number = sequence.next();
            assertThat(number).isLessThanOrEqualTo(Integer.MAX_VALUE);
        }

        assertThat(callIds).hasSize(2);
        assertThat(number).isLessThan(100);
    }

    @Test
    void repetitionsOfOneRegisterFindRoomUnderItsCallId() {
        RegisterSequence sequence = new RegisterSequence(tokens, Integer.MAX_VALUE - 65);
        String callId = sequence.callId();
        for (int i = 0; i < 64; i++) {
            assertThat(sequence.next()).isLessThanOrEqualTo(Integer.MAX_VALUE);
        }

        assertThat(sequence.callId()).isNotEqualTo(callId);
    }
}
