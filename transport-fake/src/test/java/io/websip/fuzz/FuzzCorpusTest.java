package io.websip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.websip.kit.OctetText;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The properties hold for the seeds from which each target sets out, and for the inputs that bugs have come from. */
class FuzzCorpusTest {
    @ParameterizedTest(name = "{0}")
    @EnumSource(FuzzTarget.class)
    @DisplayName("G9 every input of the corpus")
    void inputs(FuzzTarget target) {
        List<byte[]> inputs = FuzzCorpus.of(target);
        assertThat(inputs).hasSizeGreaterThanOrEqualTo(10);
        for (byte[] input : inputs) {
            try {
                target.run(input);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(target + ": " + OctetText.of(input), e);
            }
        }
    }
}
