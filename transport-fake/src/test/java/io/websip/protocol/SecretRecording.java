package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** The flight recording in which {@link SecretWatch} looks for secrets. */
final class SecretRecording {
    private static @Nullable Recording running; // guarded by the class

    private SecretRecording() {}

    static synchronized void start() {
        Recording recording = new Recording();
        RecordingTest.NAMES.forEach(
                name -> recording.enable("io.websip." + name).withoutThreshold());
        recording.start();
        running = recording;
    }

    /** Looks at what was recorded, and returns how many events that were; until the next start nothing is recorded. */
    static synchronized int stop() {
        if (running == null) {
            return 0;
        }
        try (Recording recording = running) {
            running = null;
            Path file = Files.createTempFile("secrets", ".jfr");
            recording.stop();
            recording.dump(file);
            List<RecordedEvent> events = RecordingFile.readAllEvents(file);
            Files.delete(file);
            assertThat(events)
                    .allSatisfy(
                            event -> assertThat(Secrets.in(event.toString())).isEmpty());
            return events.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
