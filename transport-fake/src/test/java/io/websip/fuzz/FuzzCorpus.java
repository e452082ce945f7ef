package io.websip.fuzz;

import io.websip.kit.OctetText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The inputs that are tried with each build: one a line in {@code NAME.txt}, in the notation of {@link OctetText}. Lines that
 * begin with {@code ##} say where the next ones come from.
 */
final class FuzzCorpus {
    private FuzzCorpus() {}

    static List<byte[]> of(FuzzTarget target) {
        String name = target.name().toLowerCase(Locale.ROOT) + ".txt";
        try (InputStream in = FuzzCorpus.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no corpus " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("##"))
                    .map(OctetText::octets)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
