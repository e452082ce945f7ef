package io.websip.simulation;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Reads all that the library logs while a world runs, in place of the console: nothing in it acts on a terminal, begins a line
 * of its own or tells a password. What a peer has sent may stand in any of it.
 */
final class Logs extends Handler implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger("io.websip");

    private static final String NEXT_ROW = "\n  ";

    private final Trace trace;
    private final String secret;
    private final Level before = LOGGER.getLevel();
    private final Formatter formatter = new SimpleFormatter();

    /**
     * Reads from now on.
     *
     * @param secret stands in each password
     */
    Logs(Trace trace, String secret, Level level) {
        this.trace = trace;
        this.secret = secret;
        setLevel(level);
        LOGGER.setLevel(level);
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
        if (!isLoggable(entry)) {
            return;
        }
        String line = formatter.formatMessage(entry);
        trace.say(() -> "  log: " + line);
        String[] rows = line.split(NEXT_ROW, -1); // each of a message on the wire stands further in, and may hold tabs
        trace.shown("a log line", rows[0]);
        for (int i = 1; i < rows.length; i++) {
            trace.shown("a log line", rows[i].replace('\t', ' '));
        }
        trace.shown("what a log line shows", entry.getThrown());
        if (line.contains(secret)) {
            trace.violated("G8 the log tells a password: " + line);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOGGER.removeHandler(this);
        LOGGER.setUseParentHandlers(true);
        LOGGER.setLevel(before);
    }
}
