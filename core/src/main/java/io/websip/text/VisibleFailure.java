package io.websip.text;

import java.io.IOException;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Puts a copy in the place of a throwable whose text would act on a log, or must not be shown. */
final class VisibleFailure {
    /** Causes of causes beyond this are left out, and so is a chain that bites its tail. */
    private static final int MAX_DEPTH = 16;

    /** A longer text is cut. */
    private static final int MAX_TEXT = 4 * Visible.MAX_LENGTH;

    /** So many are looked at: suppressed ones that suppress each other are a tree without end. */
    private static final int MAX_LOOKED_AT = 256;

    private final UnaryOperator<String> edit;
    private int left = MAX_LOOKED_AT;

    VisibleFailure(UnaryOperator<String> edit) {
        this.edit = edit;
    }

    Throwable of(Throwable throwable) {
        return isFit(throwable, 0) ? throwable : copy(throwable, 0);
    }

    Exception of(Exception exception) {
        return isFit(exception, 0) ? exception : copy(exception, 0);
    }

    private boolean isFit(@Nullable Throwable throwable, int depth) {
        if (throwable == null) {
            return true;
        }
        String text = text(throwable);
        if (depth > MAX_DEPTH || --left < 0 || text == null || text.length() > MAX_TEXT || !Visible.isLine(text)) {
            return false;
        }
        if (!edit.apply(text).equals(text)) {
            return false;
        }
        for (Throwable suppressed : throwable.getSuppressed()) {
            if (!isFit(suppressed, depth + 1)) {
                return false;
            }
        }
        try {
            return isFit(throwable.getCause(), depth + 1);
        } catch (RuntimeException | Error e) { // a program's own
            return false;
        }
    }

    private IOException copy(Throwable throwable, int depth) {
        String text = text(throwable);
        String shown = text == null ? throwable.getClass().getName() : Visible.line(edit.apply(text), MAX_TEXT);
        IOException copy = throwable instanceof SSLException ? new TlsCopy(shown) : new Copy(shown);
        try {
            copy.setStackTrace(throwable.getStackTrace());
            Throwable cause = throwable.getCause();
            if (cause != null && depth < MAX_DEPTH) {
                copy.initCause(copy(cause, depth + 1));
            }
        } catch (RuntimeException | Error e) { // a program's own
            return copy;
        }
        if (depth == 0) { // those of causes would make a tree
            for (Throwable suppressed : throwable.getSuppressed()) {
                copy.addSuppressed(copy(suppressed, MAX_DEPTH));
            }
        }
        return copy;
    }

    /** Its {@code toString()}; null if that throws, or gives null. */
    static @Nullable String text(Throwable throwable) {
        try {
            return throwable.toString();
        } catch (RuntimeException | Error e) { // a program's own
            return null;
        }
    }

    /** Of a failed TLS handshake, which says that the server has answered by TLS, whatever it has put into its certificate. */
    private static final class TlsCopy extends SSLException {
        private static final long serialVersionUID = 1L;

        private final String text;

        TlsCopy(String text) {
            super(text);
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class Copy extends IOException {
        private static final long serialVersionUID = 1L;

        private final String text;

        Copy(String text) {
            super(text);
            this.text = text;
        }

        /** That of the throwable whose place it takes. */
        @Override
        public String toString() {
            return text;
        }
    }
}
