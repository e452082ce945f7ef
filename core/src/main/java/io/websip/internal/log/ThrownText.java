package io.websip.internal.log;

import org.jspecify.annotations.Nullable;

/** The texts and the cause of a throwable that foreign code has thrown: to ask for them may throw, too. */
public final class ThrownText {
    private ThrownText() {}

    /** Whether it can be asked for its text. */
    static boolean isReadable(Throwable thrown) {
        try {
            return thrown.toString() != null;
        } catch (Throwable e) {
            return false;
        }
    }

    /** As its {@code toString}; where that throws, the name of its class. */
    public static String of(Throwable thrown) {
        try {
            return String.valueOf(thrown.toString());
        } catch (Throwable e) {
            return thrown.getClass().getName();
        }
    }

    /** As its {@code getMessage}; where that throws or there is none, as {@link #of}. */
    public static String message(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null ? of(thrown) : message;
        } catch (Throwable e) {
            return of(thrown);
        }
    }

    /** As its {@code getCause}; null where that throws. */
    public static @Nullable Throwable cause(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (Throwable e) {
            return null;
        }
    }
}
