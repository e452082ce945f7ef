package io.websip.bench.runner;

import static java.util.Map.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs core's benchmarks by JMH, pass by pass, and reads what they print. */
final class LanguageBench {
    private static final Map<String, Measure> MEASURES = Map.ofEntries(
            entry("framed", Measure.PARSE_FRAMED),
            entry("nineFields", Measure.PARSE_NINE),
            entry("written", Measure.WRITE),
            entry("OK_TWO_VIAS", Measure.FRAME_200),
            entry("CHALLENGED_TWICE", Measure.FRAME_401),
            entry("TEN_CONTACTS", Measure.FRAME_CONTACTS),
            entry("MESSAGE_4096", Measure.FRAME_4096));
    private static final Map<Measure, Measure> BYTES = Map.of(
            Measure.PARSE_FRAMED, Measure.PARSE_FRAMED_BYTES,
            Measure.PARSE_NINE, Measure.PARSE_NINE_BYTES,
            Measure.WRITE, Measure.WRITE_BYTES);
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Samples samples;
    private final Path results = Path.of("target", "jmh.csv").toAbsolutePath();

    LanguageBench(Samples samples) {
        this.samples = samples;
    }

    /** @param classes core's test classes, among which JMH finds the benchmarks */
    void run(Settings settings, String classes) throws IOException, InterruptedException {
        for (int pass = 0; pass < settings.languagePasses(); pass++) {
            for (List<String> some : settings.jmh()) {
                run(some, classes);
            }
        }
    }

    private void run(List<String> jmh, String classes) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(jmh);
        arguments.addAll(List.of("-rf", "csv", "-rff", results.toString()));
        Files.deleteIfExists(results);
        int status = Jvm.run(classes + Jvm.PATH_SEPARATOR + Jvm.CLASS_PATH, "org.openjdk.jmh.Main", arguments);
        if (status != 0 || !Files.exists(results)) {
            throw new IOException("JMH ended with " + status + ", see " + Jvm.ERRORS);
        }
        Files.readAllLines(results).stream().skip(1).forEach(this::read);
    }

    /** Such as {@code "io.websip.bench.ParsingBenchmark.framedByWebsip:gc.alloc.rate.norm","thrpt",1,2,944.0,NaN,"B/op"}. */
    private void read(String row) {
        String[] cells = row.replace("\"", "").split(",");
        String[] name = cells[0].split(":");
        String method = name[0].substring(name[0].lastIndexOf('.') + 1);
        String extra = name.length > 1 ? name[1].replace("·", "") : "";
        double score = Double.parseDouble(cells[4]);
        String parameter = cells.length > 7 ? cells[cells.length - 1] : ""; // each has one at most
        if (method.equals("roundTrip")) {
            if (extra.isEmpty()) {
                samples.add(Measure.TRANSACTION, transaction(parameter), 1e6 / score);
            } else if (extra.equals(ALLOCATED)) {
                samples.add(Measure.TRANSACTION_BYTES, transaction(parameter), score);
            }
            return;
        }
        String[] parts = method.split("By");
        Measure measure = MEASURES.get(parameter.isEmpty() ? parts[0] : parameter);
        if (measure == null) {
            return;
        }
        String who = switch (parts[1]) {
            case "Jain" -> "JAIN-SIP";
            case "Pkts" -> "pkts";
            default -> "websip";
        };
        if (extra.isEmpty()) {
            samples.add(measure, who, score);
        } else if (extra.equals(ALLOCATED) && BYTES.containsKey(measure)) {
            samples.add(BYTES.get(measure), who, score);
        }
    }

    private static String transaction(String digest) {
        return digest.equals("NONE") ? "websip" : "websip, " + digest + " credentials";
    }
}
