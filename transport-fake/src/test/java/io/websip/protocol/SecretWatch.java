package io.websip.protocol;

import io.websip.text.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Looks for {@link Secrets} and for control characters in all that the tests of this package make the library log, at every level, throw, give as a string or
 * record, from the first test on. A test in which one is seen fails as it closes its scene; what was recorded is looked at in
 * {@link SecretsTest}, which comes last.
 */
final class SecretWatch extends Handler {
    private static final List<Logger> LOGGERS = List.of(
            // Kept here, since the log manager holds them weakly.
            Logger.getLogger("io.websip.agent"),
            Logger.getLogger("io.websip.auth"),
            Logger.getLogger("io.websip.connection"),
            Logger.getLogger("io.websip.registration"),
            Logger.getLogger("io.websip.transaction"),
            Logger.getLogger("io.websip.transport"));

    private static final AtomicLong LOOKS = new AtomicLong();
    private static final List<String> FOUND = new ArrayList<>(); // guarded by itself

    private final SimpleFormatter formatter = new SimpleFormatter();

    static {
        for (Handler console : Logger.getLogger("").getHandlers()) {
            console.setLevel(Level.WARNING); // as before, though the loggers say all from now on
        }
        SecretWatch watch = new SecretWatch();
        for (Logger logger : LOGGERS) {
            logger.setLevel(Level.ALL);
            logger.addHandler(watch);
        }
        if (ModuleLayer.boot().findModule("jdk.jfr").isPresent()) {
            SecretRecording.start();
        }
    }

    private SecretWatch() {}

    /** A test begins. */
    static void begin() {
        // What is to be done is done as the class is loaded.
    }

    /** A test ends. */
    static void end() {
        synchronized (FOUND) {
            List<String> found = List.copyOf(FOUND);
            FOUND.clear();
            if (!found.isEmpty()) {
                throw new AssertionError("secrets were seen: " + String.join("\n", found));
            }
        }
    }

    /** Looks at what the library has given to a program: its string, and the causes of a throwable. */
    static <T extends @Nullable Object> T look(T given) {
        look("given", String.valueOf(given));
        if (given instanceof Throwable thrown) {
            look("cause", thrown.getCause());
            for (Throwable suppressed : thrown.getSuppressed()) {
                look("suppressed", suppressed);
            }
        }
        return given;
    }

    private static void look(String where, @Nullable Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            look(where, each.toString());
        }
    }

    private static void look(String where, String text) {
        LOOKS.incrementAndGet();
        if (!isVisible(text)) {
            synchronized (FOUND) {
                FOUND.add("a control character in what was " + where + ": " + Visible.lines(text));
            }
        }
        Secrets.in(text).ifPresent(secret -> {
            synchronized (FOUND) {
                FOUND.add(secret + " in what was " + where + ": " + text);
            }
        });
    }

    /**
     * Whether nothing in it acts on a log or a terminal. What has several lines, as a message in a wire trace, has its own
     * lines indented, or behind a field's name; tabs are a message's own.
     */
    private static boolean isVisible(String text) {
        return Visible.isLine(text.replace("\n  ", "").replace('\t', ' '));
    }

    /** How much it has looked at. */
    static long looks() {
        return LOOKS.get();
    }

    @Override
    public void publish(LogRecord entry) {
        look("logged", formatter.formatMessage(entry));
        look("logged", entry.getThrown());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
