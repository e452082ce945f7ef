package io.websip.internal.log;

import io.websip.text.Visible;
import java.util.ResourceBundle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A logger that never throws. What stands behind {@link System.Logger} is foreign code: handlers, filters and formatters of
 * the program, and the {@code toString} of what it threw. A line that cannot be written must not cost a message its outcome.
 * And no line holds a control character of a peer, of the configuration or of what a program threw ({@link Visible}).
 * Thread-safe.
 */
public final class GuardedLogger implements System.Logger {
    private final System.Logger logger;

    private GuardedLogger(System.Logger logger) {
        this.logger = logger;
    }

    /** The logger of that name. */
    public static System.Logger of(String name) {
        return over(System.getLogger(name));
    }

    /** The same logger, but one that never throws. */
    static System.Logger over(System.Logger logger) {
        return new GuardedLogger(logger);
    }

    @Override
    public String getName() {
        return logger.getName();
    }

    @Override
    public boolean isLoggable(Level level) {
        try {
            return logger.isLoggable(level);
        } catch (Throwable e) {
            return false;
        }
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Throwable thrown) {
        try {
            logger.log(level, bundle, text == null ? null : Visible.lines(text), shown(thrown));
        } catch (Throwable e) {
            if (thrown != null) {
                logWithout(level, text, thrown);
            }
        }
    }

    /** One that throws as it is asked for its text is dealt with where the logger asks. */
    private static @Nullable Throwable shown(@Nullable Throwable thrown) {
        return thrown == null || !ThrownText.isReadable(thrown) ? thrown : Visible.failure(thrown);
    }

    /** Numbers stay, since a format may ask for them. */
    private static @Nullable Object @Nullable [] shown(@Nullable Object @Nullable [] params) {
        if (params == null) {
            return null;
        }
        @Nullable Object[] shown = params.clone();
        for (int i = 0; i < shown.length; i++) {
            Object param = shown[i];
            if (param != null && !(param instanceof Number)) {
                shown[i] = Visible.line(param.toString());
            }
        }
        return shown;
    }

    /** Where the throwable cannot be shown, its class and the place that it comes from still say what happened. */
    private void logWithout(Level level, @Nullable String text, Throwable thrown) {
        log(level, text + ": a " + thrown.getClass().getName() + placeOf(thrown) + ", which cannot be shown");
    }

    private static String placeOf(Throwable thrown) {
        try {
            return " thrown at " + thrown.getStackTrace()[0];
        } catch (Throwable e) {
            return "";
        }
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String format,
            @Nullable Object @Nullable ... params) {
        try {
            if (isLoggable(level)) {
                logger.log(level, bundle, format, shown(params));
            }
        } catch (Throwable e) {
            // Nothing of the library depends on a line of the log.
        }
    }

    @Override
    public void log(Level level, Supplier<String> text) {
        if (isLoggable(level)) {
            log(level, null, textOf(text), (Throwable) null);
        }
    }

    @Override
    public void log(Level level, Supplier<String> text, @Nullable Throwable thrown) {
        if (isLoggable(level)) {
            log(level, null, textOf(text), thrown);
        }
    }

    @Override
    public void log(Level level, Object object) {
        if (isLoggable(level)) {
            log(level, null, textOf(object::toString), (Throwable) null);
        }
    }

    private static String textOf(Supplier<String> text) {
        try {
            return text.get();
        } catch (Throwable e) {
            return "a text that cannot be made: " + e.getClass().getName();
        }
    }
}
