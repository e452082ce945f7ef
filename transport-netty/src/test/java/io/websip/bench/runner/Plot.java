package io.websip.bench.runner;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The figures that say most as bars: an SVG for the README. */
final class Plot {
    private static final int WIDTH = 760;
    private static final int LABEL = 300;
    private static final int BAR = 16;
    private static final int STEP = 22;
    private static final String OURS = "#2a6fbb";
    private static final String OTHERS = "#9aa5b1";

    /** Such a group of bars is for one measure. */
    private static final List<Measure> SHOWN =
            List.of(Measure.PARSE_NINE, Measure.WRITE, Measure.WINDOW, Measure.WINDOW_CPU);

    private final Samples samples;
    private final StringBuilder out = new StringBuilder();
    private int y = 10;

    Plot(Samples samples) {
        this.samples = samples;
    }

    String svg() {
        SHOWN.forEach(this::group);
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                                + " font-family=\"sans-serif\" font-size=\"12\">%n"
                                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
                        WIDTH,
                        y,
                        WIDTH,
                        y)
                + out + "</svg>\n";
    }

    private void group(Measure measure) {
        List<String> all = samples.measured(measure);
        if (all.isEmpty()) {
            return;
        }
        double most =
                all.stream().mapToDouble(who -> median(measure, who)).max().orElse(1);
        y += STEP;
        text(10, "bold", measure.title() + ", " + measure.unit());
        for (String who : all) {
            y += STEP;
            double value = median(measure, who);
            text(20, null, who);
            int width = (int) Math.max(1, value / most * (WIDTH - LABEL - 90));
            out.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n",
                    LABEL,
                    y - 13,
                    width,
                    BAR,
                    who.startsWith("websip") ? OURS : OTHERS));
            text(LABEL + width + 6, null, Report.number(value));
        }
        y += STEP;
    }

    private double median(Measure measure, String who) {
        return new Spread(samples.of(measure, who)).median();
    }

    private void text(int x, @Nullable String weight, String words) {
        String bold = weight == null ? "" : " font-weight=\"" + weight + "\"";
        out.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\"%s>%s</text>%n", x, y, bold, words));
    }
}
