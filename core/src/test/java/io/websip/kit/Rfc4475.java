package io.websip.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The messages of RFC 4475 and what is to become of them, where they are at hand: in the folder that the system property
 * {@code websip.torture} or the environment variable {@code WEBSIP_TORTURE} names, or beside the project. The corpus of the
 * kit covers the same oddities without them.
 */
public final class Rfc4475 {
    /** The messages of the RFC, and one that ends as the RFC means it. */
    private static final int FEWEST = 49;

    /**
     * One row of expected.tsv.
     *
     * @param valid whether a parser must take it
     * @param faultLayer where a fault is to be seen
     * @param answers the status codes with which an agent may answer, or drop
     * @param liberal whether the RFC lets an element overlook the fault
     */
    public record Row(String file, boolean valid, String faultLayer, List<String> answers, boolean liberal) {
        static Row of(String line) {
            String[] columns = line.split("\t", -1);
            return new Row(
                    columns[0],
                    columns[1].equals("valid"),
                    columns[7],
                    Arrays.asList(columns[8].split("\\|", -1)),
                    columns[9].equals("yes"));
        }

        /** The message. */
        public byte[] octets() {
            return read(file);
        }
    }

    private Rfc4475() {}

    /** Where the messages are looked for. */
    public static Path folder() {
        return Path.of(Optional.ofNullable(System.getProperty("websip.torture"))
                .or(() -> Optional.ofNullable(System.getenv("WEBSIP_TORTURE")))
                .orElse("../../shared/torture/4475"));
    }

    /** Whether the messages are there. */
    public static boolean isThere() {
        return Files.isRegularFile(folder().resolve("expected.tsv"));
    }

    /** One message. */
    public static byte[] read(String file) {
        try {
            return Files.readAllBytes(folder().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is to become of each message. */
    public static List<Row> rows() {
        try {
            List<String> lines = Files.readAllLines(folder().resolve("expected.tsv"));
            List<Row> rows = new ArrayList<>();
            lines.subList(1, lines.size()).forEach(line -> rows.add(Row.of(line)));
            if (rows.size() < FEWEST) {
                throw new IllegalStateException("only " + rows.size() + " messages in " + folder());
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The verdict where this layer (parser or agent) does not do what the oracle would have, by the table of deviations. */
    public static Optional<String> deviation(String layer, String file) {
        try (InputStream in = Rfc4475.class.getResourceAsStream("torture/deviations.tsv")) {
            if (in == null) {
                throw new IllegalStateException("no table of deviations");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t", 4))
                    .filter(columns -> columns.length == 4
                            && columns[0].equals(layer)
                            && columns[1].equals(file)
                            && !columns[3].isBlank())
                    .map(columns -> columns[2])
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
