package io.websip.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is made of the samples. */
class ReportTest {
    private static final Goal TWICE = Goal.atLeast(Measure.WRITE, "websip", "JAIN-SIP", 2, 3);

    private final Samples samples = new Samples();

    @Test
    void ratiosAreTakenPassByPass() {
        add(100, 300, 90);
        jain(50, 100, 60);
        assertThat(rows()).anyMatch(row -> row.contains("| 2.00 (1.50 to 3.00) times | at least 2.00 | yes |"));
    }

    @Test
    void saysWhatIsMissedAndWhatIsMoreThanAsked() {
        add(10);
        jain(9);
        assertThat(rows()).anyMatch(row -> row.endsWith("| no |"));
        samples.add(Measure.WRITE_BYTES, "websip", 1_000);
        assertThat(new Report(samples, List.of(Goal.atMost(Measure.WRITE_BYTES, "websip", null, 2_000, 1_500)))
                        .markdown(""))
                .contains("| 1,000 bytes allocated | at most 2,000 | yes, and 1,500 |");
    }

    @Test
    void whatWasNotMeasuredIsLeftOut() {
        add(10);
        assertThat(rows()).noneMatch(row -> row.contains("times"));
    }

    private List<String> rows() {
        return new Report(samples, List.of(TWICE)).markdown("here").lines().toList();
    }

    private void add(double... values) {
        for (double value : values) {
            samples.add(Measure.WRITE, "websip", value);
        }
    }

    private void jain(double... values) {
        for (double value : values) {
            samples.add(Measure.WRITE, "JAIN-SIP", value);
        }
    }
}
