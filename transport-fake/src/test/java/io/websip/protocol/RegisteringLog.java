package io.websip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Hears every log record of the process, of all levels, and knows which words must be in none. */
final class RegisteringLog extends Handler implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger LIBRARY = Logger.getLogger("io.websip"); // held, lest its level be collected with it

    private static final SimpleFormatter FORMATTER = new SimpleFormatter();

    private final List<String> records = new CopyOnWriteArrayList<>();
    private final List<String> secrets = new CopyOnWriteArrayList<>();

    RegisteringLog() {
        setLevel(Level.ALL);
        ROOT.addHandler(this);
        LIBRARY.setLevel(Level.ALL);
    }

    void secret(String word) {
        secrets.add(word);
    }

    List<String> warnings() {
        return records.stream().filter(r -> r.startsWith("WARNING")).toList();
    }

    void assertHidden(String text) {
        secrets.forEach(secret -> assertThat(text).doesNotContainIgnoringCase(secret));
    }

    /** The text of a throwable, down to its last cause. */
    void assertHidden(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        assertHidden(text.toString());
    }

    @Override
    public void publish(LogRecord record) {
        String text = record.getLevel() + " " + FORMATTER.formatMessage(record);
        if (record.getThrown() != null) {
            StringWriter trace = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(trace, true));
            text += "\n" + trace;
        }
        records.add(text);
    }

    @Override
    public void flush() {
        // nothing is buffered
    }

    @Override
    public void close() {
        ROOT.removeHandler(this);
        LIBRARY.setLevel(null);
        records.forEach(this::assertHidden);
    }
}
