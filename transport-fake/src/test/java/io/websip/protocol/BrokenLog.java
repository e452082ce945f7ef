package io.websip.protocol;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** A log handler of a program that lets through what goes wrong within it. */
final class BrokenLog extends Handler implements AutoCloseable {
    private final Logger logger;
    private final Level levelBefore;
    private final boolean throwing;
    private final Formatter formatter = new SimpleFormatter();
    private int tried;

    private BrokenLog(String name, boolean throwing) {
        this.throwing = throwing;
        logger = Logger.getLogger(name);
        levelBefore = logger.getLevel();
        logger.setLevel(Level.ALL);
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    /** Formats each record, which throws where a text of it cannot be made. */
    static BrokenLog writing(String name) {
        return new BrokenLog(name, false);
    }

    /** Throws at each record. */
    static BrokenLog throwing(String name) {
        return new BrokenLog(name, true);
    }

    /** How many records have come. */
    int tried() {
        return tried;
    }

    @Override
    public void publish(LogRecord entry) {
        tried++;
        if (throwing) {
            throw new IllegalStateException("no space left on device");
        }
        formatter.format(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.setLevel(levelBefore);
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
