package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** The flight recording in which {@link SecretWatch} looks for secrets: the library's events, and the text of each throwable. */
final class SecretRecording {
    /** The JDK's, which come as a throwable is made, whatever becomes of it. */
    private static final List<String> THROWN = List.of("jdk.JavaExceptionThrow", "jdk.JavaErrorThrow");

    private static @Nullable Recording running; // guarded by the class

    private SecretRecording() {}

    static synchronized void start() {
        Recording recording = new Recording();
        RecordingTest.NAMES.forEach(
                name -> recording.enable("io.websip." + name).withoutThreshold());
        THROWN.forEach(name -> recording.enable(name).withoutStackTrace());
        recording.start();
        running = recording;
    }

    /**
     * Looks at what was recorded, and returns how many throwables and other events that were; until the next start nothing is
     * recorded.
     */
    static synchronized Map<String, Integer> stop() {
        Map<String, Integer> counts = new TreeMap<>();
        if (running == null) {
            return counts;
        }
        try (Recording recording = running) {
            running = null;
            Path file = Files.createTempFile("secrets", ".jfr");
            recording.stop();
            recording.dump(file);
            try (RecordingFile events = new RecordingFile(file)) {
                while (events.hasMoreEvents()) {
                    RecordedEvent event = events.readEvent();
                    boolean thrown = THROWN.contains(event.getEventType().getName());
                    String text = thrown ? String.valueOf(event.getString("message")) : event.toString();
                    assertThat(Secrets.in(text)).as(text).isEmpty();
                    counts.merge(thrown ? "thrown" : "other", 1, Integer::sum);
                }
            }
            Files.delete(file);
            return counts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
