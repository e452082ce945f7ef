package io.websip.bench.runner;

import java.util.List;
import java.util.Locale;

/** The tables as Markdown: what was aimed at, and all that was measured. */
final class Report {
    private final Samples samples;
    private final List<Goal> goals;
    private final StringBuilder out = new StringBuilder();

    Report(Samples samples, List<Goal> goals) {
        this.samples = samples;
        this.goals = goals;
    }

    /** @param where the machine, the date and the mode */
    String markdown(String where) {
        out.append(where).append("\n\n");
        out.append(
                "| measure | of | beside | median (least to most) | target | reached |\n|---|---|---|---|---|---|\n");
        for (Goal goal : goals) {
            Spread reached = goal.reached(samples);
            if (reached != null) {
                goal(goal, reached);
            }
        }
        out.append("\n| measure | of | median (least to most) |\n|---|---|---|\n");
        for (Measure measure : Measure.values()) {
            for (String who : samples.measured(measure)) {
                row(measure.title(), who, spread(new Spread(samples.of(measure, who))) + " " + measure.unit());
            }
        }
        return out.toString();
    }

    private void goal(Goal goal, Spread reached) {
        String peer = goal.peer();
        String unit =
                peer != null && !goal.difference() ? "times" : goal.measure().unit();
        String of = peer != null && !goal.difference() ? " (" + goal.measure().unit() + ")" : "";
        row(
                goal.measure().title() + of,
                goal.ours(),
                peer == null ? "" : goal.difference() ? "more than " + peer : peer,
                spread(reached) + " " + unit,
                (goal.atLeast() ? "at least " : "at most ") + number(goal.target()),
                goal.isStretched(reached.median()) && goal.stretch() != goal.target()
                        ? "yes, and " + number(goal.stretch())
                        : goal.isMet(reached.median()) ? "yes" : "no");
    }

    private void row(String... cells) {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String spread(Spread spread) {
        return spread.sorted().size() == 1
                ? number(spread.median())
                : number(spread.median()) + " (" + number(spread.least()) + " to " + number(spread.most()) + ")";
    }

    /** With three digits that say something, or all before the point. */
    static String number(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
