package io.websip.protocol;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Takes what one logger writes, so that a test can look at it and the console stays quiet. */
final class LogTrap extends Handler implements AutoCloseable {
    private final Logger logger;
    private final Level levelBefore;
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    LogTrap(String name) {
        logger = Logger.getLogger(name);
        levelBefore = logger.getLevel();
        setLevel(Level.WARNING);
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    /** Takes what all loggers below that name write, at every level. */
    static LogTrap all(String name) {
        LogTrap trap = new LogTrap(name);
        trap.logger.setLevel(Level.ALL);
        trap.setLevel(Level.ALL);
        return trap;
    }

    /** What the records hold as thrown. */
    List<Throwable> thrown() {
        return records.stream().map(LogRecord::getThrown).filter(t -> t != null).toList();
    }

    List<LogRecord> records() {
        return List.copyOf(records);
    }

    @Override
    public void publish(LogRecord entry) {
        if (isLoggable(entry)) {
            records.add(entry);
        }
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
